/** Does the work for each of them, so many at once, begun in their order; gives what each gave. The first failure ends it. */
export async function someAtOnce<One, Result>(
  those: readonly One[],
  atOnce: number,
  work: (one: One) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  const rest = those.entries()
  let failed = false

  async function through(): Promise<void> {
    for (let next = rest.next(); !next.done && !failed; next = rest.next()) {
      const [index, one] = next.value
      results[index] = await work(one).catch((error) => {
        failed = true
        throw error
      })
    }
  }

  await Promise.all(Array.from({ length: atOnce }, through))
  return results
}
