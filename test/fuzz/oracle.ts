import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  addressOf,
  canary,
  guestName,
  idOf,
  type Name,
  names,
  type Place,
  type Tag,
  type World,
} from './worlds.ts'

/**
 * What a sender may do, told a second time and otherwise than the bot tells it: from the records on disk, what was
 * received, and a few rules. It imports nothing of the bot.
 */

type Value = unknown
type Tree = { [key: string]: Value }

/** One place in a record that reads differently. */
interface Change {
  path: string[]
  before: Value
  after: Value
}

export type Records = Map<string, string>

/** Every record on disk, by the meeting it is of. */
export function recordsOf({ dataDir }: Pick<World, 'dataDir'>): Records {
  const folder = join(dataDir, 'meetings')
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'))
  return new Map(
    files.map((name) => {
      const text = readFileSync(join(folder, name), 'utf8')
      return [String(tree(JSON.parse(text)).id), text]
    }),
  )
}

/** Who acted, and where her activities came from: a conversation, or her own chat with the bot. */
export interface Actor {
  id: string
  name: Name
  /** The meeting she wrote in, null in her own chat. */
  place: Place | null
  /** She asked to be forgotten, or to erase a session, in so many words. */
  erases: boolean
}

/** Everything that changed and that this actor could not change. */
export function trespasses(before: Records, after: Records, actor: Actor): string[] {
  const added = [...after.keys()].filter((id) => !before.has(id) && !isOwnChat(id, actor))
  const gone = [...before.keys()].filter((id) => !after.has(id))
  const changed = [...before].flatMap(([id, text]) => {
    const now = after.get(id)
    if (now === undefined || now === text) return []
    const [was, is] = [tree(JSON.parse(text)), tree(JSON.parse(now))]
    return trespassesIn(was, is, actor)
  })
  return [
    ...added.map((id) => `a record for ${id}`),
    ...gone.map((id) => `the record of ${id} is gone`),
    ...changed,
  ]
}

function trespassesIn(was: Tree, is: Tree, actor: Actor): string[] {
  const here = actor.place?.conversationId === was.id
  const sessionsWere = list(was.sessions)
  const sessionsAre = list(is.sessions)
  const root = changesIn({ ...was, sessions: 0 }, { ...is, sessions: 0 })
    .filter(({ path }) => !own.has(path[0] ?? ''))
    .filter(({ path: [key, who] }) => {
      if (key === 'roster') return !here && !(actor.erases && who === actor.id)
      if (key === 'programmes' || key === 'nextProgramme') return !isOwnChat(was.id, actor)
      return !(here && (key === 'nextSession' || key === 'occasion'))
    })
  const kept = sessionsWere.flatMap((one) => {
    const now = sessionsAre.find(({ id }) => id === one.id)
    if (now) return trespassesInSession(one, now, actor, here)
    return actor.erases && steers(one, actor.id) && isClosed(one)
      ? []
      : [`session ${one.id} of ${was.id} is gone`]
  })
  const fresh = sessionsAre.filter(({ id }) => !sessionsWere.some((one) => one.id === id))
  return [
    ...root.map((change) => told(was.id, change)),
    ...kept,
    ...fresh.flatMap((one) =>
      mayLaunch(one, actor, here, sessionsWere) ? [] : [`session ${one.id} of ${was.id} was launched`],
    ),
    ...reachWrong(is, actor, here),
  ]
}

/** What someone prepares is in her own chat, and changes from there alone. */
const isOwnChat = (id: Value, { id: who, place, erases }: Actor): boolean =>
  id === `a:own-${who}` && (place === null || erases)

/** What the bot keeps for itself: where its cards stand and what is still to be shown. */
const own = new Set(['version', 'messages', 'outbox', 'nextEffect', 'seen', 'reach'])

/** The way back to a meeting leads to that meeting, whatever anyone sent. */
function reachWrong({ id, reach }: Tree, { place }: Actor, here: boolean): string[] {
  // Nothing was ever written to her there.
  if (!reach && !here) return []
  const { conversationId, serviceUrl } = tree(reach)
  const isRight = conversationId === id && (!here || serviceUrl === place?.connector.url)
  return isRight ? [] : [`${id} is reached at ${conversationId}`]
}

