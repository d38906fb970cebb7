import type { Launchers } from '../config.ts'
import { type Refusal, refuse } from '../core/phases/contract.ts'
import type { Lack } from '../core/session/types.ts'
import type { Directory } from '../ports.ts'
import type { Envelope } from './incoming.ts'

type Role = Awaited<ReturnType<Directory['role']>>

/** Whether this person may launch a workshop here; `lacks` says what the platform did not tell. */
export interface Leave {
  refusal: Refusal | null
  lacks: Lack[]
}

/**
 * Roles are read fresh, each time. Where the platform refuses to tell one, anyone of its directory may launch: nobody
 * would be able to otherwise. Someone anonymous organises nothing, and is not mistaken for a person it says nothing of.
 */
export async function leaveToLaunch(
  { from, ground }: Envelope,
  reach: unknown,
  { directory, launch }: { directory: Directory; launch: Launchers },
): Promise<Leave> {
  if (launch === 'anyone' || ground !== 'meeting') return { refusal: null, lacks: [] }
  const role = await directory.role(reach, from).catch(() => null)
  if (role === null) return { refusal: null, lacks: ['roles'] }
  if (may(role, launch)) return { refusal: null, lacks: [] }
  return { refusal: refuse(launch === 'organizer' ? 'organizer-only' : 'presenters-only'), lacks: [] }
}

const may = (role: NonNullable<Role>, launch: Exclude<Launchers, 'anyone'>): boolean =>
  role === 'organizer' || (role === 'presenter' && launch === 'presenters')
