import { randomBytes, randomUUID } from 'node:crypto'
import type { Room } from './room.ts'
import type { Person } from './state.ts'
import type { Entry, Language, Role } from './views.ts'

export interface Newcomer {
  name: string
  entry: Entry
  language: Language
  simulated?: Person['simulated']
}

/** Makes someone known to the room and to nobody else: the token is what lets a browser speak as them. */
export function enter(room: Room, newcomer: Newcomer): Person {
  const person = { ...identity(newcomer), ...belonging(room, newcomer) }
  room.state.people.push(person)
  room.changed()
  return person
}

const roles: Record<Entry, Role> = {
  organizer: 'Organizer',
  presenter: 'Presenter',
  attendee: 'Attendee',
  guest: 'Attendee',
  anonymous: 'Attendee',
}

export const roleOf = (entry: Entry): Role => roles[entry]

export function personByToken(room: Room, token: string): Person | undefined {
  return room.state.people.find((person) => person.token === token && !person.simulated)
}

function identity({ name, language, simulated }: Newcomer) {
  const [givenName = name, ...rest] = name.split(/\s+/)
  return {
    key: randomUUID(),
    token: randomBytes(24).toString('base64url'),
    mri: `29:${randomBytes(32).toString('base64url')}`,
    name,
    givenName,
    surname: rest.join(' '),
    language,
    ...(simulated ? { simulated } : {}),
  }
}

const otherTenant = 'b1c7d9f0-2a5e-4c83-9d41-6f0e8a3b5c72'

/** Anonymous people have no directory account: no object id, no address. */
function belonging(room: Room, { name, entry }: Newcomer) {
  if (entry === 'anonymous') return { kind: 'anonymous' as const, tenantId: room.state.tenantId }
  if (entry === 'guest') {
    return {
      kind: 'guest' as const,
      tenantId: otherTenant,
      aadObjectId: randomUUID(),
      email: address(name, 'asso'),
    }
  }
  const tenantId = room.state.tenantId
  return {
    kind: 'member' as const,
    tenantId,
    aadObjectId: randomUUID(),
    email: address(name, 'administration'),
  }
}

function address(name: string, domain: string): string {
  return `${slug(name).replace(/-/g, '.')}@${domain}.example`
}

/** Lower case letters, digits and hyphens; never empty. */
export function slug(text: string): string {
  const plain = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  return (
    plain
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 40) || 'x'
  )
}
