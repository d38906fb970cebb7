import { z } from 'zod'
import { type Decision, type Draft, refuse, type Viewer } from './phases/contract.ts'
import { nameOf, present, scribes, shortNameOf, steers } from './session/people.ts'
import { type Participant, type PersonId, personId, type Session } from './session/types.ts'
import { say, type Text, type ViewData } from './text.ts'

/** Who speaks, held by the server: the same floor serves the tour de table and the sharing of subjects. */
export const floor = z.object({
  /** Who is expected to speak, in order; people who join later are put at the end. */
  order: z.array(personId),
  /** Who has had the floor, and for how long, in milliseconds. */
  spoke: z.record(z.number()),
  /** Who passed or was absent. */
  passed: z.array(personId),
  speaker: personId.nullable(),
  turn: z.object({ since: z.number(), deadline: z.number(), rang: z.boolean() }).nullable(),
  /** Whom the last thanks went to. */
  thanked: personId.nullable(),
})
export type Floor = z.infer<typeof floor>

const who = z.object({ who: personId })
export const floorInput = z.discriminatedUnion('do', [
  /** The speaker has finished, or the facilitator thanks her: the floor goes to the next. */
  z.object({ do: z.literal('floor-done'), speaker: personId.optional() }),
  z.object({ do: z.literal('floor-pass'), speaker: personId.optional() }),
  z.object({ do: z.literal('floor-later'), speaker: personId.optional() }),
  z.object({ do: z.literal('floor-jump') }),
  z.object({ do: z.literal('floor-give') }).merge(who),
  z.object({ do: z.literal('floor-first') }).merge(who),
  z.object({ do: z.literal('floor-more'), speaker: personId.optional() }),
])
export type FloorInput = z.infer<typeof floorInput>

export type FloorEvent =
  | { type: 'floor-handed'; to: PersonId | null; at: number; turn: number; left: Leaving | null }
  | { type: 'floor-queued'; order: PersonId[] }
  | { type: 'turn-extended'; deadline: number }
  | { type: 'turn-rang' }

/** How the speaker left the floor. */
interface Leaving {
  who: PersonId
  how: 'done' | 'passed' | 'later'
}

export const emptyFloor = (order: PersonId[]): Floor => ({
  order,
  spoke: {},
  passed: [],
  speaker: null,
  turn: null,
  thanked: null,
})

/** Everyone still expected to speak, in order, the speaker left out. */
function queue({ floor: state, people, voluntary }: Waiting): PersonId[] {
  const others = voluntary ? [] : people.filter((one) => !state.order.includes(one))
  return [...state.order, ...others].filter(
    (one) =>
      people.includes(one) && one !== state.speaker && !hasSpoken(state, one) && !state.passed.includes(one),
  )
}

export const hasSpoken = (state: Floor, person: PersonId): boolean => Object.hasOwn(state.spoke, person)

export interface FloorScene {
  session: Session
  floor: Floor
  /** Who may have the floor in this phase, in their natural order. */
  people: PersonId[]
  /** Length of one turn, in milliseconds. */
  turn: number
  now: number
  /** Nobody is expected to speak who has not volunteered. */
  voluntary?: true
}

type Waiting = Pick<FloorScene, 'floor' | 'people' | 'voluntary'>

export function decideFloor(input: FloorInput, by: PersonId, scene: FloorScene): Decision<FloorEvent> {
  switch (input.do) {
    case 'floor-done':
      return leaveFloor('done', by, input.speaker, scene)
    case 'floor-pass':
      return leaveFloor('passed', by, input.speaker, scene)
    case 'floor-later':
      return leaveFloor('later', by, input.speaker, scene)
    case 'floor-jump':
      return jumpIn(by, scene)
    case 'floor-give':
      return give(input.who, by, scene)
    case 'floor-first':
      return putFirst(input.who, by, scene)
    case 'floor-more':
      return moreTime(by, input.speaker, scene)
  }
}

export function evolveFloor(state: Floor, event: FloorEvent): Floor {
  switch (event.type) {
    case 'floor-handed':
      return handed(state, event)
    case 'floor-queued':
      return {
        ...state,
        order: event.order,
        passed: state.passed.filter((one) => !event.order.includes(one)),
      }
    case 'turn-extended':
      return state.turn ? { ...state, turn: { ...state.turn, deadline: event.deadline, rang: false } } : state
    case 'turn-rang':
      return state.turn ? { ...state, turn: { ...state.turn, rang: true } } : state
  }
}

