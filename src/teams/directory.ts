import type { CloudAdapter } from 'botbuilder'
import { z } from 'zod'
import { type PersonId, personId } from '../core/session/types.ts'
import type { Asker, Directory } from '../ports.ts'
import { type Limit, rosterLimits } from './budget.ts'
import { connectorClient } from './connector-client.ts'
import type { Outcome, Pacer } from './pacer.ts'
import { baseOf, type Reach, reach as reachShape } from './reach.ts'

interface Parts {
  adapter: CloudAdapter
  appId: string
  /** Origins of the services it may speak to; null for this machine's only. */
  services?: readonly string[] | null
  pacer: Pacer
}

/** As listed: the roster does not say who is there at this moment. */
interface Listed {
  id: PersonId
  name: string
}

type Role = Awaited<ReturnType<Directory['role']>>

/** Someone pressed a button and waits: invokes are answered within five seconds. */
const patienceMs = 3000
const timeoutMs = 4000

/** A roster larger than this is not a workshop's. */
const maxPages = 10

/** Who is in a meeting, as Teams says. */
export function teamsDirectory(parts: Parts): Directory {
  const connector = connectorClient({ ...parts, timeoutMs })
  /** The directory id behind a chat id never changes; roles do, and are never kept. */
  const directoryIds = new Map<string, string>()

  async function roster(raw: unknown): Promise<Listed[]> {
    const reach = reachShape.parse(raw)
    const people: Listed[] = []
    let token = ''
    for (let page = 0; page < maxPages; page += 1) {
      const read = await readPage(reach, token)
      people.push(...read.members.filter((one) => one.id !== reach.botId).map(entry))
      for (const one of read.members) learn(one)
      token = read.continuationToken ?? ''
      if (!token) break
    }
    return people
  }

  async function readPage(reach: Reach, token: string): Promise<z.infer<typeof membersPage>> {
    const more = token ? `&continuationToken=${encodeURIComponent(token)}` : ''
    const outcome = await read(reach, 'roster', `${conversation(reach)}/pagedmembers?pageSize=500${more}`)
    if (outcome.fate === 'done') return membersPage.parse(outcome.body)
    throw new Error(`the roster could not be read: ${'why' in outcome ? outcome.why : outcome.fate}`)
  }

  async function role(raw: unknown, { id: person, directoryId: told }: Asker): Promise<Role> {
    const reach = reachShape.parse(raw)
    if (reach.meetingId === null) return null
    const directoryId = told ?? directoryIds.get(person) ?? (await findDirectoryId(reach, person))
    if (directoryId === null || directoryId === 'none') return directoryId
    const meeting = `v1/meetings/${encodeURIComponent(reach.meetingId)}`
    const path = `${meeting}/participants/${encodeURIComponent(directoryId)}?tenantId=${encodeURIComponent(reach.tenantId)}`
    return roleIn(await read(reach, `role ${person}`, path))
  }

  /** `none` once the platform said that there is none; null while it says nothing. */
  async function findDirectoryId(reach: Reach, person: string): Promise<string | null> {
    const outcome = await read(
      reach,
      `member ${person}`,
      `${conversation(reach)}/members/${encodeURIComponent(person)}`,
    )
    const found = outcome.fate === 'done' ? member.safeParse(outcome.body).data : undefined
    if (found) learn(found)
    const isKnown = found !== undefined || (outcome.fate === 'never' && outcome.why.startsWith('404'))
    return directoryIds.get(person) ?? (isKnown ? 'none' : null)
  }

  function learn({ id, aadObjectId, objectId }: z.infer<typeof member>): void {
    const directoryId = aadObjectId ?? objectId
    if (!directoryId) return
    if (directoryIds.size > 10_000) directoryIds.clear()
    directoryIds.set(id, directoryId)
  }

  function read(reach: Reach, lane: string, path: string): Promise<Outcome> {
    return parts.pacer.ask({
      tenant: reach.tenantId,
      conversation: baseOf(reach.conversationId),
      lane: `${lane} ${reach.conversationId}`,
      ...(path.startsWith('v1/')
        ? { limits: roleLimits }
        : { budget: `roster ${reach.conversationId}`, limits: rosterLimits }),
      create: false,
      patienceMs,
      attempt: () => () => connector(reach.serviceUrl, { method: 'GET', path }),
    })
  }

  return { roster: underWay(roster, whereOf), role: underWay(role, whereOf) }
}

/**
 * Asked again while it is being read, it is the same reading: who presses forty times waits for one, and twenty people
 * who come at once cost one roster.
 */
function underWay<Given extends unknown[], T>(
  read: (...given: Given) => Promise<T>,
  name: (...given: Given) => string,
): (...given: Given) => Promise<T> {
  const reading = new Map<string, Promise<T>>()
  return (...given) => {
    const key = name(...given)
    const known = reading.get(key)
    if (known) return known
    const fresh = read(...given).finally(() => reading.delete(key))
    reading.set(key, fresh)
    return fresh
  }
}

const whereOf = (reach: unknown, asker?: Asker): string => JSON.stringify([reach, asker])

/** A person's role is asked once a gesture; the platform documents no limit of its own for it. */
const roleLimits: readonly Limit[] = [{ count: 2, perMs: 1000 }]

const conversation = ({ conversationId }: Reach): string =>
  `v3/conversations/${encodeURIComponent(conversationId)}`

const member = z.object({
  id: personId,
  name: z.string().nullish(),
  aadObjectId: z.string().nullish(),
  objectId: z.string().nullish(),
})

const membersPage = z.object({ members: z.array(member), continuationToken: z.string().nullish() })

/** The roster tells who is in the chat; only the meeting's own events tell who has left the room. */
const entry = ({ id, name }: z.infer<typeof member>): Listed => ({ id, name: name ?? '' })

const participant = z.object({ meeting: z.object({ role: z.string() }) })

const roles = z.enum(['organizer', 'presenter', 'attendee'])

function roleIn(outcome: Outcome): Role {
  const told = outcome.fate === 'done' ? participant.safeParse(outcome.body).data : undefined
  return roles.safeParse(told?.meeting.role.toLowerCase()).data ?? null
}
