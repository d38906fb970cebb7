import { answerIn, type Counted, cardsOf, ideasOf, type Session, timesCarried } from './kept.ts'
import { type About, type Fields, type Ledger, those } from './ledger.ts'

/** Someone was told that this is what is kept of hers: by her card, or in the end by the record itself. */
interface Told {
  who: string
  about: About
  /** Each rating is told, and may change, by itself. */
  part: string
  fields: Fields
  since: number
}

/**
 * What someone is told must be what she was told before, or what she has given since then; so must what is kept in the
 * end.
 */
export function lost(ledger: Ledger, session: Session): string[] {
  const all = those(ledger, 'told').flatMap(partsOf)
  return all.flatMap((one, index) => {
    const next = all.slice(index + 1).find((later) => isSame(one, later)) ?? inTheEnd(one, session)
    const since = those(ledger, 'gave').filter((gave) => gave.at >= one.since)
    const given = since.flatMap(partsOf).filter((later) => isSame(one, later))
    const isTrue = [one, ...given].some(({ fields }) => sameText(fields, next.fields))
    return isTrue ? [] : [`${one.who} was told ${texts(one.fields)} and then it was ${texts(next.fields)}`]
  })
}

function partsOf<T extends Omit<Told, 'part' | 'since'>>(entry: T): (T & { part: string })[] {
  if (entry.about !== 'ratings') return [{ ...entry, part: '' }]
  return Object.entries(entry.fields).map(([part, text]) => ({ ...entry, part, fields: { [part]: text } }))
}

function inTheEnd(one: Told, session: Session): Pick<Told, 'fields'> {
  const kept = answerIn(session, one)
  return { fields: one.part === '' ? kept : { [one.part]: kept[one.part] ?? '' } }
}

type Place = Pick<Told, 'who' | 'about' | 'part'>

const isSame = (a: Place, b: Place): boolean => a.who === b.who && a.about === b.about && a.part === b.part

const sameText = (a: Fields, b: Fields): boolean =>
  Object.keys({ ...a, ...b }).every((field) => (a[field] ?? '') === (b[field] ?? ''))

const texts = (fields: Fields): string => `« ${Object.values(fields).join(' / ')} »`

/** Nobody's answer is carried out more often than she gave it, and nothing stands in a list twice. */
export function twice(ledger: Ledger, session: Session): string[] {
  const people = Object.keys(session.participants)
  const often = (['subjects', 'ratings', 'address'] as const).flatMap((about) =>
    people.flatMap((who) => tooOften(ledger, session, { who, about })),
  )
  const own = people.flatMap((who) => repeated(ideasOf(session, who)))
  const shown = Object.values(cardsOf(session)).filter(({ state }) => state === 'on')
  return [...often, ...own, ...repeated(shown), ...notGiven(session, shown)]
}

function tooOften(
  ledger: Ledger,
  session: Session,
  { who, about }: { who: string; about: Counted },
): string[] {
  const given = those(ledger, 'gave').filter((one) => one.who === who && one.about === about).length
  const carried = timesCarried(session, about, who)
  return carried > given ? [`${who} gave ${about} ${given} times, and it counts ${carried} times`] : []
}

const repeated = (list: readonly { title: string }[]): string[] =>
  list
    .filter(({ title }, index) => list.findIndex((one) => one.title === title) < index)
    .map(({ title }) => `« ${title} » is listed twice`)

/** What everyone is shown is what people wrote, and no more. */
function notGiven(session: Session, shown: readonly { title: string }[]): string[] {
  const written = Object.keys(session.participants).flatMap((who) => ideasOf(session, who))
  return shown
    .filter(({ title }) => !written.some((one) => one.title === title))
    .map(({ title }) => `« ${title} » is shown, and nobody's subject`)
}
