import { fromText, labelOf, takenFrom } from '../brought.ts'
import type { Offer, Start } from '../phases/contract.ts'
import { phaseOf } from '../phases/index.ts'
import { offersOf, startOf } from '../session/carry.ts'
import { chainOf, type Link } from '../session/chain.ts'
import { outcomeKeys } from '../session/outcome.ts'
import { steers } from '../session/people.ts'
import type { PersonId, Session } from '../session/types.ts'
import { type Bilingual, said, say, type Text, type ViewData } from '../text.ts'
import type { Look } from './parts.ts'

/** Something an earlier session offers, as the one who may take it sees it. */
export interface OfferChoice {
  /** How the archive finds it again. */
  reference: string
  title: string
  number: number | null
  priority: boolean
  from: { title: Text; at: number }
}

/** The offers of a session, each with the reference by which the archive finds it again. */
export const offerChoices = (session: Session, offers: Offer[]): OfferChoice[] =>
  offers.map((offer) => ({
    reference: referenceOf(session, offer.id),
    title: offer.title,
    number: offer.number ?? null,
    priority: offer.priority ?? false,
    from: { title: session.format.title, at: session.launchedAt },
  }))

/** How the archive finds again what a session offers. */
export const referenceOf = ({ meetingId, id }: Session, offer: string): string =>
  [meetingId, id, offer].map(encodeURIComponent).join('|')

/** What a reference names: meeting, session, offer. Empty for what is none. */
export function referredTo(reference: string): string[] {
  try {
    return reference.split('|').map(decodeURIComponent)
  } catch {
    return []
  }
}

/** A format that can start from what a session produced. */
export interface Follower {
  id: string
  title: Bilingual
}

type Data = { [key: string]: ViewData }

/** What the session starts from, for every card that shows it; empty where the format starts from nothing. */
export function startingPoint({ session, viewer }: Pick<Look, 'session' | 'viewer'>): Data {
  const start = startOf(session.format)
  const { brought } = session.steer
  const written = (brought?.fields ?? []).filter((field) => field.text !== '')
  const sentence = written.find((field) => field.key === 'sentence')?.text
  return {
    wanted: start !== null,
    chosen: written.length > 0,
    subject: start?.shape === 'subject',
    title: said(written.find((field) => field.key === 'title')?.text ?? written[0]?.text ?? ''),
    sentence: sentence ? said(sentence) : null,
    filled:
      start?.shape === 'canvas' && written.length
        ? say('carry.filled', { filled: written.length, total: start.fields.length })
        : null,
    from: takenFrom(session),
    amended: brought?.changes.length ? say('carry.amended', { count: brought.changes.length }) : null,
    mayChoose: start !== null && viewer.sees === 'person' && steers(session, viewer.id),
  }
}

/** The dialog in which a facilitator chooses what her session starts from, among what her earlier ones produced. */
export function bringDialog({ session, draft }: Look, by: PersonId): Data | null {
  const start = startOf(session.format)
  if (!start || !steers(session, by)) return null
  return {
    subject: start.shape === 'subject',
    choices: choicesOf(draft.offers ?? []),
    chosen: draft.offers?.[0]?.reference ?? '',
    started: session.steer.brought !== null,
    replaces: (session.steer.brought?.changes.length ?? 0) > 0,
  }
}

/** The dialog in which what was carried over is read again, or typed in. */
export function amendDialog({ session, draft }: Look, by: PersonId): Data | null {
  const start = startOf(session.format)
  if (!start || !steers(session, by)) return null
  return {
    subject: start.shape === 'subject',
    chosen: session.steer.brought !== null,
    from: takenFrom(session),
    was: session.steer.brought?.changes.length ?? 0,
    fields: start.fields.map((field) => fieldView(field, session, draft)),
  }
}

function fieldView(
  { key, label, max }: Start['fields'][number],
  session: Session,
  draft: Look['draft'],
): Data {
  const stored = session.steer.brought?.fields.find((field) => field.key === key)?.text ?? ''
  return {
    id: `f-${key}`,
    label: labelOf({ key, label }),
    max: say('field.at-most', { max }),
    value: said(draft.typed ? (draft.typed[`f-${key}`] ?? '') : stored),
    problem: draft.problems?.[`f-${key}`] ?? null,
    multiline: key !== 'title',
  }
}

/** The dialog that launches the next format from what this session produced. */
export function continueDialog({ session, draft, now }: Look, by: PersonId): Data | null {
  const followers = draft.followers ?? []
  const offers = offersOf(session, now)
  const [best] = offers
  if (!best || followers.length === 0 || !steers(session, by)) return null
  const mine = offerChoices(session, offers)
  return {
    formats: followers.map(({ id, title }) => ({ value: id, title })),
    format: followers[0]?.id ?? '',
    subject: best.shape === 'subject',
    choices: choicesOf(mine),
    chosen: mine[0]?.reference ?? '',
  }
}

const choicesOf = (offers: OfferChoice[]): ViewData[] =>
  offers.map((offer) => ({
    value: offer.reference,
    title: say(offer.number === null ? 'carry.choice' : 'carry.choice-numbered', {
      number: offer.number ?? 0,
      mark: offer.priority ? '★ ' : '',
      title: said(offer.title),
      from: offer.from.title,
      day: { day: offer.from.at },
    }),
  }))

/**
 * Where things come from: the chain of one item (`about`), or of everything the session came to.
 * What is still sealed is told to nobody.
 */
export function originDialog({ session, draft, now }: Look, by: PersonId): Data | null {
  if (!session.participants[by]) return null
  const keys = draft.about ? [draft.about] : outcomeKeys(session, now)
  const links = keys.some((key) => isSealed(session, key)) ? [] : chainOf(session, keys, now)
  if (links.length === 0) return null
  return { links: links.slice(0, linksShown).map(linkView) }
}

const linksShown = 40

const isSealed = (session: Session, key: string): boolean => {
  const segment = session.format.segments.find((one) => key.startsWith(`${one.id}/`))
  return phaseOf(segment?.phase ?? '')?.sealed ?? false
}

function linkView({ depth, origin, from }: Link): Data {
  return {
    depth,
    root: depth === 0,
    where: origin.segment,
    when: from ? fromText(from) : null,
    label: origin.label,
    number: origin.number === null ? null : say('carry.number', { number: origin.number }),
    title: said(origin.title || origin.sentence),
    sentence: origin.title && origin.sentence ? said(origin.sentence) : null,
    authors: origin.authors.length ? { listing: origin.authors.map(({ name }) => said(name)) } : null,
    votes: votesOf(origin),
  }
}

/** « désirabilité 4,5, faisabilité 3,8, huit avis ». */
export function votesOf({ mean, axes, votes, priority }: Link['origin']): Text | null {
  if (!mean || !axes) return null
  const tenth = (value: number) => Math.round(value * 10) / 10
  return say('carry.votes', {
    axisX: axes.x,
    axisY: axes.y,
    y: tenth(mean.y),
    x: tenth(mean.x),
    votes,
    priority: priority ? 'yes' : 'no',
  })
}
