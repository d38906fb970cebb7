import { emptyMeeting } from '../core/meeting.ts'
import type { Ask } from '../core/session/asks.ts'
import { scribes, steers } from '../core/session/people.ts'
import type { Session } from '../core/session/types.ts'
import { copyOf, documentName, documentsOf } from '../core/summary/documents.ts'
import { type DocumentId, documentIds, type Lang, say, type Text } from '../core/text.ts'
import { documentsView, helpView, libraryView, noticeView, welcomeView } from '../core/views/index.ts'
import { speak } from '../locales/index.ts'
import type { Documents, Made, Upload, View } from '../ports.ts'
import type { Archive } from '../runtime/archive.ts'
import type { Answer, Desk, Outcome } from './answer.ts'
import { isCommand, readTyped } from './commands.ts'
import { helpGroups } from './help.ts'
import type { Envelope, Incoming, Press } from './incoming.ts'
import type { ownDataDesk } from './own-data.ts'
import { privateAnswers } from './private-answers.ts'
import { programmeDesk } from './programmes.ts'

interface Parts {
  desk: Desk
  ownData: ReturnType<typeof ownDataDesk>
  archive: Archive
  documents: Documents
  /** The dialogs of a session, answered as in the chat of its meeting. */
  inMeeting(envelope: Envelope): Promise<Answer>
  /** What she asks of a session, carried out as if typed in the chat of its meeting. */
  carry(envelope: Envelope, ask: Ask, session: string): Promise<Outcome>
}

/** What the dialogs of the personal chat may ask of a session held elsewhere. */
const verbs: ReadonlySet<string> = new Set(['open', 'settle', 'complete', 'letter', 'prepare', 'note', ''])

/**
 * The organisers' chat with the bot: their workshops, the documents, the last corrections. What a card says it is about
 * is looked up again each time, among the sessions the person organised.
 */
