import type { Launchers } from '../config.ts'
import { entryOf } from '../core/entry-of.ts'
import {
  askFrom,
  type Command,
  type Formats,
  lastSession,
  type Meeting,
  sessionById,
  type Verdict,
} from '../core/meeting.ts'
import { type Draft, type Refusal, refuse } from '../core/phases/contract.ts'
import type { Calendar } from '../core/programme/calendar.ts'
import type { ToRehearse } from '../core/programme/rehearse.ts'
import { type Ask, type AskOf, ask } from '../core/session/asks.ts'
import { offersOf, startOf } from '../core/session/carry.ts'
import { liveSlot } from '../core/session/effects.ts'
import { scribes } from '../core/session/people.ts'
import { apartSince } from '../core/session/sittings.ts'
import type { Brought, Session } from '../core/session/types.ts'
import { isOver, pendingCorrections } from '../core/summary/review.ts'
import { type Lang, say, type Text } from '../core/text.ts'
import {
  dialogView,
  documentsView,
  helpView,
  noticeView,
  type RehearsalAt,
  viewOf,
  welcomeView,
} from '../core/views/index.ts'
import type { Channel, Clock, Directory, Documents, FileOffer, Log, View } from '../ports.ts'
import type { Archive } from '../runtime/archive.ts'
import type { Runtime } from '../runtime/index.ts'
import type { Keeper } from '../runtime/keeper.ts'
import { readTyped, type Typed } from './commands.ts'
import { helpGroups } from './help.ts'
import type { Envelope, Press } from './incoming.ts'
import { leaveToLaunch } from './launch.ts'
import { ownDataDesk } from './own-data.ts'
import { personalChat } from './personal.ts'
import { withMeeting } from './reach.ts'
import { type Given, rehearsalDesk } from './rehearsals.ts'
import { confirmation, hintFor, incompleteNotice, refusalNotice, sentence, showsByItself } from './said.ts'

/** What goes back to the one who acted, and what is said in the chat besides what the outbox shows. */
export interface Answer {
  /** In place of the card, for this person only. */
  card?: View
  /** A dialog to open or to show again. */
  dialog?: View
  /** A sentence in the chat. */
  chat?: View
  /** The live card is posted again, at the bottom of the chat. */
  repost?: { session: string; slot: string }
  /** A file, for her to accept or refuse; personal chats only. */
  file?: FileOffer
  /** What takes longer than an activity may wait; what it gives, if anything, is said in the chat. */
  later?: () => Promise<View | null>
}

export interface Desk {
  runtime: Runtime
  directory: Directory
  archive: Archive
  keeper: Keeper
  /** Told to people: how long a session is kept. */
  retentionDays: number
  documents: Documents
  channel: Pick<Channel, 'giveFile'>
  formats: Formats
  clock: Clock
  log: Log
  calendar: Calendar
  /** Where a rehearsal with simulated participants is opened; absent where there is no such place. */
  rehearsalAt?: RehearsalAt
  /** IANA time zone in which days are told. */
  zone: string
  launch: Launchers
}

