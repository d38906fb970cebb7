import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { delimiter, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { destination, pino } from 'pino'
import { compose, type Running } from './compose.ts'
import { type Config, operatorLang, readConfig } from './config.ts'
import { loadFormats, sentence } from './formats/index.ts'
import { speak } from './locales/index.ts'
import { safeLog } from './operations/log.ts'
import { trail } from './operations/trail.ts'

/**
 * Microsoft's own client for one person. It is no dependency of ours: its licence (Microsoft pre-release terms:
 * evaluation only, nothing passed on) is for the one who asks for it to accept, and it weighs 15 MB. npm fetches it the
 * first time, which needs the network, and keeps it.
 */
const playground = { name: '@microsoft/m365agentsplayground', version: '0.2.28' }

/** The Playground sends no token and its links stay on this machine: a tenant's settings do not apply. */
const untied = {
  ROOM: 'off',
  NODE_ENV: '',
  MICROSOFT_APP_ID: '',
  MICROSOFT_APP_PASSWORD: '',
  MICROSOFT_APP_TENANT_ID: '',
  ALLOWED_TENANTS: '',
  PUBLIC_URL: '',
}

const lang = operatorLang(process.env)
const read = readConfig({ ...process.env, PORT: process.env.PORT || '0', ...untied })
if ('wrong' in read) stopWith(read.wrong.map((text) => speak(text, { lang, zone: 'UTC' })))
else await begin({ ...read.config, dataDir: resolve(read.config.dataDir) })

async function begin(config: Config): Promise<void> {
  const scripts = await loadFormats(config.formatsDir)
  if ('misread' in scripts)
    return stopWith(scripts.misread.map((one) => speak(sentence(one), { lang, zone: config.zone })))
  const program = await fetched().catch(() => null)
  if (!program) return stopWith([speak({ say: 'start.no-playground' }, { lang, zone: config.zone })])
  const causes = trail()
  const log = safeLog(pino({ level: config.logLevel }, destination(2)), causes)
  const bot = await compose(config, scripts.formats, log, causes)
  const port = Number(process.env.PLAYGROUND_PORT) || (await freePort())
  const url = `http://localhost:${port}`
  const client = clientOf(bot, { program, port, folder: join(config.dataDir, 'playground') })
  const close = closing(bot, client)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void close(0))
  client.once('exit', () => void close(1))
  await answering(url)
  console.log(speak({ say: 'start.playground', with: { url } }, { lang, zone: config.zone }))
}

/** Where npm keeps the Playground's program: next to the commands it puts in front of the path. */
async function fetched(): Promise<string | null> {
  const npm = process.env.npm_execpath?.endsWith('npm-cli.js') ? process.env.npm_execpath : null
  const order = ['exec', '--yes', '--prefer-offline', `--package=${playground.name}@${playground.version}`]
  const asked = [...order, '--', 'node', '-p', 'process.env.PATH']
  const { stdout } = await promisify(execFile)(npm ? process.execPath : 'npm', npm ? [npm, ...asked] : asked)
  const programs = stdout
    .trim()
    .split(delimiter)
    .map((folder) => join(folder, '..', playground.name, 'cli.js'))
  return programs.find((one) => existsSync(one)) ?? null
}

/** It writes a log where it is started: among our data, not in the sources. */
function clientOf(
  { botPort }: Running,
  { program, port, folder }: { program: string; port: number; folder: string },
): ChildProcess {
  mkdirSync(folder, { recursive: true })
  const endpoint = `http://127.0.0.1:${botPort}/api/messages`
  const options = ['-e', endpoint, '-c', 'msteams', '-p', String(port), '--disable-telemetry', 'true']
  return spawn(process.execPath, [program, 'start', ...options], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}

/** Ends what was started here, once, and nothing else. */
function closing(bot: Running, client: ChildProcess): (code: number) => Promise<void> {
  let closed = false
  return async (code) => {
    if (closed) return
    closed = true
    client.kill()
    await bot.close()
    process.exit(code)
  }
}

/** It says that it listens before it does. */
async function answering(url: string): Promise<void> {
  const answered = await fetch(url).then(
    () => true,
    () => false,
  )
  if (answered) return
  await new Promise((again) => setTimeout(again, 200))
  return answering(url)
}

function freePort(): Promise<number> {
  const server = createServer()
  return new Promise((found) => {
    server.listen(0, () => {
      const address = server.address()
      server.close(() => found(typeof address === 'object' ? (address?.port ?? 0) : 0))
    })
  })
}

function stopWith(sentences: string[]): void {
  for (const one of sentences) console.error(one)
  process.exitCode = 1
}
