import { bounds } from '../bounds.ts'
import { type Field, gather, paragraph } from '../fields.ts'
import type { Format } from '../format.ts'
import { type Decision, type Offer, refuse, type Start } from '../phases/contract.ts'
import { phaseOf } from '../phases/index.ts'
import { say } from '../text.ts'
import { chainOf, handedOn } from './chain.ts'
import type { SessionEvent } from './events.ts'
import { furtherKey, olderKey } from './origin-key.ts'
import { nameOf, steers } from './people.ts'
import { begun, seatOf } from './place.ts'
import { recalledOffer } from './recall.ts'
import type { Brought, PersonId, Session } from './types.ts'

/** What a format starts from: what its first phase that starts from something takes; null where it starts from nothing. */
export function startOf(format: Format): Start | null {
  for (const segment of format.segments) {
    const start = phaseOf(segment.phase)?.takes(segment.options) ?? null
    if (start) return start
  }
  return null
}

/** What another session may start from: the offers of the last segment that has any, best first. */
export const offersOf = (session: Session, now: number): Offer[] =>
  session.format.segments
    .filter((segment) => begun(session, segment.id))
    .map((segment) => seatOf(session, segment.id, now))
    .map((seat) => (seat ? seat.phase.offers(seat.place) : []))
    .findLast((offers) => offers.length > 0) ?? []

/** One offer of a session, as the session that starts from it will keep it: a snapshot with its whole origin. */
export function carried(session: Session, offerId: string, now: number): Brought | null {
  const offer = offersOf(session, now).find((one) => one.id === offerId)
  if (!offer) return null
  const keys = offer.fields.flatMap((field) => field.sources)
  const known = new Set(chainOf(session, keys, now).map(({ key }) => key))
  const { position } = session.steer
  const at = position.status === 'lobby' ? session.launchedAt : (position.startedAt ?? session.launchedAt)
  return {
    shape: offer.shape,
    lineage: [
      {
        meeting: session.meetingId,
        session: session.id,
        title: session.format.title,
        at,
        ...groupOf(session),
      },
      ...(session.steer.brought?.lineage ?? []),
    ],
    fields: offer.fields.map((field) => ({
      ...field,
      sources: field.sources.filter((key) => known.has(key)).map(olderKey),
    })),
    origins: handedOn(session, keys, now),
    changes: [],
    recalled: recalledOffer(session, offer),
  }
}

const groupOf = ({ prepared }: Session) => (prepared && prepared.groups > 1 ? { group: prepared.group } : {})

/**
 * What several sessions offer, and is one: the words of the first, the origins of all. Each session keeps a generation of
 * its own, so that what is told of an item names the group it comes from.
 */
export function united([first, ...others]: Brought[]): Brought | null {
  return first ? others.reduce(joinedTo, first) : null
}

function joinedTo(before: Brought, added: Brought): Brought {
  const [root] = added.lineage
  const known = before.lineage.findIndex(
    (one) => one.meeting === root?.meeting && one.session === root.session,
  )
  const by = known < 0 ? before.lineage.length : known
  const shifted = Object.entries(added.origins).map(
    ([key, origin]) =>
      [
        furtherKey(key, by),
        { ...origin, sources: origin.sources.map((one) => furtherKey(one, by)) },
      ] as const,
  )
  const sourcesOf = (key: string) =>
    (added.fields.find((one) => one.key === key)?.sources ?? []).map((one) => furtherKey(one, by))
  return {
    ...before,
    lineage: known < 0 ? [...before.lineage, ...added.lineage] : before.lineage,
    fields: before.fields.map((one) => ({
      ...one,
      sources: [...new Set([...one.sources, ...sourcesOf(one.key)])],
    })),
    origins: { ...before.origins, ...Object.fromEntries(shifted) },
  }
}

/** What the card sent: an input `f-<key>` for each field. */
type Written = Record<string, unknown>

interface Asking {
  by: PersonId
  at: number
  /** What the archive found for the offer that was chosen; null when it found nothing, absent when it was not asked. */
  material?: Brought | null
}

/** The session starts from an offer of an earlier one, or from what is typed in. */
export function bring(written: Written, { by, material }: Asking, session: Session): Decision<SessionEvent> {
  const start = mayCarry(by, session)
  if ('refusal' in start) return start
  if (material === null || (written.offer && !material)) return refuse('unknown')
  if (material) {
    return material.shape === start.shape
      ? { events: [{ type: 'brought', brought: material }], move: 'bring' }
      : refuse('unknown')
  }
  const { values, problems } = fieldsIn(written, start)
  if (Object.keys(problems).length) return refuse('invalid', { problems })
  const fields = start.fields.map(({ key, label }) => ({ key, label, text: values[key] ?? '', sources: [] }))
  const brought = { shape: start.shape, lineage: [], fields, origins: {}, changes: [] }
  return { events: [{ type: 'brought', brought }], move: 'bring' }
}

/** What was carried over is amended; each change is recorded with what stood there before. */
export function amend(
  written: Written & { was?: number | undefined },
  { by, at }: Asking,
  session: Session,
): Decision<SessionEvent> {
  const start = mayCarry(by, session)
  if ('refusal' in start) return start
  const { brought } = session.steer
  if (!brought) return bring(written, { by, at }, session)
  if (written.was !== undefined && written.was !== brought.changes.length)
    return refuse('invalid', { problems: { [firstKey(brought)]: say('carry.changed') } })
  const { values, problems } = fieldsIn(written, start)
  if (Object.keys(problems).length) return refuse('invalid', { problems })
  const name = nameOf(session, by).said
  const changes = start.fields.flatMap(({ key }) => {
    const before = brought.fields.find((field) => field.key === key)?.text ?? ''
    const after = values[key] ?? before
    return after === before ? [] : [{ key, before, after, by, name, at }]
  })
  if (brought.changes.length + changes.length > bounds.amendments)
    return refuse('full', { with: { max: bounds.amendments } })
  return changes.length
    ? { events: [{ type: 'amended', changes, labels: labelsOf(start) }], move: 'amend' }
    : { events: [] }
}

/** What was brought, with these changes; a field it did not have is added. */
export function amended(
  brought: Brought,
  { changes, labels }: Extract<SessionEvent, { type: 'amended' }>,
): Brought {
  const after = new Map(changes.map((one) => [one.key, one.after]))
  const known = brought.fields.map((field) => ({ ...field, text: after.get(field.key) ?? field.text }))
  const added = [...after.keys()]
    .filter((key) => !brought.fields.some((field) => field.key === key))
    .map((key) => ({ key, label: labels[key] ?? null, text: after.get(key) ?? '', sources: [] }))
  const fields = [...known, ...added]
  return { ...brought, fields, changes: [...brought.changes, ...changes] }
}

function mayCarry(by: PersonId, session: Session): Start | ReturnType<typeof refuse> {
  if (!steers(session, by)) return refuse('facilitator-only')
  if (session.steer.position.status === 'closed') return refuse('closed')
  return startOf(session.format) ?? refuse('not-now')
}

function fieldsIn(written: Written, { fields }: Start) {
  const read = fields.map(({ key, max, needed }): [string, Field] => [
    key,
    paragraph(written[`f-${key}`], max, needed),
  ])
  const { values, problems } = gather(Object.fromEntries(read))
  return {
    values,
    problems: Object.fromEntries(Object.entries(problems).map(([key, text]) => [`f-${key}`, text])),
  }
}

const labelsOf = ({ fields }: Start) => Object.fromEntries(fields.map(({ key, label }) => [key, label]))

const firstKey = ({ fields }: Brought): string => `f-${fields[0]?.key ?? 'title'}`