export const floorAlarm = (state: Floor): number | null =>
  state.turn && !state.turn.rang ? state.turn.deadline : null

export const ringFloor = (state: Floor, now: number): FloorEvent[] =>
  state.turn && !state.turn.rang && now >= state.turn.deadline ? [{ type: 'turn-rang' }] : []

export const shiftFloor = (state: Floor, by: number): Floor =>
  state.turn
    ? { ...state, turn: { ...state.turn, since: state.turn.since + by, deadline: state.turn.deadline + by } }
    : state

/** What the step card shows of the floor, and which of its buttons this viewer gets. */
export function floorView(scene: FloorScene, viewer: Viewer): { [key: string]: ViewData } {
  const { session, floor: state } = scene
  const waiting = queue(scene)
  const me = viewer.sees === 'person' ? viewer.id : null
  const facilitates = me !== null && steers(session, me)
  const next = waiting[0]
  return {
    speaker: state.speaker ? nameOf(session, state.speaker) : null,
    speakerId: state.speaker ?? '',
    turnEnds: state.turn
      ? say(state.turn.rang ? 'floor.turn-over' : 'floor.turn-ends', turnTimes(scene))
      : null,
    turnOver: state.turn?.rang ?? false,
    thanks: state.thanked ? say('floor.thanks', { name: nameOf(session, state.thanked) }) : null,
    next: next ? say('floor.next', { name: nameOf(session, next) }) : null,
    waiting: waiting.slice(1).map((one) => nameOf(session, one)),
    waitingCount: waiting.length,
    progress: progress(scene),
    over: !scene.voluntary && !state.speaker && waiting.length === 0,
    mine: me !== null && me === state.speaker,
    mayJump: me !== null && !facilitates && mayJump(me, scene),
    jumpLabel: say(scene.voluntary ? 'floor.volunteer' : 'floor.jump'),
    jumpStyle: scene.voluntary ? 'positive' : 'default',
    facilitates,
    handLabel: next
      ? say(state.speaker ? 'floor.hand' : 'floor.open', { name: shortNameOf(session, next) })
      : state.speaker
        ? say('floor.close', { name: shortNameOf(session, state.speaker) })
        : null,
  }
}

function progress({ floor: state, people, voluntary }: FloorScene): Text | null {
  const spoken = people.filter((one) => hasSpoken(state, one)).length
  if (voluntary) return spoken ? say('floor.volunteers', { done: spoken }) : null
  const done = people.filter((one) => hasSpoken(state, one) || state.passed.includes(one)).length
  return say('floor.progress', { done, total: people.length })
}

/** Who waits may ask to be next; where nobody is expected, anyone who has not spoken may come forward. */
function mayJump(person: PersonId, scene: FloorScene): boolean {
  const place = queue(scene).indexOf(person)
  const { floor: state, people } = scene
  if (!scene.voluntary) return place > 0
  return place < 0 && people.includes(person) && person !== state.speaker && !hasSpoken(state, person)
}

/** Somebody speaks or waits to: the next gesture is to hand the floor over. */
export const floorGoesOn = (scene: FloorScene): boolean =>
  scene.floor.speaker !== null || queue(scene).length > 0

/** The dialog in which the facilitator picks who speaks now, or next. */
export function floorDialog(scene: FloorScene, draft: Draft): { [key: string]: ViewData } {
  const others = scene.people.filter((one) => one !== scene.floor.speaker)
  return {
    people: others.map((one) => ({ title: choiceName(scene, one), value: one })),
    first: queue(scene)[0] ?? others[0] ?? '',
    notice: draft.notice ?? null,
  }
}

/** The sentence for one viewer while the floor goes round. */
export function floorTask(scene: FloorScene, viewer: Viewer, mine: Text): Text {
  const { session, floor: state } = scene
  const waiting = queue(scene)
  const me = viewer.sees === 'person' ? viewer.id : null
  if (me !== null && me === state.speaker) return mine
  if (!state.speaker)
    return waiting.length === 0
      ? say('floor.task-over')
      : waiting[0] === me
        ? say('floor.task-open-mine')
        : say('floor.task-open', { name: nameOf(session, waiting[0] ?? '') })
  const speaker = nameOf(session, state.speaker)
  const before = me === null ? -1 : waiting.indexOf(me)
  if (before === 0) return say('floor.task-next', { name: speaker })
  if (before > 0) return say('floor.task-soon', { name: speaker, before })
  return say('floor.task-listen', { name: speaker })
}