/** The platform gives no role to an anonymous person: whoever is there may then launch. */
function mayLaunch(session: Tree, { id, name }: Actor, here: boolean, before: Tree[]): boolean {
  const last = before.at(-1)
  const free = !last || isClosed(last) || steers(last, id)
  return here && free && session.launchedBy === id && ['marie', 'karim', 'zoe'].includes(name)
}

function trespassesInSession(was: Tree, is: Tree, actor: Actor, here: boolean): string[] {
  const role = roleIn(was, actor.id)
  if (!here && !actor.erases && !(actor.place === null && reaches(was, actor.id)))
    return changesIn(was, is)
      .filter((change) => !isTime(change))
      .map((change) => told(was.meetingId, change))
  if (actor.erases && isClosed(is) && role !== null) return othersLost(was, is, actor.id)
  const handed = floorsOf(was, is)
  return changesIn(was, is)
    .filter(
      (change) => !isAllowed(change, { was, is, who: actor.id, role: role ?? 'participant', here, handed }),
    )
    .map((change) => told(was.meetingId, change))
}

/** From her own chat: a workshop she takes part in while it lasts, one she organised afterwards too. */
function reaches(session: Tree, who: string): boolean {
  const role = roleIn(session, who)
  if (role !== 'participant') return role !== null
  return !isClosed(session) && tree(tree(session.participants)[who]).leftAt === null
}

interface Rule {
  was: Tree
  is: Tree
  who: string
  role: Role
  here: boolean
  /** Segments whose floor was hers to hand over, or to ask for. */
  handed: Set<string>
}
type Role = 'facilitator' | 'co-facilitator' | 'note-taker' | 'participant'

/** Fields that only tell that something changed, or that time passed. */
const passing = new Set(['count', 'steps', 'rang', 'warned'])

/** An alarm rings whoever is there: it writes that it rang, and leaves room for answers nobody gave yet. */
const isTime = ({ path, before, after }: Change): boolean =>
  passing.has(path[0] ?? '') ||
  passing.has(path.at(-1) ?? '') ||
  (path[0] === 'answers' && before === undefined && JSON.stringify(after) === '{}')

function isAllowed(change: Change, rule: Rule): boolean {
  const [first = '', second = '', third = ''] = change.path
  const { who, role } = rule
  const leads = role === 'facilitator' || role === 'co-facilitator'
  const organises = role !== 'participant'
  if (isTime(change)) return true
  switch (first) {
    case 'roster':
    case 'lacks':
      return rule.here
    case 'partedAt':
      return rule.here || leads || (change.after === null && hasMoved(rule))
    case 'offeredAgainAt':
      return rule.here || leads
    case 'participants':
      return second === who ? leads || third !== 'role' || isFirst(change) : leads && isRoleOf(change, rule)
    case 'answers':
      return third === who || (third === '' && onlyHers(change, who))
    case 'notes':
      return organises && isNewBy(change, who)
    case 'review':
      return second === 'letters' ? organises : isNewBy(change, who) || (leads && isSettled(change))
    case 'context':
      return organises
    case 'prepared':
      return leads
    case 'moves':
    case 'redo':
      return leads || rule.handed.size > 0 || movedBy(change, who)
    case 'steer':
      if (leads) return true
      if (second !== 'shared') return role === 'note-taker' && second === 'brought'
      return role === 'note-taker' ? !isFloor(change) || isHers(change, rule) : isHers(change, rule)
    default:
      return false
  }
}

/** She made a move since: whoever moves a session that people had left goes on with it. */
function hasMoved({ was, is, who }: Rule): boolean {
  const before = new Set(list(was.moves).map((move) => JSON.stringify(move)))
  return list(is.moves).some((move) => move.by === who && !before.has(JSON.stringify(move)))
}

/** She joins, and is then a participant. */
const isFirst = ({ path, before, after }: Change): boolean =>
  path.length === 2 && before === undefined && tree(after).role === 'participant'

