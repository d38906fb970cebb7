import { ambiguous, broken, doubled, posted } from '../support/checker.ts'
import type { Recorded } from '../support/connector.ts'
import { at, type Card, wordsIn } from '../support/words.ts'
import { lost, twice } from './check-answers.ts'
import { rings } from './check-rings.ts'
import { cardsOf, type Kept, keptIn } from './kept.ts'
import { type Ledger, those } from './ledger.ts'

/** All that is left of one workshop. */
export interface Remains {
  ledger: Ledger
  /** The text of its record; null where there is none. */
  record: string | null
  requests: readonly Recorded[]
  /** Each message of the chat as it stands in the end. */
  chat: readonly Card[]
}

/** Each in words; empty where all is as people were told. */
export interface Findings {
  /** Answers that someone was told were kept. */
  lost: string[]
  twice: string[]
  rings: string[]
  doubled: string[]
  limits: string[]
  /** What never came to its end, or ends on a card that is not true. */
  ends: string[]
  /** Messages nobody can vouch for, whether they stand in the chat or not. */
  ambiguous: string[]
}

/** Compares what people were told with what is kept and with what the platform saw. It knows nothing else of the bot. */
export function findings(all: readonly Remains[]): Findings {
  const each = all.map(examined)
  const of = (what: keyof Findings) => each.flatMap((one) => one[what])
  return {
    lost: of('lost'),
    twice: of('twice'),
    rings: of('rings'),
    doubled: of('doubled'),
    // They share one tenant.
    limits: broken(all.flatMap(({ requests }) => requests)),
    ends: of('ends'),
    ambiguous: of('ambiguous'),
  }
}

function examined({ ledger, record, requests, chat }: Remains): Findings {
  const kept = keptIn(record)
  const session = kept?.sessions[0]
  const named = (lines: string[]) => lines.map((line) => `${ledger.meeting}: ${line}`)
  return {
    lost: named(session ? lost(ledger, session) : those(ledger, 'told').map(() => 'no record can be read')),
    twice: named([...(session ? twice(ledger, session) : []), ...moreThanOne(kept)]),
    rings: named(kept ? rings(ledger, kept, requests) : []),
    doubled: named(doubled(posted(requests), those(ledger, 'asked'))),
    limits: [],
    ends: named([...ends(ledger, kept), ...stale(chat)]),
    ambiguous: named([...unanswered(requests), ...inDoubt(kept)]),
  }
}

const moreThanOne = (kept: Kept | null): string[] =>
  kept && kept.sessions.length > 1 ? [`${kept.sessions.length} workshops for one launch`] : []

function ends(ledger: Ledger, kept: Kept | null): string[] {
  const session = kept?.sessions[0]
  const stuck = those(ledger, 'stuck').map(({ why }) => why)
  const open = session?.steer.position.status === 'closed' ? [] : ['the record does not say that it is over']
  const summary = those(ledger, 'fetched').at(-1)?.text ?? ''
  const untold = Object.values(session ? cardsOf(session) : {}).filter(
    ({ title }) => !summary.includes(title),
  )
  return [...stuck, ...open, ...untold.map(({ title }) => `« ${title} » is not in the summary`)]
}

/** Cards that say what was true before. */
export function stale(chat: readonly Card[]): string[] {
  const words = chat.map((card) => wordsIn(card)).filter((text) => /Étape \d sur \d/u.test(text))
  return [
    ...chat
      .filter((card) => JSON.stringify(card).includes('"verb":"next"'))
      .map(() => 'a card still moves on'),
    ...words.filter((text) => /Fin à|reste/u.test(text)).map(() => 'a card still counts the time'),
  ]
}

const unanswered = (requests: readonly Recorded[]): string[] =>
  ambiguous(requests).map(({ status, done, body }) => {
    const got = status === null ? 'no answer' : `a ${status}`
    return `a create got ${got} and ${done ? 'was' : 'was not'} carried out: ${placeIn(body)}`
  })

const inDoubt = (kept: Kept | null): string[] =>
  (kept?.outbox ?? [])
    .filter(({ state }) => state === 'unsure')
    .map(({ slot }) => `in doubt to the end: ${slot}`)

/** A card by its place in the workshop, else by how it begins. */
function placeIn(body: Recorded['body']): string {
  const card = at(body, 'attachments', 0, 'content')
  return /"k":"([^"]+)"/u.exec(JSON.stringify(card ?? ''))?.[1] ?? wordsIn(card).split('\n')[0] ?? ''
}

/** What is counted of a workshop, whatever was found. */
export const countedIn = ({ ledger, record, requests }: Remains) => ({
  told: those(ledger, 'told').length,
  rings: (keptIn(record)?.sessions[0]?.steps ?? []).filter((slot) => slot.startsWith('ring/')).length,
  posts: posted(requests).length,
  refused: requests.filter(({ status }) => status === null || status >= 400).length,
})