/** Answers everything people do in a chat. `reach` is how the channel gets back there. */
export function answerer(desk: Desk) {
  const { runtime, clock } = desk
  const { archive, documents } = desk
  const ownData = ownDataDesk(desk)
  const personal = personalChat({
    desk,
    ownData,
    archive,
    documents,
    inMeeting: (envelope) => inChat(envelope, undefined),
    carry: (envelope, wanted, session) => submit(envelope, wanted, undefined, { session }),
  })
  const rehearsals = rehearsalDesk(desk)

  return (envelope: Envelope, reach: unknown): Promise<Answer> =>
    ownData.dialog(envelope) ??
    (envelope.ground === 'personal' ? personal(envelope, reach) : inPlace(envelope, reach))

  /** A chat that was a meeting's stays one, also where an activity does not say so: roles count there. */
  async function inPlace(envelope: Envelope, told: unknown): Promise<Answer> {
    if (envelope.ground === 'meeting') return inChat(envelope, told)
    const known = (await runtime.look(envelope.conversationId)).reach
    const reach = withMeeting(told, known)
    return inChat(reach === told ? envelope : { ...envelope, ground: 'meeting' }, reach)
  }

  async function inChat(envelope: Envelope, reach: unknown): Promise<Answer> {
    const { what } = envelope
    switch (what.kind) {
      case 'typed':
        return typed(envelope, what.text, reach)
      case 'pressed':
        return pressed(envelope, what.press, what.execute, reach)
      case 'dialog-asked':
        return dialogAsked(envelope, what.press)
      case 'dialog-sent':
        return dialogSent(envelope, what.press, reach)
      case 'installed':
        return welcomed(envelope, reach)
      case 'people-changed':
        return peopleChanged(envelope, what, reach)
      case 'meeting-started':
      case 'meeting-ended':
        return meetingMoved(envelope, what, reach)
      case 'removed':
      case 'file-answered':
      case 'misread-action':
      case 'other-invoke':
      case 'other':
        return {}
    }
  }

  async function typed(envelope: Envelope, text: string, reach: unknown): Promise<Answer> {
    const meeting = await runtime.look(envelope.conversationId)
    const read = readTyped(text, { ...around(envelope), meeting })
    const lang = langFor(meeting, envelope)
    switch (read.kind) {
      case 'ask':
        return said(await submit(envelope, read.ask, reach), envelope, read.ask)
      case 'show':
        return read.what === 'own-data'
          ? { chat: await ownData.asked({ ...envelope, lang }) }
          : show(read.what, meeting, envelope)
      case 'rehearse':
        return rehearse(envelope, read, reach)
      case 'incomplete':
        return { chat: incompleteNotice(read.command, lang) }
      case 'unknown':
        return { chat: noticeView(say('typed.unknown'), lang, 'attention', say('typed.try-help')) }
    }
  }

  /** What she prepared is played before its day, with all that a launch asks. */
  async function rehearse(envelope: Envelope, asked: ToRehearse, reach: unknown): Promise<Answer> {
    const wanted = await rehearsals.wanted(envelope, asked)
    if ('sentence' in wanted) return { chat: noticeView(wanted.sentence, envelope.lang, 'attention') }
    const { launch, given } = wanted
    return said(await submit(envelope, launch, reach, { given }), envelope, launch)
  }

  function around(envelope: Envelope) {
    return {
      by: envelope.from.id,
      name: envelope.from.name,
      formats: Object.keys(desk.formats),
      defaultFormat: Object.keys(desk.formats)[0] ?? '',
      now: clock.now(),
    }
  }

  /** A typed move shows by itself on the cards; what shows nowhere else is confirmed in a sentence. */
  function said(outcome: Outcome, envelope: Envelope, what: Ask): Answer {
    const lang = langFor(outcome.meeting, envelope)
    if (outcome.verdict.done === false) return { chat: refusalNotice(outcome.verdict.refusal, lang, what) }
    if (outcome.verdict.done === 'before') return {}
    return showsByItself(what) ? {} : { chat: noticeView(confirmation(what), lang, 'good') }
  }

  function show(what: Shown, meeting: Meeting, envelope: Envelope): Answer {
    const session = lastSession(meeting)
    const lang = langFor(meeting, envelope)
    if (what === 'help') {
      const lead = session && apartSince(session, clock.now()) !== null ? say('help.adjourned') : null
      return { chat: helpView(lang, helpGroups(session, envelope.from.id, clock.now()), { lead }) }
    }
    if (what === 'library') return { chat: noticeView(say('library.elsewhere'), lang, 'good') }
    if (what === 'programmes' || what === 'board')
      return {
        chat: noticeView(
          say(what === 'board' ? 'board.elsewhere' : 'programme.elsewhere'),
          lang,
          'attention',
        ),
      }
    if (what === 'other-workshop') return { chat: noticeView(say('private.elsewhere'), lang, 'good') }
    if (!session || what === 'formats') return { chat: welcomeView(envelope.ground, desk.formats, lang) }
    if (what === 'documents') return documentsSoFar(session, envelope, lang)
    if (what === 'guide') return guide(session, envelope)
    const slot = what === 'join' ? 'join' : liveSlot(session)
    return { repost: { session: session.id, slot } }
  }

  /** The speaker's notes hold no secret: typed, they come in the chat, for the clients that have no dialogs. */
  function guide(session: Session, envelope: Envelope): Answer {
    const look = { session, slot: liveSlot(session), viewer: viewer(envelope), now: clock.now(), draft: {} }
    const drawn = dialogView('guide', null, { ...look, by: envelope.from.id })
    const lang = session.participants[envelope.from.id]?.lang ?? envelope.lang
    return { chat: drawn ?? noticeView(say('refusal.not-now'), lang, 'attention') }
  }

  /** Typed, they come in the chat: in the version everyone may have. */
  function documentsSoFar(session: Session, envelope: Envelope, lang: Lang): Answer {
    return scribes(session, envelope.from.id)
      ? { chat: documentsView(session, 'participants', { lang, now: clock.now(), reader: null }) }
      : {
          chat: noticeView(
            say(isOver(session) ? 'documents.on-closing' : 'documents.at-the-end'),
            lang,
            'good',
          ),
        }
  }

  async function pressed(
    envelope: Envelope,
    press: Press,
    execute: boolean,
    reach: unknown,
  ): Promise<Answer> {
    const outcome = await carried(envelope, press, reach)
    const { meeting, draft, refusal, hint } = outcome
    if (!execute)
      return refusal ? { chat: noticeView(refusal, langFor(meeting, envelope), 'attention', hint) } : {}
    return { card: cardFor(envelope, press, meeting, draft) }
  }

  /** What a press does, and how its card is to be drawn again for the one who pressed. */
  async function carried(envelope: Envelope, press: Press, reach: unknown): Promise<Carried> {
    const meeting = await seen(envelope, press)
    if (press.verb === 'refresh') return { meeting, draft: {} }
    // A form may hold several things its author can change: `about` says which.
    if (press.verb === 'edit')
      return { meeting, draft: { edit: true, ...(press.about === null ? {} : { about: press.about }) } }
    const wanted = readAsk(press, envelope)
    if (!wanted)
      return { meeting, draft: { notice: say('refusal.unreadable') }, refusal: say('refusal.unreadable') }
    const outcome = await submit(envelope, wanted, reach, { session: press.session })
    if (outcome.verdict.done !== false) return { meeting: outcome.meeting, draft: afterwards(press) }
    return { meeting: outcome.meeting, ...refused(outcome.verdict.refusal, press) }
  }

  /**
   * A client that shows a card tells us where its message stands: a post that had no answer did arrive. Where that cannot
   * be kept, it is told again, and whoever looks at the card sees it all the same.
   */
  async function seen({ conversationId: id }: Envelope, press: Press): Promise<Meeting> {
    const { session, slot, messageId } = press
    if (session && slot && messageId)
      await runtime
        .adopt(id, session, slot, messageId)
        .catch((error) => desk.log.warn({ meeting: id, error }, 'where a card stands was not saved'))
    return runtime.look(id)
  }

  function cardFor(envelope: Envelope, press: Press, meeting: Meeting, draft: Draft): View {
    const lang = langFor(meeting, envelope)
    const session = press.session === null ? null : sessionById(meeting, press.session)
    const drawn =
      session && press.slot ? viewOf(session, press.slot, viewer(envelope), clock.now(), draft) : null
    if (drawn) return drawn
    if (draft.notice) return noticeView(draft.notice, lang, 'attention')
    if (press.verb === 'launch') return noticeView(say('launch.done'), lang, 'good')
    return noticeView(
      say(session ? 'refusal.not-now' : 'refusal.no-session'),
      lang,
      'attention',
      say('typed.try-help'),
    )
  }

  async function dialogAsked(envelope: Envelope, press: Press): Promise<Answer> {
    const meeting = await runtime.look(envelope.conversationId)
    return dialogFor(envelope, press, meeting, press.about === null ? {} : { about: press.about })
  }

  async function dialogSent(envelope: Envelope, press: Press, reach: unknown): Promise<Answer> {
    if (press.verb === 'open') return dialogOpened(envelope, press)
    const { meeting, draft, refusal } = await carried(envelope, press, reach)
    if (!refusal) return goOn(envelope, press, meeting)
    return dialogFor(
      envelope,
      press,
      meeting,
      press.about === null ? draft : { ...draft, about: press.about },
    )
  }

  /** From one dialog to another, or to the next step of the same one. */
  async function dialogOpened(envelope: Envelope, press: Press): Promise<Answer> {
    const meeting = await runtime.look(envelope.conversationId)
    const about = press.about ?? press.fields.about
    return dialogFor(envelope, { ...press, dialog: press.fields.open ?? press.dialog }, meeting, {
      ...(about === undefined ? {} : { about }),
    })
  }

  /** A list stays open while something waits in it, and a choice of texts for the next one; anything else closes. */
  async function goOn(envelope: Envelope, press: Press, meeting: Meeting): Promise<Answer> {
    const session = press.session === null ? null : sessionById(meeting, press.session)
    const chosen = press.verb === 'complete' || (press.verb === 'correct' && Boolean(press.about))
    if (chosen) return dialogFor(envelope, press, meeting, { notice: say('review.saved') })
    const waits = press.verb === 'settle' && session && pendingCorrections(session) > 0
    return waits ? dialogFor(envelope, press, meeting, {}) : {}
  }

  async function dialogFor(envelope: Envelope, press: Press, meeting: Meeting, told: Draft): Promise<Answer> {
    const draft = { ...told, ...(await foundFor(envelope, press, meeting)) }
    const session = press.session === null ? null : sessionById(meeting, press.session)
    const lang = langFor(meeting, envelope)
    const look = {
      slot: press.slot ?? '',
      viewer: viewer(envelope),
      now: clock.now(),
      draft,
      by: envelope.from.id,
    }
    const drawn = session && dialogView(press.dialog ?? '', press.segment, { ...look, session })
    return { dialog: drawn ?? noticeView(draft.notice ?? say('refusal.not-now'), lang, 'attention') }
  }

  /** The welcome card offers to launch: a meeting that starts soon after does not offer it again. */
  async function welcomed({ conversationId, ground, lang }: Envelope, reach: unknown): Promise<Answer> {
    await runtime.tell(conversationId, { tell: 'offered', at: clock.now() }, reach)
    return { chat: welcomeView(ground, desk.formats, lang) }
  }

  /** What there is to show of it goes through the outbox: told twice, or over a restart, it is shown once. */
  async function meetingMoved(
    { conversationId, key, lang }: Envelope,
    { kind, at }: Moved,
    reach: unknown,
  ): Promise<Answer> {
    const moved = { at: at ?? clock.now(), key }
    const told =
      kind === 'meeting-started'
        ? { tell: kind, ...moved, lang: lastSession(await runtime.look(conversationId))?.lang ?? lang }
        : { tell: kind, ...moved }
    await runtime.tell(conversationId, told, reach)
    return {}
  }

  async function peopleChanged(envelope: Envelope, changed: Changed, reach: unknown): Promise<Answer> {
    const { came, left, event } = changed
    await runtime.tell(envelope.conversationId, { tell: 'presence', came, left, event }, reach)
    await refreshRoster(envelope, reach)
    return {}
  }

  /** What is refused here is told to those who facilitate, on their own card. */
  async function refreshRoster(envelope: Envelope, reach: unknown): Promise<boolean> {
    const people = await desk.directory.roster(reach).catch(() => null)
    if (people?.length) await runtime.tell(envelope.conversationId, { tell: 'roster', people }, reach)
    return people !== null
  }

  /** Both are read at once: a button waits. */
  async function beforeLaunch(envelope: Envelope, reach: unknown): Promise<Refusal | null> {
    const [leave, listed] = await Promise.all([
      leaveToLaunch(envelope, reach, desk),
      refreshRoster(envelope, reach),
    ])
    if (envelope.ground !== 'meeting' || leave.refusal) return leave.refusal
    const lacks = [...(listed ? [] : (['roster'] as const)), ...leave.lacks, 'events' as const]
    await runtime.tell(envelope.conversationId, { tell: 'lacks', lacks }, reach)
    return null
  }

  async function submit(
    envelope: Envelope,
    asked: Ask,
    reach: unknown,
    { session, given }: { session?: string | null; given?: Given } = {},
  ): Promise<Outcome> {
    const wanted = asked.do === 'launch' && asked.asPlanned ? await asPlanned(envelope, asked) : asked
    const material = await materialFor(envelope, wanted, session)
    if (wanted.do === 'launch') {
      const refusal = await beforeLaunch(envelope, reach)
      if (refusal)
        return {
          verdict: { done: false, refusal },
          meeting: await runtime.look(envelope.conversationId),
        }
    }
    const around = await beforehand(envelope, wanted, session, given)
    if (wanted.do === 'launch' && wanted.group !== undefined && !around.prepared)
      return {
        verdict: { done: false, refusal: refuse('no-such-group', { with: { group: wanted.group } }) },
        meeting: await runtime.look(envelope.conversationId),
      }
    const command: Command = {
      ...around,
      by: envelope.from.id,
      at: clock.now(),
      ask: wanted.do === 'launch' ? { ...wanted, name: wanted.name || envelope.from.name } : wanted,
      ...(material === undefined ? {} : { material }),
      key: envelope.key === '' ? null : envelope.key,
      ...(session && wanted.do !== 'launch' ? { session } : {}),
    }
    const outcome = await runtime
      .submit(envelope.conversationId, command, reach)
      .catch((error) => notSaved(envelope, error))
    if (wanted.do === 'start' && outcome.verdict.done === true) await rehearsals.begun(outcome.meeting)
    return outcome
  }

  /** Where no format was named, the workshop that she planned for now. */
  async function asPlanned({ from, conversationId }: Envelope, ask: AskOf<'launch'>): Promise<Ask> {
    const format = await archive.formatNow(from.id, ask.group).catch((error: unknown) => {
      desk.log.warn({ meeting: conversationId, error }, 'what was prepared could not be read')
      return null
    })
    return format !== null && Object.hasOwn(desk.formats, format) ? { ...ask, format } : ask
  }

  /** What was prepared for this sitting, and what the one before came to; a launch does without where neither can be read. */
  async function beforehand(
    { from, conversationId }: Envelope,
    wanted: Ask,
    sessionId: string | null | undefined,
    given: Given | undefined,
  ): Promise<Pick<Command, 'prepared' | 'plannedOtherDay' | 'recalled'>> {
    if (wanted.do !== 'launch' && wanted.do !== 'choose-group' && wanted.do !== 'choose-planned') return {}
    try {
      const meeting = await runtime.look(conversationId)
      if (wanted.do !== 'launch') {
        const session = sessionId ? sessionById(meeting, sessionId) : lastSession(meeting)
        const { format, prepared = null } = session ?? {}
        if (wanted.do === 'choose-planned') {
          const planned = await archive.plannedAnyDay(from.id, format?.id ?? '')
          const others = meeting.sessions.filter((one) => one !== session)
          return withRecalled(from.id, { ...meeting, sessions: others }, planned)
        }
        const about = { format: format?.id ?? '', prepared, meetingId: conversationId }
        const planned = await archive.groupFor(from.id, wanted.group, about)
        return planned ? { prepared: planned } : {}
      }
      const { format, group } = wanted
      const planned = () =>
        group === undefined
          ? archive.plannedFor(from.id, format)
          : archive.groupFor(from.id, group, { format, prepared: null, meetingId: conversationId })
      const prepared = given ?? (await planned())
      const otherDay = prepared ? null : await archive.plannedAnyDay(from.id, format)
      return {
        ...(await withRecalled(from.id, meeting, prepared)),
        ...(otherDay ? { plannedOtherDay: otherDay.as.plannedFor } : {}),
      }
    } catch (error) {
      desk.log.warn({ meeting: conversationId, error }, 'what was prepared could not be read')
      return {}
    }
  }

  async function withRecalled(by: string, meeting: Meeting, prepared: Command['prepared'] | null) {
    const recalled = await archive.recalledFor(by, meeting, prepared ?? null)
    return { ...(prepared ? { prepared } : {}), ...(recalled ? { recalled } : {}) }
  }

  /** A disk that is full, a store out of reach: nothing is acknowledged, and what was typed stays with its author. */
  async function notSaved(envelope: Envelope, error: unknown): Promise<Outcome> {
    desk.log.error({ meeting: envelope.conversationId, error }, 'command not saved')
    const meeting = await runtime.look(envelope.conversationId)
    return { verdict: { done: false, refusal: { refusal: 'not-saved' } }, meeting }
  }

  /** What was chosen of an earlier session is read from the archive, for the one who asks: a card only names it. */
  async function materialFor(
    envelope: Envelope,
    wanted: Ask,
    sessionId: string | null | undefined,
  ): Promise<Brought | null | undefined> {
    const offer = wanted.do === 'launch' || wanted.do === 'bring' ? wanted.offer : undefined
    if (!offer) return undefined
    const meeting = await runtime.look(envelope.conversationId)
    const session = sessionId ? sessionById(meeting, sessionId) : lastSession(meeting)
    const format = wanted.do === 'launch' ? entryOf(desk.formats, wanted.format) : session?.format
    const shape = format && startOf(format)?.shape
    return shape ? desk.archive.find(envelope.from.id, offer, shape) : null
  }

  /** What a dialog shows that the meeting's own record does not hold. */
  async function foundFor(envelope: Envelope, press: Press, meeting: Meeting): Promise<Draft> {
    const session = press.session === null ? null : sessionById(meeting, press.session)
    if (press.dialog === 'bring' && session) {
      const shape = startOf(session.format)?.shape
      return shape ? { offers: await desk.archive.offersFor(envelope.from.id, shape) } : {}
    }
    if (press.dialog !== 'continue' || !session) return {}
    const shape = offersOf(session, clock.now())[0]?.shape
    return {
      followers: Object.values(desk.formats)
        .filter((format) => shape !== undefined && startOf(format)?.shape === shape)
        .map(({ id, title }) => ({ id, title })),
    }
  }
}

