import { z } from 'zod'
import { bounds } from './bounds.ts'
import type { Format } from './format.ts'
import { isPast, occasion, occasionAfter, offers, unknownOccasion } from './occasion.ts'
import { isRefusal, type Refusal, refuse } from './phases/contract.ts'
import { phaseOf } from './phases/index.ts'
import type { ProgrammeAsk } from './programme/asks.ts'
import { type Asking, type Planning, plan } from './programme/decide.ts'
import { reminded, reminderSlot } from './programme/remind.ts'
import { programme } from './programme/types.ts'
import { type Ask, type AskOf, sessionVerbs, type Told } from './session/asks.ts'
import { startOf } from './session/carry.ts'
import { emptyContext } from './session/context.ts'
import { decide, type From, fromRoster, lacking, notice, rosterAfter } from './session/decide.ts'
import { type Effect, effect, effectsOf, merge } from './session/effects.ts'
import type { SessionEvent } from './session/events.ts'
import { apply } from './session/evolve.ts'
import { apartSince } from './session/sittings.ts'
import { rosterEntry, type Session, session } from './session/types.ts'

/** The version of the stored shape; a record from an older one goes through the upgrade steps. */
export const schemaVersion = 4

/** What each phase keeps is checked by its own schemas. */
function checkSlices({ format, answers, steer }: Session, told: z.RefinementCtx): void {
  for (const segment of format.segments) {
    if (!Object.hasOwn(steer.shared, segment.id)) continue
    const kept = { answers: answers[segment.id] ?? {}, shared: steer.shared[segment.id] }
    const read = phaseOf(segment.phase)?.slice.safeParse(kept)
    if (read?.success) continue
    const found = read?.error.issues[0]
    const path = [segment.id, ...(found?.path ?? ['phase'])]
    told.addIssue({ code: 'custom', path, message: found?.message ?? `no phase "${segment.phase}"` })
  }
}

/** Everything kept of one meeting: one record, saved whole. */
export const meetingRecord = z.object({
  schema: z.literal(schemaVersion),
  id: z.string().min(1),
  /** Grows by one at each save; a save from a stale version is refused. */
  version: z.number().int().min(0),
  /** How the channel reaches the meeting; only the channel reads it. */
  reach: z.unknown(),
  roster: z.record(rosterEntry),
  sessions: z.array(session.superRefine(checkSlices)),
  /** Number of the next session: one that was erased never gives its number away. */
  nextSession: z.number().int().min(1),
  /** Where each card stands in the chat: message id by slot. */
  messages: z.record(z.string()),
  /** What remains to be shown, in order. */
  outbox: z.array(effect),
  /** The bot was removed from the chat: nothing is shown until it is added again. */
  away: z.boolean().default(false),
  nextEffect: z.number().int(),
  /** Keys of commands already carried out, oldest first. */
  seen: z.array(z.string()),
  occasion: occasion.default(unknownOccasion),
  /** Those of the person whose personal chat this is. */
  programmes: z.array(programme).default([]),
  nextProgramme: z.number().int().min(1).default(1),
})
export type Meeting = z.infer<typeof meetingRecord>

export const emptyMeeting = (id: string): Meeting => ({
  schema: schemaVersion,
  id,
  version: 0,
  reach: null,
  roster: {},
  sessions: [],
  nextSession: 1,
  messages: {},
  outbox: [],
  away: false,
  nextEffect: 1,
  seen: [],
  occasion: unknownOccasion,
  programmes: [],
  nextProgramme: 1,
})

/** Someone's command, as the door made it. */
export interface Command extends From {
  ask: Ask
  /** Same key, same command: it is carried out once. Null for what repeats without harm. */
  key: string | null
  /** The session its card belonged to; absent for typed commands. */
  session?: string
}

export type Verdict =
  | { done: true; meeting: Meeting }
  | { done: false; refusal: Refusal }
  | { done: 'before' }

/** What formats there are, by id. */
export type Formats = Record<string, Format>

