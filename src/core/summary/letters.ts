import { broughtText } from '../brought.ts'
import { nameOf } from '../session/people.ts'
import { heldOn, lasted } from '../session/sittings.ts'
import { plannedLength } from '../session/timing.ts'
import type { Context, Letter, Session } from '../session/types.ts'
import { type DocumentId, said, say, type Text } from '../text.ts'
import { documentName, documentsOf } from './documents.ts'
import { outcomeChapter } from './outcome.ts'
import { participationOf } from './participation.ts'
import { postOf } from './post.ts'

/**
 * A text to send after the workshop, ready to amend: the organisers' own wording where they gave one, else what is
 * composed from the session, in its language. Null where there is nothing to compose it from.
 */
export function letterOf(letter: Letter, session: Session, now: number): Text | null {
  const own = session.review.letters[letter]
  if (own !== undefined) return said(own)
  switch (letter) {
    case 'thanks':
      return inParagraphs(thanks(session, now), session)
    case 'steering':
      return inParagraphs(steering(session, now), session)
    case 'post':
      return post(session, now)
  }
}

function post(session: Session, now: number): Text | null {
  const text = postOf(session, now, session.lang)
  return text === null ? null : said(text)
}

/** Lines that stand together; an empty one is a value nobody gave. */
type Paragraph = Text[]

/** An empty line between two paragraphs; a paragraph without a line is left out. */
const inParagraphs = (paragraphs: Paragraph[], session: Session): Text => ({
  in: session.lang,
  text: {
    lines: paragraphs
      .filter((lines) => lines.length > 0)
      .flatMap((lines, index) => (index === 0 ? lines : [said(''), ...lines])),
  },
})

/** To everyone who took part (kit §5). */
function thanks(session: Session, now: number): Paragraph[] {
  const { title } = session.format
  const { people } = participationOf(session, now)
  const { questionnaire } = session.context
  return [
    [say('letter.thanks-subject', { title })],
    [say('letter.greeting')],
    [
      say('letter.thanks', { title, day: heldOn(session) }),
      ...(people > 1 ? [say('letter.together', { people })] : []),
      ...subject(session),
    ],
    titled(say('letter.came-out'), outcomeLines(session, now, 'agreed')),
    [say('letter.report')],
    questionnaire === '' ? [] : [say('letter.questionnaire'), said(questionnaire)],
    following(session),
    [say('letter.farewell')],
    team(session),
  ]
}

/** To the body that follows the action plan, which was not there. */
function steering(session: Session, now: number): Paragraph[] {
  const { title } = session.format
  const day = heldOn(session)
  const over = session.steer.position.status === 'closed'
  return [
    [say('letter.steering-subject', { title, day })],
    [say('letter.steering-to')],
    [say(over ? 'letter.held' : 'letter.under-way', { title, day }), ...figures(session, now)],
    [...subject(session), ...written(session, 'objective')],
    titled(say('letter.results'), outcomeLines(session, now, 'all')),
    following(session),
    titled(say('letter.attached'), attached(session, now)),
    team(session),
  ]
}

/** What was brought says what the session was about, where the administration did not. */
function subject(session: Session): Paragraph {
  const { brought } = session.steer
  const text = session.context.subject || (brought?.shape === 'subject' ? broughtText(session, 'title') : '')
  return text === '' ? [] : [fact(say('context.subject'), said(text))]
}

const written = ({ context }: Session, key: keyof Context): Paragraph =>
  context[key] === '' ? [] : [fact(say(`context.${key}`), said(context[key]))]

const fact = (label: Text, value: Text): Text => say('letter.fact', { label, value })

function figures(session: Session, now: number): Paragraph {
  const { people, profiles } = participationOf(session, now)
  const list = profiles.map((one) => say(`participation.of-${one.profile}`, { count: one.people }))
  const length = lasted(session, now)
  const planned = { lasting: plannedLength(session.format) }
  return [
    ...(people > 0 ? [say('participation.people', { people, list: { listing: list } })] : []),
    ...(length > 0
      ? [fact(say('summary.lasted'), say('summary.lasted-of', { lasted: { lasting: length }, planned }))]
      : []),
  ]
}

/** What came out, in the words of the summary. Participants are thanked for what they agreed on. */
function outcomeLines(session: Session, now: number, which: 'all' | 'agreed'): Paragraph {
  const facts = outcomeChapter(session, now).blocks.flatMap((one) => (one.block === 'facts' ? one.facts : []))
  return facts
    .filter(({ label }) => which === 'all' || !('say' in label && label.say === 'outcome.divided'))
    .map(({ label, value }) => item(fact(label, value)))
}

const item = (text: Text): Text => say('letter.item', { text })

const titled = (title: Text, lines: Paragraph): Paragraph => (lines.length ? [title, ...lines] : [])

const following = (session: Session): Paragraph => [
  ...written(session, 'nextSteps'),
  ...written(session, 'contact'),
]

const enclosures: readonly DocumentId[] = ['report', 'deliverable', 'commitment']

const attached = (session: Session, now: number): Paragraph =>
  documentsOf(session, 'organisers', now)
    .filter((id) => enclosures.includes(id))
    .map((id) => item(documentName(id, session, now)))

/** Whoever facilitated, even if she left before the end. */
const team = (session: Session): Paragraph =>
  Object.values(session.participants)
    .filter(({ role }) => role === 'facilitator' || role === 'co-facilitator')
    .sort((a, b) => a.joinedAt - b.joinedAt)
    .map(({ id }) => nameOf(session, id))
