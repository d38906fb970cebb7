import { appendFileSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { heardIn } from '../../src/stores/heard.ts'
import { freshFolder, removeFolder } from '../support/bot.ts'

const folders: string[] = []
afterEach(() => folders.splice(0).forEach(removeFolder))
const fresh = () => {
  const dir = freshFolder()
  folders.push(dir)
  return dir
}

describe('what was dealt with', () => {
  it('is known at once, and by the next process', async () => {
    const dir = fresh()
    const heard = heardIn(dir)
    expect(await heard.take('one')).toBe(true)
    expect([await heard.add('one'), await heard.add('one')]).toEqual([true, false])
    expect(await heard.take('one')).toBe(false)
    expect(await heardIn(dir).take('one')).toBe(false)
    expect(await heardIn(dir).take('two')).toBe(true)
  })

  it('never grows beyond the latest, in memory and on disk', async () => {
    const dir = fresh()
    const heard = heardIn(dir, 10)
    for (let index = 0; index < 500; index += 1) await heard.add(`key-${index}`)
    expect(await heard.take('key-489')).toBe(true)
    expect(await heard.take('key-490')).toBe(false)
    expect(readFileSync(join(dir, 'heard'), 'utf8').trim().split('\n').length).toBeLessThanOrEqual(20)
    const next = heardIn(dir, 10)
    expect([await next.take('key-489'), await next.take('key-490'), await next.take('key-499')]).toEqual([
      true,
      false,
      false,
    ])
  })

  it('takes what was said twice at once for one, and keeps all that came together', async () => {
    const dir = fresh()
    const heard = heardIn(dir)
    await Promise.all(Array.from({ length: 40 }, (_, index) => heard.add(`key-${index % 20}`)))
    const lines = readFileSync(join(dir, 'heard'), 'utf8').trim().split('\n')
    expect(lines.toSorted()).toEqual(Array.from({ length: 20 }, (_, index) => `key-${index}`).toSorted())
  })

  it('goes on after a line that was torn by a kill', async () => {
    const dir = fresh()
    await heardIn(dir).add('whole')
    appendFileSync(join(dir, 'heard'), 'tor')
    const next = heardIn(dir)
    expect([await next.take('whole'), await next.take('tor')]).toEqual([false, true])
    await next.add('after')
    expect(await heardIn(dir).take('after')).toBe(false)
  })

  it('is read by its owner alone', async () => {
    const dir = fresh()
    await heardIn(dir).add('one')
    expect(statSync(join(dir, 'heard')).mode & 0o077).toBe(0)
  })

  it('is tried again once a disk out of reach is back', async () => {
    const dir = fresh()
    const file = join(dir, 'not-a-folder')
    writeFileSync(file, '')
    const heard = heardIn(file)
    await expect(heard.take('one')).rejects.toThrow()
    removeFolder(file)
    expect(await heard.take('one')).toBe(true)
  })
})