/** The session that runs, or the last one that ended; null where none was ever launched. */
export const lastSession = (meeting: Meeting): Session | null => meeting.sessions.at(-1) ?? null

export const liveSession = (meeting: Meeting): Session | null => {
  const last = lastSession(meeting)
  return last && last.steer.position.status !== 'closed' ? last : null
}

export const sessionById = (meeting: Meeting, id: string): Session | null =>
  meeting.sessions.find((one) => one.id === id) ?? null

/** Carries out one command on a meeting, without a word to the outside: that is the outbox's work. */
export function carryOut(meeting: Meeting, command: Command, formats: Formats): Verdict {
  if (command.key !== null && meeting.seen.includes(command.key)) return { done: 'before' }
  const seen = command.key === null ? meeting.seen : seenAfter(meeting, command.key)
  const { ask } = command
  if (ask.do === 'launch') return launch({ ...meeting, seen }, ask, command, formats)
  const target = command.session === undefined ? lastSession(meeting) : sessionById(meeting, command.session)
  if (!target) return { done: false, refusal: refuse('no-session') }
  if (target !== lastSession(meeting) && !mayComeLate(target, ask))
    return { done: false, refusal: refuse('closed') }
  const decision = decide(ask, command, target)
  if (isRefusal(decision)) return { done: false, refusal: decision }
  return { done: true, meeting: changed({ ...meeting, seen }, target, decision, command) }
}

/** What someone asks of her programmes, in her personal chat. */
export interface PlanCommand extends Omit<Asking, 'formats'> {
  ask: ProgrammeAsk
  key: string | null
}

export type PlanVerdict =
  | { done: true; meeting: Meeting; about: string }
  | { done: false; refusal: Refusal }
  | { done: 'before' }

/** Carries out what someone asks of her programmes. */
export function carryOutPlan(meeting: Meeting, command: PlanCommand, formats: Formats): PlanVerdict {
  const { ask, key, ...asking } = command
  if (key !== null && meeting.seen.includes(key)) return { done: 'before' }
  const planned = plan(ask, { ...asking, formats }, planningIn(meeting))
  if (isRefusal(planned)) return { done: false, refusal: planned }
  const seen = key === null ? meeting.seen : seenAfter(meeting, key)
  return { done: true, meeting: { ...meeting, ...planned.planning, seen }, about: planned.about }
}

const planningIn = ({ programmes, nextProgramme }: Meeting): Planning => ({ programmes, nextProgramme })

/** What is due to be called to mind is, once. */
function withReminders(meeting: Meeting, at: number, cause: string): Meeting {
  const { programmes, due } = reminded(meeting.programmes, at)
  if (due.length === 0) return meeting
  const posts = due.map((one) => ({ do: 'post' as const, session: '', slot: reminderSlot(one) }))
  return withEffects({ ...meeting, programmes }, posts, cause)
}

/** Records what the world tells; returns the same meeting when nothing changes. */
export function hear(meeting: Meeting, told: Told, at: number, cause = ''): Meeting {
  if ('key' in told && meeting.seen.includes(told.key)) return meeting
  if (isPast(told, meeting.occasion)) return meeting
  const heard = aware(meeting, told, at, cause)
  const target = liveSession(heard)
  if (!target) return heard
  const events = [...notice(told, at, target), ...lacking(target, heard.occasion.lacks)]
  return events.length ? changed(heard, target, { events }, { by: '', at, cause }) : heard
}

/** What is kept of the meeting itself, workshop or not. */
function aware(meeting: Meeting, told: Told, at: number, cause: string): Meeting {
  switch (told.tell) {
    case 'wake':
      return withReminders(meeting, at, cause)
    case 'roster':
    case 'presence':
      return withOccasion(withRoster(meeting, rosterAfter(told, meeting.roster)), told)
    case 'offered':
    case 'lacks':
      return withOccasion(meeting, told)
    case 'meeting-ended':
      return withOccasion({ ...meeting, seen: seenAfter(meeting, told.key) }, told)
    case 'meeting-started': {
      const started = withOccasion({ ...meeting, seen: seenAfter(meeting, told.key) }, told)
      const slot = `launch/${told.lang}/${meeting.nextEffect}`
      const offered = !liveSession(meeting) && offers(told, meeting.occasion)
      return offered ? withEffects(started, [{ do: 'post', session: '', slot }], cause) : started
    }
  }
}

