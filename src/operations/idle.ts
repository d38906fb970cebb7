/** Resolves once there is nothing left to do, or when nobody waits any more, in real milliseconds. */
export async function idleWithin(idle: () => boolean, patienceMs: number): Promise<void> {
  const until = performance.now() + patienceMs
  while (!idle() && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 20))
}