export function personalChat({ desk, ownData, archive, documents, inMeeting, carry }: Parts) {
  const answers = privateAnswers({ desk, archive, carry })
  const offers = new Map<string, Made>()
  const programmes = programmeDesk({ desk, calendar: desk.calendar })

  return async function answer(envelope: Envelope, reach: unknown): Promise<Answer> {
    const { what } = envelope
    switch (what.kind) {
      case 'typed':
        return said(await typed(envelope, what.text, reach))
      case 'pressed':
        return pressed(envelope, what, reach)
      case 'dialog-asked':
      case 'dialog-sent':
        return dialog(envelope, what.press)
      case 'file-answered':
        return fileAnswered(envelope, what, reach)
      case 'installed':
        return { chat: welcomeView('personal', desk.formats, envelope.lang) }
      default:
        return {}
    }
  }

  async function typed(envelope: Envelope, text: string, reach: unknown): Promise<View | null> {
    const { lang, from } = envelope
    const around = { meeting: emptyMeeting(''), by: from.id, name: '', formats: [], defaultFormat: '' }
    const read = readTyped(text, { ...around, now: desk.clock.now() })
    if (read.kind === 'show' && (read.what === 'library' || read.what === 'documents'))
      return library(envelope, 0)
    if (read.kind === 'show' && read.what === 'programmes' && isCommand(text))
      return programmes.typed(envelope)
    if (read.kind === 'show' && read.what === 'board' && isCommand(text)) return programmes.board(envelope)
    if (read.kind === 'rehearse') return programmes.rehearsal(envelope, read.programme)
    if (read.kind === 'show' && read.what === 'own-data') return ownData.asked(envelope)
    const attends = (await archive.attendedBy(from.id)).length > 0
    const answered =
      (await programmes.line(envelope, text, { attends, reach })) ?? (await answers.typed(envelope, text))
    if (answered === 'before') return null
    if (answered) return attends ? programmes.pointed(envelope, text, answered) : answered
    return read.kind === 'show' && read.what === 'help'
      ? helpView(lang, helpGroups(null, from.id, desk.clock.now(), await groundOf(envelope)), {
          hint: say('help.in-private-here'),
        })
      : welcomeView('personal', desk.formats, lang, text.trim() ? say('welcome.unknown') : null)
  }

  /** Whoever prepares workshops is told how to do it by typing. */
  async function groundOf(envelope: Envelope): Promise<'planning' | 'personal'> {
    return (await programmes.prepares(envelope)) ? 'planning' : 'personal'
  }

  async function library(envelope: Envelope, page: number): Promise<View> {
    return libraryView(await archive.organisedBy(envelope.from.id), { lang: envelope.lang, page })
  }

  async function pressed(
    envelope: Envelope,
    { press, execute }: Extract<Incoming, { kind: 'pressed' }>,
    reach: unknown,
  ): Promise<Answer> {
    const turned = await programmes.pressed(envelope, press, reach)
    if (turned) return execute ? { card: turned } : { chat: turned }
    const { card, ...more } = await shown(envelope, press)
    return execute ? { card, ...more } : { chat: card, ...more }
  }

  async function shown(envelope: Envelope, press: Press): Promise<Answer & { card: View }> {
    if (press.verb === 'answer-there')
      return { card: await answers.chosenOn(envelope, press.meeting, press.session) }
    if (press.verb === 'library') return { card: await library(envelope, Number(press.fields.page) || 0) }
    const session = await sessionOf(envelope, press.meeting, press.session)
    if (!session) return { card: noticeView(say('documents.not-yours'), envelope.lang, 'attention') }
    return press.verb === 'file' ? offered(envelope, session, press) : { card: listOf(session, envelope) }
  }

  async function sessionOf(envelope: Envelope, meeting: string | null, session: string | null) {
    return meeting && session ? archive.session(envelope.from.id, meeting, session) : null
  }

  function listOf(session: Session, envelope: Envelope, notice?: Text): View {
    return documentsView(session, 'organisers', {
      lang: langIn(session, envelope),
      now: desk.clock.now(),
      reader: { id: envelope.from.id, settles: steers(session, envelope.from.id) },
      ...(notice ? { notice } : {}),
    })
  }

  /** The file itself comes once she has accepted it. */
  async function offered(
    envelope: Envelope,
    session: Session,
    press: Press,
  ): Promise<Answer & { card: View }> {
    const id = documentNamed(press.fields.document)
    const now = desk.clock.now()
    if (!id || !documentsOf(session, 'organisers', now).includes(id))
      return { card: listOf(session, envelope, say('refusal.unknown')) }
    const lang = langIn(session, envelope)
    const made = await documents.make(id, { session, copy: copyOf(id), lang })
    keep(offerKey(envelope, session, id), made)
    const description = say('documents.offer', {
      name: documentName(id, session, now),
      title: session.format.title,
    })
    return {
      card: listOf(session, envelope, say('documents.sending')),
      file: {
        name: made.fileName,
        description: speak(description, { lang, zone: desk.zone }),
        bytes: made.body.byteLength,
        about: { m: session.meetingId, s: session.id, d: id },
      },
    }
  }

  async function fileAnswered(
    envelope: Envelope,
    { accepted, about, upload }: Extract<Incoming, { kind: 'file-answered' }>,
    reach: unknown,
  ): Promise<Answer> {
    const session = about && (await sessionOf(envelope, about.m, about.s))
    const id = documentNamed(about?.d)
    const lang = session ? langIn(session, envelope) : envelope.lang
    if (!accepted) return { chat: noticeView(say('documents.declined'), lang, 'good') }
    if (!session || !id || !upload || !documentsOf(session, 'organisers', desk.clock.now()).includes(id))
      return { chat: noticeView(say('documents.not-yours'), lang, 'attention') }
    const kept = offers.get(offerKey(envelope, session, id))
    return { later: () => given(id, { session, lang, upload, reach, kept }) }
  }

  /** What she accepts is what she was offered, to the byte; long after, or after a restart, it is made again. */
  function keep(key: string, made: Made): void {
    const [oldest] = offers.keys()
    if (offers.size >= offersKept && oldest !== undefined) offers.delete(oldest)
    offers.delete(key)
    offers.set(key, made)
  }

  /** Nobody waits for the upload: an activity must be answered at once. */
  async function given(id: DocumentId, { session, lang, upload, reach, kept }: Giving): Promise<View | null> {
    const made = kept ?? (await documents.make(id, { session, copy: copyOf(id), lang }))
    const file = { type: made.type, name: made.fileName, body: made.body }
    const came = await desk.channel.giveFile(reach, upload, file)
    return came === 'given' ? null : noticeView(say('documents.not-sent'), lang, 'attention')
  }

  async function dialog(envelope: Envelope, press: Press): Promise<Answer> {
    const session = await sessionOf(envelope, press.meeting, press.session)
    if (!session || !scribes(session, envelope.from.id) || !verbs.has(press.verb))
      return { dialog: noticeView(say('documents.not-yours'), envelope.lang, 'attention') }
    const told = await inMeeting({ ...envelope, ground: 'chat', conversationId: session.meetingId })
    // What the dialog sends back must name its meeting again.
    return told.dialog
      ? { dialog: { ...told.dialog, stamp: { ...told.dialog.stamp, m: session.meetingId } } }
      : {}
  }
}

const said = (chat: View | null): Answer => (chat ? { chat } : {})

interface Giving {
  session: Session
  lang: Lang
  upload: Upload
  reach: unknown
  /** As it was offered, while it is still at hand. */
  kept: Made | undefined
}

/** Files offered and not answered yet, in memory; each weighs a few hundred kilobytes. */
const offersKept = 20

const offerKey = ({ from }: Envelope, { meetingId, id }: Session, document: DocumentId): string =>
  JSON.stringify([from.id, meetingId, id, document])

const documentNamed = (name: string | undefined): DocumentId | null =>
  documentIds.find((one) => one === name) ?? null

const langIn = (session: Session, { from, lang }: Envelope): Lang =>
  session.participants[from.id]?.lang ?? lang