/** Someone is given a role, comes or goes; who she says she is stays hers. */
function isRoleOf({ path, before, after }: Change, { was }: Rule): boolean {
  const [, person = '', field] = path
  if (field !== undefined) return ['role', 'contributes', 'leftAt'].includes(field)
  return before === undefined && Object.hasOwn(tree(was.roster), person) && tree(after).introduced === false
}

/** A segment where nobody had answered: the answer that is there is hers. */
const onlyHers = ({ before, after }: Change, who: string): boolean =>
  before === undefined && Object.keys(tree(after)).every((one) => one === who)

/** Hers, added or taken back. */
const isNewBy = ({ before, after }: Change, who: string): boolean =>
  before === undefined ? tree(after).by === who : after === undefined && tree(before).by === who

const isSettled = ({ path }: Change): boolean =>
  ['state', 'settledBy', 'settledAt'].includes(path.at(-1) ?? '')

const movedBy = ({ before, after }: Change, who: string): boolean =>
  [before, after].every((one) => one === undefined || tree(one).by === who)

const isFloor = ({ path }: Change): boolean => path.includes('floor')

/** What a participant changes of what the room shares: the floor that is hers, and what she wrote. */
function isHers({ path, before, after }: Change, { who, handed, was, is }: Rule): boolean {
  const [, , segment = ''] = path
  if (handed.has(segment)) return true
  if (path.includes('order')) return keepsOthersOrder({ was, is }, segment, who)
  if (path.includes('floor')) return mine(before, who) && mine(after, who)
  const card = tree(tree(tree(tree(tree(was.steer).shared)[segment]).cards)[path[4] ?? ''])
  return Array.isArray(card.authors) && card.authors.includes(who)
}

/** Someone who asks for the floor comes before the others, or after, and moves none of them. */
function keepsOthersOrder(sides: { was: Tree; is: Tree }, segment: string, who: string): boolean {
  const order = (side: Tree): string[] => {
    const { floor } = tree(tree(tree(side.steer).shared)[segment])
    const { order: ids } = tree(floor)
    return Array.isArray(ids) ? ids.filter((one) => one !== who) : []
  }
  const [before, after] = [order(sides.was), order(sides.is)]
  const both = (ids: string[]) => ids.filter((one) => before.includes(one) && after.includes(one))
  return both(before).join() === both(after).join()
}

const mine = (value: Value, who: string): boolean =>
  value === undefined || value === who || Array.isArray(value)

/** Segments where she held the floor before, or asked for it when nobody did. */
function floorsOf(was: Tree, is: Tree): Set<string> {
  const before = tree(tree(was.steer).shared)
  const after = tree(tree(is.steer).shared)
  return new Set(
    Object.keys(before).filter((segment) => {
      const [from, to] = [tree(tree(before[segment]).floor), tree(tree(after[segment]).floor)]
      return from.speaker !== to.speaker
    }),
  )
}

/** She is forgotten: what others wrote, and who they are, stands as it was. */
function othersLost(was: Tree, is: Tree, who: string): string[] {
  // Whoever leads may name roles, afterwards too.
  const named = steers(was, who) ? ['role', 'contributes', 'leftAt'] : []
  const kept = ({ participants, answers, notes }: Tree) => ({
    participants: without(participants, who),
    answers: Object.fromEntries(
      Object.entries(tree(answers)).map(([id, given]) => [id, without(given, who)]),
    ),
    notes: list(notes).filter(({ by }) => by !== who && !String(by).startsWith('forgotten-')),
  })
  // A text that is but her id reads as her alias afterwards.
  const unnamed = (side: Tree): Value =>
    JSON.parse(
      JSON.stringify(kept(side))
        .replaceAll(who, 'her')
        .replaceAll(/forgotten-\d+/gu, 'her'),
    )
  return (
    changesIn(unnamed(was), unnamed(is))
      .filter(({ path }) => !named.includes(path.at(-1) ?? ''))
      // An exercise where she alone had answered holds nobody's answer any more.
      .filter((change) => !isTime(change))
      .map((change) => told(was.meetingId, change))
  )
}

