import { email } from '../core/fields.ts'
import { emptyMeeting } from '../core/meeting.ts'
import type { Refusal } from '../core/phases/contract.ts'
import type { Reply } from '../core/plain/exercise.ts'
import { deskOf, finishing, misread, plainAnswer } from '../core/plain-answers.ts'
import type { Ask } from '../core/session/asks.ts'
import type { PersonId, Session } from '../core/session/types.ts'
import { type Lang, say, type Text } from '../core/text.ts'
import { dialogView, helpView, noticeView, privateView, whichView } from '../core/views/index.ts'
import type { View } from '../ports.ts'
import type { Archive } from '../runtime/archive.ts'
import type { Desk, Outcome } from './answer.ts'
import { addressAsk, isCommand, readTyped, type Typed } from './commands.ts'
import { helpGroups } from './help.ts'
import type { Envelope } from './incoming.ts'
import { confirmation, incompleteNotice, showsByItself, typedSentence, verbOf } from './said.ts'

/** The same line was delivered twice: she has her reply. */
type Before = 'before'

interface Parts {
  desk: Desk
  archive: Archive
  /** As if it had been typed in the meeting, by the same person. */
  carry(envelope: Envelope, ask: Ask, session: string): Promise<Outcome>
}

/** People remembered at once: for which workshop they write, and what they wrote before they said so. */
const remembered = 2000

/**
 * Someone whose card fails writes in her own chat, and it counts as hers in the workshop she takes part in. Who she is
 * comes from the activity, what she attends from the records: nothing she writes can name another person or meeting.
 */
