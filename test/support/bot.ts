import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Cloud } from '../../src/cloud.ts'
import { compose, type Running } from '../../src/compose.ts'
import { readConfig } from '../../src/config.ts'
import { loadFormats } from '../../src/formats/index.ts'
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
  if ('wrong' in read) throw new Error(read.wrong.join('\n'))
  const scripts = await loadFormats(read.config.formatsDir)
  if ('misread' in scripts) throw new Error(JSON.stringify(scripts.misread))
  const log = listeningLog()
  const { config } = read
  const teams = cloud ? { ...config.teams, cloud } : config.teams
  const running = await compose({ ...config, teams }, scripts.formats, log)
  return { ...running, botUrl: `http://127.0.0.1:${running.botPort}/api/messages`, dataDir, log }
}

/** The bot as a process of its own, as `npm start` runs it: it can be killed. */
export async function spawnBot(dataDir: string): Promise<{ botUrl: string; kill(): Promise<void> }> {
  const root = resolve(import.meta.dirname, '../..')
  const child = spawn(process.execPath, [join(root, 'node_modules/tsx/dist/cli.mjs'), 'src/index.ts'], {
    cwd: root,
    env: { ...process.env, PORT: '0', ROOM: 'off', DATA_DIR: dataDir, LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'pipe', 'inherit'],
    // Its own group: the loader runs the program in a child of its own, and both must die at once.
    detached: true,
  })
  const gone = new Promise<void>((done) => child.once('exit', () => done()))
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
    async kill() {
      if (child.pid) process.kill(-child.pid, 'SIGKILL')
      await gone
    },
  }
}
