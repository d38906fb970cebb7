import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { schemaVersion } from '../../src/core/meeting.ts'
import { DamagedRecord } from '../../src/ports.ts'
import { lowdbStore } from '../../src/stores/lowdb.ts'
import { sealing, unsealed } from '../../src/stores/sealing.ts'
import { record, withSession } from './records.ts'

const [old, fresh] = [Buffer.alloc(32, 7), Buffer.alloc(32, 8)]

describe('a sealed text', () => {
  it('reads nothing like what it holds, and never the same twice', () => {
    const sealed = sealing([old])
    const [one, other] = [sealed.close('Les cantines'), sealed.close('Les cantines')]
    expect(one).not.toBe(other)
    for (const text of [one, other]) {
      expect(Buffer.from(text.split(':')[1] ?? '', 'base64').toString('latin1')).not.toContain('cantines')
      expect(sealed.open(text)).toBe('Les cantines')
    }
  })

  it('opens with the key before while it is being replaced, and with no other', () => {
    const before = sealing([old]).close('été 🇫🇷 \u202e')
    expect(sealing([fresh, old]).open(before)).toBe('été 🇫🇷 \u202e')
    expect(() => sealing([fresh]).open(before)).toThrow(DamagedRecord)
    expect(() => unsealed.open(before)).toThrow(/no key was given/)
    const after = sealing([fresh, old]).close('x')
    expect(sealing([fresh]).open(after)).toBe('x')
  })

  it('does not open once a byte of it has changed', () => {
    const text = sealing([old]).close('Les cantines')
    const bytes = Buffer.from(text.split(':')[1] ?? '', 'base64')
    for (const place of [0, 13, bytes.length - 1]) {
      const altered = Buffer.from(bytes)
      altered[place] = (altered[place] ?? 0) ^ 1
      const put = `${text.split(':')[0]}:${altered.toString('base64')}`
      expect(() => sealing([old]).open(put)).toThrow(DamagedRecord)
    }
    expect(() => sealing([old]).open(`${text.split(':')[0]}:AAAA`)).toThrow(DamagedRecord)
  })

  it('is not taken for one where there was no key yet', () => {
    expect(sealing([old]).open('{"schema":1}')).toBe('{"schema":1}')
  })
})

describe('a store with a key', () => {
  let dir: string
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'ouverture-sealed-'))
  })
  afterEach(() => rm(dir, { recursive: true }))

  it('leaves nothing to read on disk: no name, no text, no meeting', async () => {
    await lowdbStore(dir, { sealing: sealing([old]) }).save(
      withSession('19:reunion@thread.v2', 'live', 'marie'),
    )
    const names = await readdir(dir, { recursive: true, withFileTypes: true })
    const files = names.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name))
    expect(files.length).toBeGreaterThan(2)
    for (const file of files) expect(await readFile(file, 'utf8')).toMatch(/^ouverture-sealed-1:[\w+/=]+$/)
    expect(files.join()).not.toContain('marie')
  })

  it('takes up the records from before it had one, and seals each when it is next saved', async () => {
    await lowdbStore(dir).save(record('m', 1, { seen: ['en clair'] }))
    const store = lowdbStore(dir, { sealing: sealing([old]) })
    expect((await store.load('m'))?.seen).toEqual(['en clair'])
    await store.save(record('m', 2, { seen: ['scellé'] }))
    const [name = ''] = await readdir(join(dir, 'meetings'))
    expect(await readFile(join(dir, 'meetings', name), 'utf8')).not.toContain('seen')
    expect((await lowdbStore(dir, { sealing: sealing([old]) }).load('m'))?.seen).toEqual(['scellé'])
  })

  it('sets aside what it cannot open, keeps it, and lets other meetings go on', async () => {
    await lowdbStore(dir, { sealing: sealing([old]) }).save(withSession('m', 'live'))
    const [name = ''] = await readdir(join(dir, 'meetings'))
    const before = await readFile(join(dir, 'meetings', name))
    const warned: string[] = []
    const store = lowdbStore(dir, { sealing: sealing([fresh]), warn: (file) => warned.push(file) })
    await expect(store.load('m')).rejects.toBeInstanceOf(DamagedRecord)
    await expect(store.save(record('m', 2))).rejects.toBeInstanceOf(DamagedRecord)
    await store.save(withSession('other', 'live'))
    expect(await store.pending()).toEqual(['other'])
    expect(warned).toHaveLength(1)
    expect(await readFile(join(dir, 'meetings', name))).toEqual(before)
  })

  it('upgrades a record of the version before, and counts the sessions it had', async () => {
    const { nextSession: _later, ...earlier } = withSession('m', 'closed', 'marie')
    await lowdbStore(dir).save(record('m'))
    const [name = ''] = await readdir(join(dir, 'meetings'))
    await writeFile(join(dir, 'meetings', name), JSON.stringify({ ...earlier, schema: 1 }))
    expect(await lowdbStore(dir).load('m')).toMatchObject({ schema: schemaVersion, nextSession: 2 })
  })
})
