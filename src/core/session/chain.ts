import type { Item } from '../phases/contract.ts'
import { generationOf, olderKey } from './origin-key.ts'
import { nameOf } from './people.ts'
import { begun, seatOf } from './place.ts'
import type { Brought, Origin, Session } from './types.ts'

/** One link of the chain that leads to an item: what it is, and how far back. */
export interface Link {
  key: string
  /** 0 for the item itself, 1 for what it was made from, and so on. */
  depth: number
  origin: Origin
  /** The earlier session it comes from; null for this one. */
  from: Brought['lineage'][number] | null
}

/** What an item was made from, itself first, then back to the people and the votes; each thing once. */
export function chainOf(session: Session, keys: string[], now: number): Link[] {
  const find = finder(session, now)
  const links: Link[] = []
  const told = new Set<string>()
  const follow = (key: string, depth: number) => {
    const origin = told.has(key) ? undefined : find(key)
    if (!origin) return
    told.add(key)
    links.push({ key, depth, origin, from: lineageOf(session, key) })
    for (const source of origin.sources) follow(source, depth + 1)
  }
  for (const key of keys) follow(key, 0)
  return links
}

/** The origins reached from these keys, as a later session will know them: one generation further back. */
export function handedOn(session: Session, keys: string[], now: number): Brought['origins'] {
  const links = chainOf(session, keys, now)
  return Object.fromEntries(
    links.map(({ key, origin }) => [
      olderKey(key),
      {
        ...origin,
        sources: origin.sources
          .map(olderKey)
          .filter((one) => links.some(({ key: other }) => olderKey(other) === one)),
      },
    ]),
  )
}

function lineageOf({ steer: { brought } }: Session, key: string): Link['from'] {
  const generation = generationOf(key)
  return generation === 0 ? null : (brought?.lineage[generation - 1] ?? null)
}

/** Looks a key up in this session's segments or in what it started from; a segment is asked once. */
function finder(session: Session, now: number): (key: string) => Origin | undefined {
  const asked = new Map<string, Item[]>()
  return (key) => {
    if (generationOf(key) > 0) return session.steer.brought?.origins[key]
    const cut = key.indexOf('/')
    const segmentId = key.slice(0, cut)
    const items = asked.get(segmentId) ?? itemsOf(session, segmentId, now)
    asked.set(segmentId, items)
    const item = items.find((one) => one.id === key.slice(cut + 1))
    return item && originFrom(session, segmentId, item)
  }
}

function itemsOf(session: Session, segmentId: string, now: number): Item[] {
  const seat = begun(session, segmentId) ? seatOf(session, segmentId, now) : null
  return seat ? [...seat.phase.harvest(seat.place), ...seat.phase.contributions(seat.place)] : []
}

function originFrom(session: Session, segmentId: string, item: Item): Origin | undefined {
  const segment = session.format.segments.find((one) => one.id === segmentId)
  return (
    segment && {
      phase: segment.phase,
      segment: segment.title,
      label: item.label ?? null,
      title: item.title,
      sentence: item.sentence,
      authors: item.authors.map((id) => ({ id, name: nameOf(session, id).said })),
      number: item.number ?? null,
      priority: item.priority ?? false,
      mean: item.mean ?? null,
      axes: item.axes ?? null,
      votes: item.votes ?? 0,
      sources: item.sources,
    }
  )
}
