import { createServer } from 'node:net'
import { type Contender, started } from './processes.ts'

export interface Bot extends Contender {
  /** The figure of this name that the bot tells of itself. */
  figure(name: string): Promise<number>
  /** The most memory that it ever held, in megabytes; what it holds now, where the system tells no more. */
  megabytes(): Promise<number>
}

/** The whole product in a process of its own, its figures readable. */
export async function startedBot(env: Record<string, string>, profile: string | null = null): Promise<Bot> {
  const metrics = String(await freePort())
  const running = await started({
    script: 'src/index.ts',
    env: { PORT: '0', ROOM: 'off', LOG_LEVEL: 'silent', ...env, METRICS_PORT: metrics },
    profile,
  })
  async function figure(name: string): Promise<number> {
    const text = await (await fetch(`http://127.0.0.1:${metrics}/metrics`)).text()
    const line = text.split('\n').find((one) => one.startsWith(`${name} `))
    return Number(line?.slice(name.length))
  }
  return {
    ...running,
    figure,
    megabytes: async () => (running.peak() ?? (await figure('process_resident_memory_bytes'))) / 2 ** 20,
  }
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(address && typeof address === 'object' ? address.port : 0))
    })
  })
