import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'

const root = resolve(import.meta.dirname, '../..')

const { scripts } = z
  .object({ scripts: z.object({ start: z.string() }) })
  .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')))

/** What `npm start` tells Node: each contender is told the same. */
const flags = scripts.start.split(' ').slice(1, -1)

export interface Contender {
  /** Where activities go. */
  url: string
  /** What it answers at another path of its port. */
  ask(path: string): Promise<string>
  /** The most memory that it ever held, in bytes, where the system tells. */
  peak(): number | null
  /** Ends it as a shift's end would, so that a profile is written. */
  end(): Promise<void>
}

export interface Started {
  script: string
  env?: Record<string, string>
  profile?: string | null
  /** What it says of its errors is not wanted. */
  quiet?: boolean
}

/** A program in a process of its own, once it has told its port. */
export async function started({
  script,
  env = {},
  profile = null,
  quiet = false,
}: Started): Promise<Contender> {
  const profiling = profile === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`]
  const child = spawn(process.execPath, [...profiling, ...flags, script], {
    cwd: root,
    env: { ...ofTheMachine(), ...env },
    stdio: ['ignore', 'pipe', quiet ? 'ignore' : 'inherit'],
  })
  // A benchmark that is interrupted leaves nothing behind.
  const ending = () => void child.kill('SIGKILL')
  process.once('exit', ending)
  const gone = new Promise<void>((done) => child.once('close', () => done()))
  const port = await new Promise<string>((found, failed) => {
    let said = ''
    child.stdout.on('data', (chunk) => {
      said += String(chunk)
      const told = /(?:localhost|port)[: \u00A0]*(\d+)/u.exec(said)
      if (told) found(told[1] ?? '')
    })
    child.once('exit', (code) => failed(new Error(`${script} stopped with ${code}`)))
  })
  return {
    url: `http://127.0.0.1:${port}/api/messages`,
    ask: async (path) => (await fetch(`http://127.0.0.1:${port}${path}`)).text(),
    peak: () => (child.pid === undefined ? null : peakOf(child.pid)),
    async end() {
      child.kill('SIGTERM')
      await gone
      process.off('exit', ending)
    },
  }
}

/** Nothing that changes what the bot does: which store it has, whether it seals, whom it answers. */
const ofTheMachine = () =>
  Object.fromEntries(
    ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'USERPROFILE'].flatMap((name) => {
      const value = process.env[name]
      return value === undefined ? [] : [[name, value]]
    }),
  )

/** Linux keeps it; others tell what is held now. */
function peakOf(pid: number): number | null {
  try {
    const found = /^VmHWM:\s+(\d+) kB$/mu.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
    return found ? Number(found[1]) * 1024 : null
  } catch {
    return null
  }
}

export const contender = (name: string): string => join('test/bench/contenders', `${name}.ts`)