type Shown = Extract<Typed, { kind: 'show' }>['what']

export interface Outcome {
  verdict: Verdict
  meeting: Meeting
}

type Changed = Extract<Envelope['what'], { kind: 'people-changed' }>
type Moved = Extract<Envelope['what'], { kind: 'meeting-started' | 'meeting-ended' }>

interface Carried {
  meeting: Meeting
  draft: Draft
  refusal?: Text
  /** What to do about it. */
  hint?: Text | null
}

const viewer = (envelope: Envelope) => ({ sees: 'person' as const, id: envelope.from.id })

const langFor = (meeting: Meeting, envelope: Envelope): Lang =>
  lastSession(meeting)?.participants[envelope.from.id]?.lang ?? envelope.lang

function readAsk(press: Press, envelope: Envelope): Ask | null {
  const fields =
    press.verb === 'launch'
      ? { ...press.fields, name: envelope.from.name, lang: envelope.lang }
      : press.fields
  const read = ask.safeParse(askFrom(press.verb, fields, press.segment ?? undefined))
  return read.success ? read.data : null
}

/** Joining on a form she had filled in gives her back what she wrote there. */
const afterwards = (press: Press): Draft =>
  joinsOnForm(press)
    ? { typed: press.fields, edit: true, notice: say('join.go-on'), ...pageOf(press) }
    : nextPage(press)

const joinsOnForm = ({ verb, slot }: Press): boolean => verb === 'join' && slot?.startsWith('form/') === true

function pageOf({ fields }: Press): Draft {
  const page = Number(fields.page)
  return Number.isInteger(page) ? { page } : {}
}

/** Someone who goes through her answers again is shown the page after the one she saved. */
function nextPage({ fields }: Press): Draft {
  const page = Number(fields.page)
  return fields.editing === 'true' && Number.isInteger(page) ? { edit: true, page: page + 1 } : {}
}

/** What was typed stays in the form, next to the sentence that says what to mend. */
function refused(refusal: Refusal, press: Press): Omit<Carried, 'meeting'> {
  const text = sentence(refusal)
  const kept = { typed: press.fields, ...(refusal.problems ? { problems: refusal.problems } : {}) }
  const joins = refusal.refusal === 'join-first' || joinsOnForm(press) ? { joins: true } : {}
  const editing = press.fields.editing === 'true' ? { edit: true } : {}
  const draft = { notice: text, ...pageOf(press), ...kept, ...joins, ...editing }
  return { draft, refusal: text, hint: hintFor(refusal) }
}
