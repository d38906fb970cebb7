import { expect, it } from 'vitest'
import { inGroups } from '../src/flushed-file.ts'

it('whoever asks for a flush has one that began after she asked, shared by all who asked before it began', async () => {
  const flushes: { begun: string[]; end(): void; fail(): void }[] = []
  const asked: string[] = []
  const told: string[] = []
  const flush = inGroups(
    () =>
      new Promise((resolve, reject) => {
        flushes.push({ begun: [...asked], end: resolve, fail: () => reject(new Error('disk')) })
      }),
  )
  const ask = (name: string, folder = 'here') => {
    asked.push(name)
    const mine = flush(folder)
    mine.then(
      () => told.push(name),
      () => told.push(`${name} not`),
    )
    return mine.catch(() => {})
  }

  const first = ask('marie')
  const others = [ask('paul'), ask('awa')]
  expect(flushes.map(({ begun }) => begun)).toEqual([['marie']])
  const elsewhere = ask('zoe', 'there')
  flushes[1]?.end()
  await elsewhere
  flushes[0]?.fail()
  await first
  expect(told).toEqual(['zoe', 'marie not'])
  await Promise.resolve()
  const late = ask('tom')
  flushes[2]?.end()
  await Promise.all(others)
  expect(flushes[2]?.begun).toEqual(expect.arrayContaining(['paul', 'awa']))
  expect(told).toEqual(['zoe', 'marie not', 'paul', 'awa'])
  for (const one of flushes.slice(3)) one.end()
  await new Promise(setImmediate)
  for (const one of flushes.slice(3)) one.end()
  await late
  expect(flushes.length).toBe(4)
})
