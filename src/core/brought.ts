import { type Item, type Offer, type OfferField, sourceIn } from './phases/contract.ts'
import { generationOf } from './session/origin-key.ts'
import type { Brought, Recalled, Session } from './session/types.ts'
import { said, say, type Text } from './text.ts'

/** What a session starts from, as its exercises and its cards read it. */

/** The text of one field, empty where nothing was brought. */
export const broughtText = ({ steer }: Session, key: string): string =>
  steer.brought?.fields.find((field) => field.key === key)?.text ?? ''

/** The keys of what a field was made from, in the sessions before. */
export const broughtSources = ({ steer }: Session, key: string): string[] =>
  steer.brought?.fields.find((field) => field.key === key)?.sources ?? []

/** « Repris de … » for what an earlier session produced, or several groups. */
export function takenFrom({ steer: { brought } }: Session): Text | null {
  const cited = new Set((brought?.fields ?? []).flatMap(({ sources }) => sources.map(generationOf)))
  const roots = (brought?.lineage ?? []).filter((_, index) => index === 0 || cited.has(index + 1))
  const [last] = roots
  if (!last) return null
  const groups = [...new Set(roots.flatMap(({ group }) => group ?? []))].sort((a, b) => a - b)
  return groups.length > 1
    ? say('carry.from-groups', {
        title: last.title,
        groups: { listing: groups.map((one) => said(String(one))) },
        day: { day: last.at },
      })
    : fromText(last)
}

/** « Repris de … », with its group where several ran the same workshop. */
export const fromText = ({ title, at, group }: Brought['lineage'][number]): Text =>
  group === undefined
    ? say('carry.from', { title, day: { day: at } })
    : say('carry.from-group', { title, group, day: { day: at } })

/** What the room is told: what it starts from comes before what was only held before it here. */
export function recallIn({ prepared, recalled: before, steer: { brought } }: Session): Recalled | null {
  const carried = brought?.recalled ?? null
  return carried === null || (before && (prepared || before.of === carried.of)) ? before : carried
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