const without = (people: Value, who: string): Tree =>
  Object.fromEntries(
    Object.entries(tree(people)).filter(([id]) => id !== who && !id.startsWith('forgotten-')),
  )

/** Texts that nobody but their author has been shown yet, wherever `reader` is; in records as they stand. */
export function sealed(records: Records, reader: string): string[] {
  return [...records].flatMap(([id, text]) => {
    const tag: Tag = /_a@|:a-/u.test(id) ? 'a' : 'b'
    if (id.startsWith('a:own-')) return prepares(tag, reader) ? [] : [guestName(tag)]
    const record = tree(JSON.parse(text))
    const inIt = names.some((name) => idOf(tag, name) === reader)
    if (!inIt) return [`canari-${tag}-`, `ancien-${tag}-`]
    const last = list(record.sessions).at(-1)
    return last ? sealedIn(last, tag, reader) : []
  })
}

/** Those who organise with her are told whom she invited. */
const prepares = (tag: Tag, reader: string): boolean =>
  (['marie', 'karim', 'awa'] as const).some((name) => idOf(tag, name) === reader)

function sealedIn(session: Tree, tag: Tag, reader: string): string[] {
  const organises = roleIn(session, reader) !== 'participant' && roleIn(session, reader) !== null
  const others = names.filter((name) => idOf(tag, name) !== reader)
  const addresses = organises
    ? []
    : others.filter((name) => name !== 'marie').map((name) => addressOf(tag, name))
  const segment = runningSegment(session)
  if (segment?.phase === 'silent-ideation') {
    // The facilitator may have gone back to it: what the room was shown then can no longer be changed, nor hidden.
    const shown = JSON.stringify(tree(session.steer).shared)
    const silent = others.filter((name) => !shown.includes(`${segment.id}/${idOf(tag, name)}`))
    return [...addresses, ...silent.map((name) => canary(tag, segment.id, name))]
  }
  if (segment?.phase !== 'ideation-by-profile') return addresses
  const shared = JSON.stringify(tree(tree(session.steer).shared)[segment.id] ?? {})
  const hidden = others.filter((name) => !shared.includes(`"${idOf(tag, name)}"`))
  return [...addresses, ...hidden.map((name) => canary(tag, segment.id, name))]
}

function runningSegment(session: Tree): { id: string; phase: string } | null {
  const { status, index } = tree(tree(session.steer).position)
  if (status !== 'running' && status !== 'paused') return null
  const found = tree(list(tree(session.format).segments)[Number(index)])
  return { id: String(found.id), phase: String(found.phase) }
}

const isClosed = (session: Tree): boolean => tree(tree(session.steer).position).status === 'closed'

function roleIn(session: Tree, who: string): Role | null {
  const { role } = tree(tree(session.participants)[who])
  return typeof role === 'string' ? (role as Role) : null
}

const steers = (session: Tree, who: string): boolean =>
  ['facilitator', 'co-facilitator'].includes(roleIn(session, who) ?? '')

/** Leaves that differ; a whole branch where one side has none. Lists of things with an id go by it. */
export function changesIn(before: Value, after: Value, path: string[] = []): Change[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return []
  const [from, to] = [branches(before), branches(after)]
  if (!from || !to) return [{ path, before, after }]
  const keys = new Set([...from.keys(), ...to.keys()])
  const inside = [...keys].flatMap((key) => changesIn(from.get(key), to.get(key), [...path, key]))
  return inside
}

function branches(value: Value): Map<string, Value> | null {
  if (Array.isArray(value)) return new Map(value.map((one, index) => [String(tree(one).id ?? index), one]))
  if (typeof value !== 'object' || value === null) return null
  return new Map(Object.entries(value))
}

const tree = (value: Value): Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Tree) : {}

const list = (value: Value): Tree[] => (Array.isArray(value) ? value : [])

const told = (meeting: Value, { path, before, after }: Change): string =>
  `${meeting}: ${path.join('.')}: ${brief(before)} → ${brief(after)}`

const brief = (value: Value): string => (JSON.stringify(value) ?? 'nothing').slice(0, 160)