const seenAfter = ({ seen }: Meeting, key: string): string[] => [...seen, key].slice(-bounds.seen)

function withOccasion(meeting: Meeting, told: Told): Meeting {
  const after = occasionAfter(told, meeting.occasion)
  return JSON.stringify(after) === JSON.stringify(meeting.occasion)
    ? meeting
    : { ...meeting, occasion: after }
}

/** The message is in the chat: its effect is ticked off and its place kept. One that stood for the same card is retired. */
export function shown(meeting: Meeting, done: Effect, messageId: string | null): Meeting {
  const key = slotKey(done)
  const before = meeting.messages[key]
  const ticked = { ...meeting, outbox: meeting.outbox.filter((one) => one.id !== done.id) }
  if (messageId === null || before === messageId)
    return ticked.outbox.length === meeting.outbox.length ? meeting : ticked
  const placed = { ...ticked, messages: { ...meeting.messages, [key]: messageId } }
  return before === undefined ? placed : retired(placed, done, before, done.cause)
}

/** A step's card says where to look instead; the others say the same wherever they stand. */
export function retired(
  meeting: Meeting,
  { session: id, slot }: { session: string; slot: string },
  before: string,
  cause = '',
): Meeting {
  if (!slot.startsWith('step/')) return meeting
  const earlier = Object.keys(meeting.messages).filter((key) => key.startsWith(`${id}/${slot}~`)).length
  const old = `${slot}~${earlier + 1}`
  const messages = { ...meeting.messages, [`${id}/${old}`]: before }
  return withEffects({ ...meeting, messages }, [{ do: 'edit', session: id, slot: old }], cause)
}

export const slotKey = ({ session: id, slot }: { session: string; slot: string }): string => `${id}/${slot}`

const slotIn = (key: string): { session: string; slot: string } => {
  const cut = key.indexOf('/')
  return { session: key.slice(0, cut), slot: key.slice(cut + 1) }
}

/** A verb from a card, as an ask: the session's own, else the phase's of the card's segment. */
export function askFrom(verb: string, fields: Record<string, unknown>, segment: string | undefined): unknown {
  if (sessionVerbs.has(verb) && verb !== 'phase') return { ...fields, do: verb }
  return { do: 'phase', input: { ...fields, do: verb }, ...(segment === undefined ? {} : { segment }) }
}

function launch(meeting: Meeting, ask: AskOf<'launch'>, command: Command, formats: Formats): Verdict {
  const { material } = command
  const live = liveSession(meeting)
  if (live) {
    const waits = apartSince(live, command.at) !== null
    return { done: false, refusal: refuse(waits ? 'put-off' : 'running') }
  }
  const format = Object.hasOwn(formats, ask.format) ? formats[ask.format] : undefined
  if (!format) return { done: false, refusal: refuse('unknown') }
  if (material !== undefined && material?.shape !== startOf(format)?.shape)
    return { done: false, refusal: refuse('unknown') }
  const fresh = newSession(meeting, format, ask, command)
  const events: SessionEvent[] = []
  const sessions = [...meeting.sessions, fresh]
  const opened = effectsOf({ before: null, after: fresh, events })
  const nextSession = meeting.nextSession + 1
  return { done: true, meeting: withEffects({ ...meeting, sessions, nextSession }, opened, command.cause) }
}

