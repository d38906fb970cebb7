const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * Whether the bot may speak to a service at this address, and give it a token. Without services (a bot that has no
 * identity: the room, the Playground) it speaks to this machine only.
 */
export function isServicePlace(address: string, services: readonly string[] | null): boolean {
  if (!URL.canParse(address)) return false
  const { origin, protocol, hostname, username, password } = new URL(address)
  if (username !== '' || password !== '') return false
  if (services !== null) return services.includes(origin)
  return (protocol === 'http:' || protocol === 'https:') && loopback.has(hostname)
}
