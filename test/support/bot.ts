import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Cloud } from '../../src/cloud.ts'
import { compose, type Running } from '../../src/compose.ts'
import { readConfig } from '../../src/config.ts'
import { loadFormats } from '../../src/formats/index.ts'
import { trail } from '../../src/operations/trail.ts'
import type { Log } from '../../src/ports.ts'

export interface Told {
  level: 'info' | 'warn' | 'error'
  facts: Record<string, unknown>
  message: string
}

/** A log that a test can read. */
export function listeningLog(): Log & { told: Told[] } {
  const told: Told[] = []
  const at = (level: Told['level']) => (facts: Record<string, unknown>, message: string) => {
    told.push({ level, facts, message })
  }
  return { told, info: at('info'), warn: at('warn'), error: at('error') }
}

export const freshFolder = (): string => mkdtempSync(join(tmpdir(), 'ouverture-'))

export const removeFolder = (folder: string): void =>
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })

/** The whole bot in this process, on free ports, with nothing but what `env` changes; `cloud` stands for Microsoft's. */
export async function startBot(
  env: Record<string, string> = {},
  cloud?: Cloud,
): Promise<Running & { botUrl: string; dataDir: string; log: ReturnType<typeof listeningLog> }> {
  const dataDir = env.DATA_DIR ?? freshFolder()
  const read = readConfig({ PORT: '0', ROOM_PORT: '0', ROOM: 'off', ...env, DATA_DIR: dataDir })
  if ('wrong' in read) throw new Error(JSON.stringify(read.wrong))
  const scripts = await loadFormats(read.config.formatsDir)
  if ('misread' in scripts) throw new Error(JSON.stringify(scripts.misread))
  const log = listeningLog()
  const { config } = read
  const teams = cloud ? { ...config.teams, cloud } : config.teams
  const running = await compose({ ...config, teams }, scripts.formats, log, trail())
  return { ...running, botUrl: `http://127.0.0.1:${running.botPort}/api/messages`, dataDir, log }
}

export interface BotProcess {
  botUrl: string
  /** All it wrote to its terminal. */
  told(): string
  /** As whoever runs it would: to the command that was started. */
  signal(name: NodeJS.Signals): void
  /** Its exit code, once it has ended. */
  gone: Promise<number | null>
  kill(): Promise<void>
  /** Neither works nor dies, until it is let go on. */
  freeze(isFrozen: boolean): void
}

/** The bot as a process of its own, as `npm start` runs it: it can be killed. */
export async function spawnBot(dataDir: string, env: Record<string, string> = {}): Promise<BotProcess> {
  const root = resolve(import.meta.dirname, '../..')
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/index.ts'], {
    cwd: root,
    env: { ...process.env, PORT: '0', ROOM: 'off', DATA_DIR: dataDir, LOG_LEVEL: 'silent', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // Its own group: whatever it starts must die with it.
    detached: true,
  })
  let told = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      told += String(chunk)
    })
  let ended = false
  const gone = new Promise<number | null>((done) => child.once('close', done))
  child.once('exit', () => {
    ended = true
  })
  const port = await new Promise<string>((found, failed) => {
    let said = ''
    child.stdout.on('data', (chunk) => {
      said += String(chunk)
      const url = /(?:127\.0\.0\.1|localhost|port)[: \u00A0]*(\d+)/u.exec(said)
      if (url) found(url[1] ?? '')
    })
    child.once('exit', (code) => failed(new Error(`the bot stopped with ${code}`)))
  })
  return {
    botUrl: `http://127.0.0.1:${port}/api/messages`,
    told: () => told,
    signal: (name) => void child.kill(name),
    gone,
    freeze(isFrozen) {
      if (!ended && child.pid) process.kill(-child.pid, isFrozen ? 'SIGSTOP' : 'SIGCONT')
    },
    async kill() {
      if (!ended && child.pid) process.kill(-child.pid, 'SIGKILL')
      await gone
    },
  }
}
