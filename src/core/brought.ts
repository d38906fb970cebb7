import { type Item, type Offer, type OfferField, sourceIn } from './phases/contract.ts'
import type { Session } from './session/types.ts'
import { say, type Text } from './text.ts'

/** What a session starts from, as its exercises and its cards read it. */

/** The text of one field, empty where nothing was brought. */
export const broughtText = ({ steer }: Session, key: string): string =>
  steer.brought?.fields.find((field) => field.key === key)?.text ?? ''

/** The keys of what a field was made from, in the sessions before. */
export const broughtSources = ({ steer }: Session, key: string): string[] =>
  steer.brought?.fields.find((field) => field.key === key)?.sources ?? []

/** « Repris de … » for what an earlier session produced. */
export function takenFrom({ steer }: Session): Text | null {
  const [last] = steer.brought?.lineage ?? []
  return last ? say('carry.from', { title: last.title, day: { day: last.at } }) : null
}

/** A heading is named by its script, a field of a subject by its key. */
export const labelOf = ({ key, label }: Pick<OfferField, 'key' | 'label'>): Text =>
  label ?? say(`subject.${key}`)

/** A subject card, as another session may start from it; it keeps its place in the chain. */
export function subjectOffer(segmentId: string, one: Item): Offer {
  const sources = [sourceIn(segmentId, one.id)]
  return {
    shape: 'subject',
    id: one.id,
    title: one.title,
    ...(one.number === undefined ? {} : { number: one.number }),
    priority: one.priority ?? false,
    fields: [
      { key: 'title', label: null, text: one.title, sources },
      { key: 'sentence', label: null, text: one.sentence, sources },
    ],
  }
}