export function privateAnswers({ desk, archive, carry }: Parts) {
  const { clock, runtime } = desk
  const chosen = shortMemory<string>()
  const waiting = shortMemory<Waiting>()

  /** Null where nothing of it is for a workshop: she attends none, and it asks nothing of one. */
  async function typed(envelope: Envelope, text: string): Promise<View | Before | null> {
    const sessions = await archive.attendedBy(envelope.from.id)
    if (sessions.length === 0) return outside(envelope, text)
    const { id } = envelope.from
    const read = readTyped(text, { ...aside(envelope), meeting: emptyMeeting('') })
    if (read.kind === 'show' && read.what === 'other-workshop') return which(envelope, sessions, null)
    const wanted = waiting.get(id)?.shown[Number(text.trim()) - 1]
    const numbered = wanted === undefined ? undefined : sessions.find((one) => keyOf(one) === wanted)
    if (numbered) return choose(envelope, numbered)
    const session = sessions.length > 1 ? sessions.find((one) => keyOf(one) === chosen.get(id)) : sessions[0]
    if (session) return answer(envelope, session, text)
    return read.kind === 'show' && read.what === 'help' ? null : which(envelope, sessions, text)
  }

  /** The workshop is chosen, and what was written before is noted there. */
  async function choose(envelope: Envelope, session: Session): Promise<View | Before> {
    const { id } = envelope.from
    const text = waiting.get(id)?.text
    chosen.set(id, keyOf(session))
    waiting.delete(id)
    return text ? answer(envelope, session, text) : place(envelope, session, say('private.chosen'))
  }

  /** From the card: it is looked up again among those she attends. */
  async function chosenOn(envelope: Envelope, meeting: string | null, session: string | null): Promise<View> {
    const attended = await archive.attendedBy(envelope.from.id)
    const found = attended.find((one) => one.meetingId === meeting && one.id === session)
    if (!found) return none(envelope.lang)
    const shown = await choose(envelope, found)
    return shown === 'before' ? place(envelope, found) : shown
  }

  function which({ from, lang }: Envelope, sessions: Session[], text: string | null): View {
    chosen.delete(from.id)
    waiting.set(from.id, { text: text ?? '', shown: sessions.map(keyOf) })
    return whichView(sessions, lang, text !== null)
  }

  /** Someone in no workshop: what would only serve in one gets a sentence, and the rest is not for here. */
  function outside(envelope: Envelope, text: string): View | null {
    const read = readTyped(text, { ...aside(envelope), meeting: emptyMeeting('') })
    if (read.kind === 'ask' && read.ask.do === 'launch')
      return noticeView(say('private.launch'), envelope.lang, 'attention')
    const asks = read.kind === 'ask' || read.kind === 'incomplete'
    return asks || (read.kind === 'show' && inWorkshop.has(read.what)) ? none(envelope.lang) : null
  }

  const none = (lang: Lang): View =>
    noticeView(say('private.none'), lang, 'attention', say('private.none-hint'))

  async function answer(envelope: Envelope, session: Session, text: string): Promise<View | Before> {
    const { id } = envelope.from
    if (isAddress(text)) return addressed(envelope, session, text.trim())
    const plain = isCommand(text) ? null : plainAnswer(text, session, id, clock.now())
    if (plain && 'wrong' in plain) return reply(envelope, session, { text: plain.wrong, tone: 'attention' })
    if (plain) return asked(envelope, session, { do: 'phase', input: plain.input }, { about: plain.about })
    const meeting = await runtime.look(session.meetingId)
    return understood(envelope, session, readTyped(text, { ...aside(envelope), meeting }), text)
  }

  /** An address alone is what the conclusion asks for; before it, nothing is kept. */
  function addressed(envelope: Envelope, session: Session, address: string): Promise<View | Before> {
    const gift = addressAsk(address, session)
    return asked(envelope, session, gift, { tooEarly: say('private.address-later') })
  }

  function understood(
    envelope: Envelope,
    session: Session,
    read: Typed,
    text: string,
  ): Promise<View | Before> | View {
    const lang = langIn(envelope, session)
    switch (read.kind) {
      case 'ask': {
        if (read.ask.do === 'launch') return noticeView(say('private.launch'), lang, 'attention')
        const end = finishing(verbOf(read.ask), session, envelope.from.id, clock.now())
        return end ? reply(envelope, session, end) : asked(envelope, session, read.ask, { text })
      }
      case 'show':
        return shown(envelope, session, read.what)
      case 'rehearse':
        return noticeView(say('private.launch'), lang, 'attention')
      case 'incomplete':
        return incompleteNotice(read.command, lang)
      case 'unknown':
        return reply(envelope, session, { text: unread(envelope, session, text), tone: 'attention' })
    }
  }

  async function asked(
    envelope: Envelope,
    session: Session,
    ask: Ask,
    { about, text = '', tooEarly }: { about?: number[] | undefined; text?: string; tooEarly?: Text },
  ): Promise<View | Before> {
    const there = { ...envelope, ground: 'chat' as const, conversationId: session.meetingId }
    const { verdict, meeting } = await carry(there, ask, session.id)
    if (verdict.done === 'before') return 'before'
    const after = meeting.sessions.find(({ id }) => id === session.id) ?? session
    if (verdict.done !== false) return reply(envelope, after, { text: receipt(ask), tone: 'good' }, about)
    const { refusal } = verdict
    if (tooEarly && refusal.refusal === 'not-now')
      return reply(envelope, after, { text: tooEarly, tone: 'attention' })
    // A sentence that begins like a command of another exercise is an answer that lacks something.
    const sentence = refusal.refusal === 'unreadable' && !isCommand(text)
    const why = sentence ? unread(envelope, after, text, refusal) : typedSentence(refusal, ask)
    return reply(envelope, after, { text: why, tone: 'attention' })
  }

  const unread = ({ from }: Envelope, session: Session, text: string, refusal?: Refusal): Text =>
    misread(text, session, from.id, clock.now()) ?? (refusal ? typedSentence(refusal) : say('typed.unknown'))

  /** Short: what was received, what is left. */
  function reply(envelope: Envelope, session: Session, notice: Reply, about?: number[]): View {
    const reader = { who: envelope.from.id, lang: langIn(envelope, session), now: clock.now(), notice }
    return privateView(session, { ...reader, reply: about ? { about } : {} })
  }

  function shown(envelope: Envelope, session: Session, what: Shown): View {
    const { id } = envelope.from
    const now = clock.now()
    const lang = langIn(envelope, session)
    if (what === 'help') {
      const here = helpGroups(null, id, now, 'personal').filter(({ name }) => name === 'personal')
      const lead = deskOf(session, id, now).how
      return helpView(lang, [...helpGroups(session, id, now, 'aside'), ...here], {
        lead,
        hint: say('help.in-private-here'),
      })
    }
    const look = { session, slot: '', viewer: { sees: 'person' as const, id }, now, draft: {}, by: id }
    return (what === 'guide' && dialogView('guide', null, look)) || place(envelope, session)
  }

  function place(envelope: Envelope, session: Session, text?: Text): View {
    const reader = { who: envelope.from.id, lang: langIn(envelope, session), now: clock.now() }
    return privateView(session, { ...reader, ...(text ? { notice: { text, tone: 'good' } } : {}) })
  }

  const aside = ({ from }: Envelope) => ({
    by: from.id,
    name: from.name,
    formats: Object.keys(desk.formats),
    defaultFormat: Object.keys(desk.formats)[0] ?? '',
    now: clock.now(),
  })

  return { typed, chosenOn }
}

interface Waiting {
  /** Empty where she only asked to change. */
  text: string
  /** Those she was shown, in order: a number she writes stands for what she saw. */
  shown: string[]
}

type Shown = Extract<Typed, { kind: 'show' }>['what']

/** What is shown of a workshop. */
const inWorkshop: ReadonlySet<Shown> = new Set(['desk', 'join', 'summary', 'guide', 'other-workshop'])

const receipt = (ask: Ask) => (showsByItself(ask) ? say('private.moved') : confirmation(ask))

const isAddress = (text: string): boolean => 'value' in email(text)

const keyOf = ({ meetingId, id }: Session): string => JSON.stringify([meetingId, id])

const langIn = ({ from, lang }: Envelope, session: Session): Lang =>
  session.participants[from.id]?.lang ?? lang

/** The oldest is forgotten first; after a restart, people are asked again. */
function shortMemory<T>() {
  const kept = new Map<PersonId, T>()
  return {
    get: (who: PersonId) => kept.get(who),
    delete: (who: PersonId) => kept.delete(who),
    set(who: PersonId, value: T) {
      const [oldest] = kept.keys()
      if (kept.size >= remembered && oldest !== undefined) kept.delete(oldest)
      kept.delete(who)
      kept.set(who, value)
    },
  }
}
