import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { links, secretIn } from '../src/links.ts'

const hour = 3_600_000
const ref = { m: '19:é@thread.v2', s: '1', c: 'participants' }

describe('links', () => {
  let now = 0
  const clock = { now: () => now, at: () => () => {} }
  const make = (secret = 's') =>
    links({ secret: Buffer.from(secret), baseUrl: () => 'https://bot.example/', clock })
  const tokenOf = (address: string) => address.split('/').at(-1) ?? ''

  beforeEach(() => {
    now = Date.UTC(2026, 10, 23)
  })

  it('open what they were made for, wherever the bot is', () => {
    const address = make().address('documents', ref, hour)
    expect(address).toMatch(/^https:\/\/bot\.example\/documents\/[\w.-]+$/u)
    expect(make().open('documents', tokenOf(address))).toEqual(ref)
  })

  it('open until their time, and no longer than a quarter after it', () => {
    const token = tokenOf(make().address('documents', ref, hour))
    now += hour - 1
    expect(make().open('documents', token)).toEqual(ref)
    now += hour / 4 + 1
    expect(make().open('documents', token)).toBe('expired')
  })

  it('keep the same address for a while, so that a picture is not fetched at each edit', () => {
    now += 1
    const address = make().address('pictures', ref, hour)
    now += 1000
    expect(make().address('pictures', ref, hour)).toBe(address)
  })

  it('open nothing else than the kind they were made for', () => {
    const token = tokenOf(make().address('pictures', ref, hour))
    expect(make().open('documents', token)).toBe('altered')
  })

  it('cannot be made by someone without the secret', () => {
    expect(make().open('documents', tokenOf(make('other').address('documents', ref, hour)))).toBe('altered')
  })

  it('cannot be changed in any place', () => {
    const token = tokenOf(make().address('documents', ref, hour))
    for (let place = 0; place < token.length; place += 1) {
      const other = token[place] === 'A' ? 'Q' : 'A'
      const changed = `${token.slice(0, place)}${other}${token.slice(place + 1)}`
      const opened = make().open('documents', changed)
      // The last character of a base64url text may hold bits that mean nothing.
      if (place < token.length - 1) expect(opened, `place ${place}`).toBe('altered')
    }
  })

  it.each(['', '.', '..', 'a.b', 'é.è', 'x'.repeat(100_000), '%00'])(
    'say "altered" of what was never a link: %.20s',
    (token) => {
      expect(make().open('documents', token)).toBe('altered')
    },
  )
})

describe('the secret of the links', () => {
  let dir: string

  beforeEach(async () => {
    dir = join(await mkdtemp(join(tmpdir(), 'ouverture-links-')), 'data')
  })
  afterEach(() => rm(join(dir, '..'), { recursive: true }))

  it('is made once and kept, for the owner of the folder only', async () => {
    const secret = await secretIn(dir)
    expect(secret).toHaveLength(32)
    expect(await secretIn(dir)).toEqual(secret)
    expect((await stat(join(dir, 'link-secret'))).mode & 0o077).toBe(0)
  })

  it('is another once its file was removed: links made before open no more', async () => {
    const clock = { now: () => 0, at: () => () => {} }
    const signedWith = (secret: Buffer) => links({ secret, baseUrl: () => 'https://bot.example/', clock })
    const given = signedWith(await secretIn(dir)).address('documents', { session: 's' }, 60_000)
    const token = given.split('/').at(-1) ?? ''
    expect(signedWith(await secretIn(dir)).open('documents', token)).toEqual({ session: 's' })
    await rm(join(dir, 'link-secret'))
    expect(signedWith(await secretIn(dir)).open('documents', token)).toBe('altered')
  })

  it('is not quietly replaced when its file is damaged', async () => {
    await secretIn(dir)
    await writeFile(join(dir, 'link-secret'), '')
    await expect(secretIn(dir)).rejects.toThrow(/link-secret/)
  })
})
