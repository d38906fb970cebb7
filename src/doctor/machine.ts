import { readFile, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { readConfig } from '../config.ts'
import { type Finding, fine, wrong } from './finding.ts'

interface Machine {
  env: Record<string, string | undefined>
  nodeVersion: string
  folder: string
  now: number
}

const oldestNode = [20, 19] as const
/** This was written then: a clock that says less is wrong. */
const notBefore = Date.UTC(2026, 0, 1)

/** What does not depend on the configuration being right. */
export async function machineFindings(machine: Machine): Promise<Finding[]> {
  return [
    nodeFinding(machine.nodeVersion),
    ...(machine.now < notBefore ? [wrong('doctor.clock')] : []),
    ...(await secretsFindings(join(machine.folder, '.env'))),
    ...(await portFindings(machine.env)),
  ]
}

function nodeFinding(version: string): Finding {
  const [major = 0, minor = 0] = version.replace(/^v/u, '').split('.').map(Number)
  const [oldest, least] = oldestNode
  const enough = major > oldest || (major === oldest && minor >= least)
  return enough ? fine('doctor.node', { version }) : wrong('doctor.node-old', { version })
}

/** Whoever has an account on the machine could take the bot's place. */
async function secretsFindings(file: string): Promise<Finding[]> {
  const text = await readFile(file, 'utf8').catch(() => null)
  if (text === null || process.platform === 'win32') return []
  const holds = /^[ \t]*(MICROSOFT_APP_PASSWORD|DATA_KEY)[ \t]*=[ \t]*["']?[^\s"']/mu.test(text)
  const { mode } = await stat(file)
  return holds && (mode & 0o077) !== 0 ? [wrong('doctor.secrets-open', { file })] : []
}

async function portFindings(env: Machine['env']): Promise<Finding[]> {
  const read = readConfig(env)
  if ('wrong' in read) return []
  const { port, roomPort, metricsPort, withRoom } = read.config
  const wanted = { PORT: port, ...(withRoom ? { ROOM_PORT: roomPort } : {}), METRICS_PORT: metricsPort ?? 0 }
  const asked = Object.entries(wanted).filter(([, number]) => number !== 0)
  return Promise.all(asked.map(([name, number]) => portFinding(name, number)))
}

async function portFinding(name: string, number: number): Promise<Finding> {
  const about = { name, port: String(number) }
  if (await isFree(number)) return fine('doctor.port', about)
  return (await isOurs(number)) ? fine('doctor.port-ours', about) : wrong('doctor.port-taken', about)
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, () => server.close(() => resolve(true)))
  })

/** A bot that runs already answers there. */
const isOurs = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/healthz`, { signal: AbortSignal.timeout(2000) })
    .then(async (answer) => answer.ok && /^\{"status":"ok"\}$/u.test(await answer.text()))
    .catch(() => false)