function newSession(
  meeting: Meeting,
  format: Format,
  ask: AskOf<'launch'>,
  { by, at, material, prepared, plannedOtherDay, recalled }: From,
): Session {
  const lang = ask.lang ?? 'fr'
  const { title } = prepared ?? {}
  const steer = {
    position: { status: 'lobby' as const },
    runs: {},
    shared: {},
    brought: material ?? null,
    breaks: [],
  }
  const acquaintances = acquaintancesOf(meeting)
  const known = acquaintances[by] ? { ...acquaintances[by], introduced: true } : {}
  const host = fromRoster(by, ask.name || (meeting.roster[by]?.name ?? ''), at, { lang, steer })
  return {
    id: String(meeting.nextSession),
    meetingId: meeting.id,
    format: title ? { ...format, title } : format,
    lang,
    launchedBy: by,
    launchedAt: at,
    context: prepared?.context ?? emptyContext,
    roster: meeting.roster,
    acquaintances,
    participants: { [by]: { ...host, ...known, role: 'facilitator', contributes: ask.contributes ?? false } },
    steer,
    answers: {},
    notes: [],
    review: { amendments: [], letters: {} },
    moves: [],
    redo: [],
    count: 1,
    steps: [],
    partedAt: null,
    offeredAgainAt: null,
    lacks: meeting.occasion.lacks,
    prepared: prepared?.as ?? null,
    plannedOtherDay: prepared ? null : (plannedOtherDay ?? null),
    recalled: recalled ?? null,
  }
}

/** Who has said who she is in this meeting; her latest words count. */
const acquaintancesOf = ({ sessions }: Meeting): Session['acquaintances'] =>
  Object.fromEntries(
    sessions
      .flatMap((one) => Object.values(one.participants))
      .filter((one) => one.introduced)
      .map(({ id, firstName, lastName, position, organisation, profile }) => [
        id,
        { firstName, lastName, position, organisation, profile },
      ]),
  )

function changed(
  meeting: Meeting,
  before: Session,
  decision: { events: SessionEvent[]; move?: string },
  { by, at, cause }: From,
): Meeting {
  const evolved = apply(before, decision, by, at)
  const effects = effectsOf({ before, after: evolved, events: decision.events })
  const after = { ...evolved, steps: [...evolved.steps, ...effects.filter(isStep).map((one) => one.slot)] }
  const sessions = meeting.sessions.map((one) => (one.id === after.id ? after : one))
  return withEffects({ ...meeting, sessions }, effects, cause)
}

const isStep = (one: { do: string; slot: string }) =>
  one.do === 'post' && /^(step|ring|parting|taking-up|summary)\//u.test(one.slot)

/** Shows again, where they stand, the cards of these sessions. */
export function shownAgain(meeting: Meeting, sessions: string[]): Meeting {
  const slots = Object.keys(meeting.messages).map((key) => slotIn(key))
  const edits = slots.filter(({ session: id }) => sessions.includes(id))
  return withEffects(
    meeting,
    edits.map((one) => ({ do: 'edit' as const, ...one })),
  )
}

export function withEffects(
  meeting: Meeting,
  effects: Omit<Effect, 'id' | 'state' | 'cause' | 'told'>[],
  cause = '',
): Meeting {
  const fresh = effects.map((one, index) => ({
    ...one,
    id: meeting.nextEffect + index,
    state: 'due' as const,
    cause,
    told: null,
  }))
  return {
    ...meeting,
    outbox: merge([...meeting.outbox, ...fresh]),
    nextEffect: meeting.nextEffect + fresh.length,
  }
}

const withRoster = (meeting: Meeting, roster: Meeting['roster']): Meeting =>
  JSON.stringify(roster) === JSON.stringify(meeting.roster) ? meeting : { ...meeting, roster }

/** An earlier session still takes e-mail addresses, feedback, what comes next and its review, and nothing else. */
function mayComeLate(target: Session, ask: Ask): boolean {
  if (afterwards.has(ask.do)) return true
  if (ask.do !== 'phase' || ask.segment === undefined) return false
  const segment = target.format.segments.find((one) => one.id === ask.segment)
  return phaseOf(segment?.phase ?? '')?.late === 'after-close'
}

const afterwards: ReadonlySet<Ask['do']> = new Set(['prepare', 'correct', 'settle', 'complete', 'letter'])
