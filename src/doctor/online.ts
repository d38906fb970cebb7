import { lookup } from 'node:dns/promises'
import type { Config } from '../config.ts'
import { type Finding, fine, known, wrong } from './finding.ts'

/** Where the network is asked. */
export interface Places {
  /** Where the bot's identity gets a token: `https://login.microsoftonline.com`. */
  login: string
}

export const microsoft: Places = { login: 'https://login.microsoftonline.com' }

const patienceMs = 10_000
/** Tokens are refused when the clocks differ by more than this. */
const driftMs = 5 * 60_000

/** What only the network can tell: the address, the identity, and whether the clock agrees with others'. */
export async function onlineFindings(config: Config, { login }: Places, now: number): Promise<Finding[]> {
  if (config.mode === 'room') return [known('doctor.online-room')]
  return [
    await addressFinding(config.baseUrl),
    ...(config.teams.type === 'SingleTenant'
      ? await tokenFindings(config, login, now)
      : [known('doctor.token-managed')]),
  ]
}

async function addressFinding(url: string): Promise<Finding> {
  const host = new URL(url).hostname
  const resolved = await lookup(host).catch(() => null)
  if (!resolved) return wrong('doctor.address-unknown', { host })
  const answer = await fetch(`${url}/healthz`, {
    redirect: 'manual',
    signal: AbortSignal.timeout(patienceMs),
  }).catch(() => null)
  if (!answer) return known('doctor.address-silent', { url })
  const ours = answer.ok && (await answer.text()) === '{"status":"ok"}'
  return ours
    ? fine('doctor.address', { url })
    : wrong('doctor.address-other', { url, status: String(answer.status) })
}

/** https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication */
async function tokenFindings({ teams }: Config, login: string, now: number): Promise<Finding[]> {
  const answer = await fetch(`${login}/${teams.tenantId}/oauth2/v2.0/token`, {
    method: 'POST',
    redirect: 'manual',
    signal: AbortSignal.timeout(patienceMs),
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: teams.appId,
      client_secret: teams.password,
      scope: 'https://api.botframework.com/.default',
    }),
  }).catch(() => null)
  if (!answer) return [wrong('doctor.login-silent', { url: login })]
  return [
    answer.ok ? fine('doctor.token') : wrong('doctor.token-refused', { why: await reasonIn(answer) }),
    ...clockFindings(answer.headers.get('date'), now),
  ]
}

/** Microsoft's code of the refusal (`AADSTS7000215`): its page says what to do. */
async function reasonIn(answer: Response): Promise<string> {
  const code = /AADSTS\d+/u.exec(await answer.text())?.[0]
  return code ?? String(answer.status)
}

function clockFindings(date: string | null, now: number): Finding[] {
  const drift = Math.abs(Date.parse(date ?? '') - now)
  return drift > driftMs ? [wrong('doctor.clock-drift', { minutes: String(Math.round(drift / 60_000)) })] : []
}
