import { z } from 'zod'
import type { Answer } from './http.ts'
import { connectorError } from './http.ts'

/** Probability, from 0 to 1, that a request of the bot meets each misfortune. */
export const faultsSchema = z
  .object({
    status412: z.number().min(0).max(1),
    status429: z.number().min(0).max(1),
    status502: z.number().min(0).max(1),
    status504: z.number().min(0).max(1),
    /** The connection breaks and nothing was done. */
    timeoutBefore: z.number().min(0).max(1),
    /** The connection breaks after the thing was done. */
    timeoutAfter: z.number().min(0).max(1),
    /** Someone's files do not take what she accepted. */
    uploadRefused: z.number().min(0).max(1),
  })
  .partial()

export type Faults = z.infer<typeof faultsSchema>

/** Answers in place of the connector, lets it work, or lets it work and loses the answer. */
export async function withFaults(
  faults: Faults,
  random: () => number,
  work: () => Promise<Answer>,
): Promise<Answer> {
  const strikes = (chance: number | undefined) => isStruck(chance, random)
  if (strikes(faults.status412)) return connectorError(412, 'PreconditionFailed', 'Injected fault')
  if (strikes(faults.status429)) return tooManyRequests(1)
  if (strikes(faults.status502)) return connectorError(502, 'BadGateway', 'Injected fault')
  if (strikes(faults.status504)) return connectorError(504, 'GatewayTimeout', 'Injected fault')
  if (strikes(faults.timeoutBefore)) return { kind: 'broken' }
  const answer = await work()
  return strikes(faults.timeoutAfter) ? { kind: 'broken' } : answer
}

export const isStruck = (chance: number | undefined, random: () => number): boolean =>
  chance !== undefined && random() < chance

export function tooManyRequests(seconds: number): Answer {
  return {
    ...connectorError(429, 'TooManyRequests', 'Rate limit exceeded'),
    headers: { 'retry-after': `${seconds}` },
  }
}