/** The kit has the facilitator introduce herself first; the organising team goes before the participants. */
export function teamFirst(people: Participant[]): PersonId[] {
  const rank = { facilitator: 0, 'co-facilitator': 1, 'note-taker': 2, participant: 3 }
  return [...people].sort((a, b) => rank[a.role] - rank[b.role]).map((one) => one.id)
}

function handed(state: Floor, event: Extract<FloorEvent, { type: 'floor-handed' }>): Floor {
  const { left, to, at, turn } = event
  const since = state.turn?.since ?? at
  const spoke =
    left?.how === 'done'
      ? { ...state.spoke, [left.who]: (state.spoke[left.who] ?? 0) + Math.max(at - since, 0) }
      : state.spoke
  const passed = left?.how === 'passed' ? [...state.passed, left.who] : state.passed
  const order =
    left?.how === 'later' ? [...state.order.filter((one) => one !== left.who), left.who] : state.order
  return {
    order,
    spoke,
    passed: passed.filter((one) => one !== to),
    speaker: to,
    turn: to ? { since: at, deadline: at + turn, rang: false } : null,
    thanked: left?.how === 'done' ? left.who : null,
  }
}

function leaveFloor(
  how: Leaving['how'],
  by: PersonId,
  seen: PersonId | undefined,
  scene: FloorScene,
): Decision<FloorEvent> {
  const { session, floor: state, now, turn } = scene
  const mine = by === state.speaker
  if (!mine && !steers(session, by)) return refuse('not-your-turn')
  if (seen !== undefined && seen !== (state.speaker ?? '')) return refuse('already')
  const waiting = queue(scene)
  if (how === 'later' && waiting.length === 0) return refuse('not-alone')
  const to = waiting[0] ?? null
  if (!state.speaker && !to) return refuse('not-now')
  const left = state.speaker ? { who: state.speaker, how } : null
  return { events: [{ type: 'floor-handed', to, at: now, turn, left }], move: `floor-${how}` }
}

function jumpIn(by: PersonId, scene: FloorScene): Decision<FloorEvent> {
  const waiting = queue(scene)
  if (!scene.people.includes(by)) return refuse('participants-only')
  if (scene.voluntary ? !mayJump(by, scene) : waiting[0] === by) return refuse('already')
  const order = scene.voluntary ? [...waiting, by] : inFront(by, scene)
  return { events: [{ type: 'floor-queued', order }], move: 'floor-jump' }
}

function putFirst(person: PersonId, by: PersonId, scene: FloorScene): Decision<FloorEvent> {
  if (!steers(scene.session, by)) return refuse('facilitator-only')
  if (!scene.people.includes(person)) return refuse('unknown-person')
  return { events: [{ type: 'floor-queued', order: inFront(person, scene) }], move: 'floor-first' }
}

function give(person: PersonId, by: PersonId, scene: FloorScene): Decision<FloorEvent> {
  const { session, floor: state, people, now, turn } = scene
  if (!steers(session, by)) return refuse('facilitator-only')
  if (!people.includes(person)) return refuse('unknown-person')
  if (state.speaker === person) return refuse('already')
  const left = state.speaker ? { who: state.speaker, how: 'done' as const } : null
  return { events: [{ type: 'floor-handed', to: person, at: now, turn, left }], move: 'floor-give' }
}

function moreTime(by: PersonId, seen: PersonId | undefined, scene: FloorScene): Decision<FloorEvent> {
  if (!steers(scene.session, by)) return refuse('facilitator-only')
  const { turn, speaker } = scene.floor
  if (!turn || (seen !== undefined && seen !== speaker)) return refuse('not-now')
  const deadline = Math.max(turn.deadline, scene.now) + 30_000
  return { events: [{ type: 'turn-extended', deadline }], move: 'floor-more' }
}

const inFront = (person: PersonId, scene: FloorScene): PersonId[] => [
  person,
  ...queue(scene).filter((one) => one !== person),
]

const choiceName = (scene: FloorScene, person: PersonId) => nameOf(scene.session, person)

const turnTimes = (scene: FloorScene) => ({ at: { time: scene.floor.turn?.deadline ?? 0 } })

/** People who have the floor in a phase open to everyone. */
export const everyone = (session: Session): PersonId[] => teamFirst(present(session))

export const maySpeakFor = scribes
