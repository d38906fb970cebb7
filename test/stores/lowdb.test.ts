import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { schemaVersion } from '../../src/core/meeting.ts'
import { DamagedRecord, StaleVersion } from '../../src/ports.ts'
import { lowdbStore } from '../../src/stores/lowdb.ts'
import { sealing } from '../../src/stores/sealing.ts'
import { aged } from './aged.ts'
import { storeContract } from './contract.ts'
import { record, withSession } from './records.ts'

const freshFolder = () => mkdtemp(join(tmpdir(), 'ouverture-store-'))

storeContract('the store on disk', async () => {
  const dir = await freshFolder()
  return {
    open: () => lowdbStore(dir),
    age: aged(dir),
    remove: () => rm(dir, { recursive: true }),
  }
})

storeContract('the sealed store on disk', async () => {
  const dir = await freshFolder()
  const sealed = sealing([Buffer.alloc(32, 1)])
  return {
    open: () => lowdbStore(dir, { sealing: sealed }),
    age: aged(dir),
    remove: () => rm(dir, { recursive: true }),
  }
})

describe('the store on disk, when things go wrong', () => {
  let dir: string
  const folder = () => join(dir, 'meetings')
  const onlyFile = async () => join(folder(), (await readdir(folder()))[0] ?? '')

  beforeEach(async () => {
    dir = await freshFolder()
  })
  afterEach(() => rm(dir, { recursive: true }))

  const damages: [string, (file: string) => Promise<void>, RegExp][] = [
    ['cut short', (file) => truncate(file, 40), /not JSON/],
    ['empty', (file) => truncate(file, 0), /not JSON/],
    ['no record at all', (file) => writeFile(file, '[]'), /not a record/],
    ['of a newer version', (file) => writeFile(file, `{"schema":${schemaVersion + 1}}`), /newer version/],
    ['of an unknown older version', (file) => writeFile(file, '{"schema":0}'), /no way up/],
    [
      'of another shape',
      (file) => change(file, (one) => ({ ...one, outbox: [{ id: 'x' }] })),
      /outbox\.0\.id/,
    ],
    [
      'that of another meeting',
      (file) => change(file, (one) => ({ ...one, id: 'other' })),
      /another meeting/,
    ],
  ]

  it.each(damages)(
    'says so of a record that is %s, keeps it, and lets other meetings go on',
    async (_, damage, why) => {
      const warned: string[] = []
      const store = lowdbStore(dir, { warn: (file) => warned.push(file) })
      await store.save(withSession('m', 'live'))
      const file = await onlyFile()
      await damage(file)
      const before = await readFile(file)

      const failure = await store.load('m').catch((error) => error)
      expect(failure).toBeInstanceOf(DamagedRecord)
      expect(failure.message).toMatch(why)
      await expect(store.save(record('m', 2))).rejects.toBeInstanceOf(DamagedRecord)
      expect(await readFile(file)).toEqual(before)

      await store.save(withSession('other one', 'live'))
      // It still may have something to do: whoever takes it up learns what is wrong, and of which meeting.
      expect((await store.pending()).sort()).toEqual(['m', 'other one'])
      expect(warned).toEqual([])
    },
  )

  it('does not tell what people wrote when a record cannot be read', async () => {
    const store = lowdbStore(dir)
    await store.save(record('m'))
    await writeFile(await onlyFile(), '{"said": "un secret", }')
    await expect(store.load('m')).rejects.not.toThrow(/secret/)
  })

  it('does not mind what a dead process left behind, and clears it away', async () => {
    await lowdbStore(dir).save(withSession('m', 'live'))
    const left = join(dir, 'writing', `${basename(await onlyFile())}.123.tmp`)
    await writeFile(left, '{"half": ')
    await utimes(left, 0, 0)
    const store = lowdbStore(dir)
    expect(await store.pending()).toEqual(['m'])
    await store.save(record('m', 2))
    expect(await readdir(folder())).toHaveLength(1)
    expect(await readdir(join(dir, 'writing'))).toEqual([])
  })

  it('notices that another process saved the meeting', async () => {
    const [one, other] = [lowdbStore(dir), lowdbStore(dir)]
    await one.save(record('m', 1))
    await other.save(record('m', 2))
    await expect(one.save(record('m', 2))).rejects.toBeInstanceOf(StaleVersion)
    await one.save(record('m', 3))
    expect((await other.load('m'))?.version).toBe(3)
  })

  it('keeps records from the eyes of other users of the machine', async () => {
    await lowdbStore(dir).save(record('m'))
    expect((await stat(await onlyFile())).mode & 0o077).toBe(0)
  })

  it('has every acknowledged version after kill -9', async () => {
    for (const kills of [5, 40, 12]) {
      const acknowledged = await killedAfter(savingProcess(dir), kills)
      const stored = await lowdbStore(dir).load('m')
      expect(stored?.version).toBeGreaterThanOrEqual(acknowledged)
      expect(stored?.seen).toEqual([String(stored?.version), 'x'.repeat(20000)])
      await rm(folder(), { recursive: true })
    }
  }, 60_000)

  it.skipIf(process.platform === 'win32')(
    'keeps the last whole record when the disk is full',
    async () => {
      await lowdbStore(dir).save(record('m', 1))
      const { lines, over } = savingProcess(dir, { length: 200_000, room: 'trap "" XFSZ; ulimit -f 100;' })
      expect(await over).toBe(3)
      expect(lines).toEqual(['EFBIG'])
      expect(await lowdbStore(dir).load('m')).toEqual(record('m', 1))
    },
    60_000,
  )
})

async function change(file: string, how: (raw: object) => object): Promise<void> {
  await writeFile(file, JSON.stringify(how(JSON.parse(await readFile(file, 'utf8')))))
}

interface Saving {
  child: ChildProcess
  lines: string[]
  over: Promise<number | null>
}

function savingProcess(dir: string, { length = 20_000, room = '' } = {}): Saving {
  const script = join(import.meta.dirname, 'save-loop.ts')
  const child = spawn(
    '/bin/sh',
    ['-c', `${room} exec "$0" --import tsx "$1" "$2" "$3"`, process.execPath, script, dir, String(length)],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const lines: string[] = []
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line))
  return { child, lines, over: new Promise((resolve) => child.on('close', resolve)) }
}

/** Kills the process once it has told of so many versions; gives the last version it told of. */
async function killedAfter({ child, lines, over }: Saving, versions: number): Promise<number> {
  const { stdout } = child
  await new Promise<void>((resolve) => {
    stdout?.on('data', () => {
      if (lines.length >= versions) resolve()
    })
    child.on('close', () => resolve())
  })
  child.kill('SIGKILL')
  await over
  return Number(lines.at(-1))
}
