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
    expect(await heard.has('one')).toBe(false)
    await heard.add('one')
    expect(await heard.has('one')).toBe(true)
    expect(await heardIn(dir).has('one')).toBe(true)
    expect(await heardIn(dir).has('two')).toBe(false)
  })

  it('never grows beyond the latest, in memory and on disk', async () => {
    const dir = fresh()
    const heard = heardIn(dir, 10)
    for (let index = 0; index < 500; index += 1) await heard.add(`key-${index}`)
    expect(await heard.has('key-489')).toBe(false)
    expect(await heard.has('key-490')).toBe(true)
    expect(readFileSync(join(dir, 'heard'), 'utf8').trim().split('\n').length).toBeLessThanOrEqual(20)
    const next = heardIn(dir, 10)
    expect([await next.has('key-489'), await next.has('key-490'), await next.has('key-499')]).toEqual([
      false,
      true,
      true,
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
    expect([await next.has('whole'), await next.has('tor')]).toEqual([true, false])
    await next.add('after')
    expect(await heardIn(dir).has('after')).toBe(true)
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
    await expect(heard.has('one')).rejects.toThrow()
    removeFolder(file)
    expect(await heard.has('one')).toBe(false)
  })
})
