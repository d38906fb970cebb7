import { z } from 'zod'
import { bounds } from './bounds.ts'
import { entryOf } from './entry-of.ts'
import { gather, line } from './fields.ts'
import { type Decision, type Item, refuse } from './phases/contract.ts'
import { scribes, steers } from './session/people.ts'
import { type PersonId, personId, type Session } from './session/types.ts'
import type { Amendable, Retext } from './summary/review.ts'
import { say } from './text.ts'

/** Ideas written in silence, sealed until they are shown, and those heard aloud: together, what the room has. */
export interface PoolScene {
  session: Session
  perPerson: number
  own: Record<PersonId, OwnIdeas>
  pool: Pool
}

export const ownIdeas = z.object({ ideas: z.array(z.string()), done: z.boolean(), edits: z.number().int() })
export type OwnIdeas = z.infer<typeof ownIdeas>

/** An idea heard aloud, which someone of the organising team wrote down. */
const heard = z.object({ id: z.string(), text: z.string(), author: personId.nullable(), by: personId })
type Heard = z.infer<typeof heard>

/** What the room has, in the order it came: someone's own ideas, all of them, or one that was heard. */
export const pool = z.array(z.union([personId, heard]))
export type Pool = z.infer<typeof pool>

const raw = z.string().default('')
export const poolInput = z.discriminatedUnion('do', [
  /** An input `idea1`, `idea2`… for each idea. Keeps what is written; the person may still change it. */
  z.object({ do: z.literal('own-save') }).passthrough(),
  /** Keeps what is written, if the card sent it, and tells the room "I have finished". */
  z.object({ do: z.literal('own-done') }).passthrough(),
  z.object({ do: z.literal('own-reopen') }),
  z.object({ do: z.literal('own-show-all') }),
  z.object({ do: z.literal('heard-add'), text: raw, author: raw }),
])
export type PoolInput = z.infer<typeof poolInput>
type InputOf<K extends PoolInput['do']> = Extract<PoolInput, { do: K }>

export type PoolEvent =
  | { type: 'own-kept'; who: PersonId; ideas: string[]; done: boolean }
  /** `first`: nothing of what was sealed had been shown before. */
  | { type: 'own-shown'; authors: PersonId[]; first: boolean }
  | { type: 'idea-heard'; heard: Heard }

export function decidePool(ask: PoolInput, by: PersonId, scene: PoolScene): Decision<PoolEvent> {
  switch (ask.do) {
    case 'own-save':
    case 'own-done':
      return keep(ask, by, scene)
    case 'own-reopen':
      return reopen(by, scene)
    case 'own-show-all':
      return showAll(by, scene)
    case 'heard-add':
      return addHeard(ask, by, scene)
  }
}

export const evolvePool = (ideas: Pool, event: Exclude<PoolEvent, { type: 'own-kept' }>): Pool =>
  event.type === 'own-shown' ? [...ideas, ...event.authors] : [...ideas, event.heard]

export const evolveOwn = (
  before: OwnIdeas | undefined,
  event: Extract<PoolEvent, { type: 'own-kept' }>,
): OwnIdeas => ({
  ideas: event.ideas,
  done: event.done,
  edits: (before?.edits ?? 0) + 1,
})

/** Whoever has written nothing yet has nothing to show: she may still write, and it stays sealed. */
export function reveal(people: PersonId[], scene: PoolScene): PoolEvent[] {
  const authors = people.filter((who) => sealedAuthors(scene).includes(who))
  return authors.length ? [{ type: 'own-shown', authors, first: shown(scene.pool).length === 0 }] : []
}

export const inputIds = (perPerson: number): string[] =>
  Array.from({ length: perPerson }, (_, index) => `idea${index + 1}`)

const shown = (ideas: Pool): PersonId[] => ideas.filter((one) => typeof one === 'string')

export const isShown = (scene: PoolScene, who: PersonId): boolean => shown(scene.pool).includes(who)

/** Who wrote something that the room has not seen. */
export const sealedAuthors = (scene: PoolScene): PersonId[] =>
  Object.entries(scene.own).flatMap(([who, { ideas }]) => (ideas.length && !isShown(scene, who) ? [who] : []))

/** The ideas the room has, numbered as people call them aloud; nothing sealed is among them. */
export function pooled(scene: PoolScene): Item[] {
  const ideas = scene.pool.flatMap((one) =>
    typeof one === 'string' ? ideasOf(scene, one) : [heardIdea(one)],
  )
  return ideas.map((one, index) => ({ ...one, title: '', sources: [], number: index + 1 }))
}

const ideasOf = (scene: PoolScene, who: PersonId) =>
  (scene.own[who]?.ideas ?? []).map((sentence, index) => ({
    id: `${who}#${index + 1}`,
    sentence,
    authors: [who],
  }))

const heardIdea = ({ id, text, author }: Heard) => ({ id, sentence: text, authors: author ? [author] : [] })

function keep(ask: InputOf<'own-save' | 'own-done'>, by: PersonId, scene: PoolScene): Decision<PoolEvent> {
  if (!scene.session.participants[by]?.contributes) return refuse('participants-only')
  if (isShown(scene, by)) return refuse('shown-already')
  const done = ask.do === 'own-done'
  const before = scene.own[by]?.ideas ?? []
  const { values, problems } = gather(
    Object.fromEntries(inputIds(scene.perPerson).map((id) => [id, line(ask[id], bounds.sentence, false)])),
  )
  if (Object.keys(problems).length) return refuse('invalid', { problems })
  const ideas = Object.values(values).filter((text) => text !== '')
  if (ideas.length) return { events: [{ type: 'own-kept', who: by, ideas, done }] }
  if (done && before.length) return { events: [{ type: 'own-kept', who: by, ideas: before, done }] }
  return refuse('invalid', { problems: { idea1: say('problem.empty') } })
}

function reopen(by: PersonId, scene: PoolScene): Decision<PoolEvent> {
  const mine = scene.own[by]
  if (!mine) return refuse('not-now')
  if (isShown(scene, by)) return refuse('shown-already')
  return { events: [{ type: 'own-kept', who: by, ideas: mine.ideas, done: false }] }
}

function showAll(by: PersonId, scene: PoolScene): Decision<PoolEvent> {
  if (!steers(scene.session, by)) return refuse('facilitator-only')
  const events = reveal(sealedAuthors(scene), scene)
  return events.length ? { events, move: 'own-show-all' } : refuse('already')
}

function addHeard(ask: InputOf<'heard-add'>, by: PersonId, scene: PoolScene): Decision<PoolEvent> {
  if (!scribes(scene.session, by)) return refuse('organisers-only')
  const before = scene.pool.filter((one) => typeof one !== 'string').length
  if (before >= bounds.ideasHeard) return refuse('full', { with: { max: bounds.ideasHeard } })
  const { values, problems } = gather({ text: line(ask.text, bounds.sentence) })
  if (Object.keys(problems).length) return refuse('invalid', { problems })
  const author = entryOf(scene.session.participants, ask.author) ? ask.author : null
  const idea = { id: `heard-${scene.session.count}`, text: values.text, author, by }
  return { events: [{ type: 'idea-heard', heard: idea }], move: 'heard-add' }
}

/** What the room has may be mended when the session is over; what is sealed is not among it. */
export const pooledTexts = (scene: PoolScene): Amendable[] =>
  pooled(scene).map(({ id, number = 0, sentence, authors }) => ({
    item: id,
    key: 'text',
    label: say('review.idea', { number }),
    field: null,
    text: sentence,
    authors,
    max: bounds.sentence,
    needed: true,
    paragraph: false,
  }))

/** Someone's own idea is called `<who>#<n>`. */
export function retextedOwn(own: PoolScene['own'], { item, text }: Retext): PoolScene['own'] {
  const cut = item.lastIndexOf('#')
  const who = item.slice(0, cut)
  const before = cut < 0 ? undefined : own[who]
  const at = Number(item.slice(cut + 1)) - 1
  if (before?.ideas[at] === undefined) return own
  return { ...own, [who]: { ...before, ideas: before.ideas.with(at, text), edits: before.edits + 1 } }
}

export const retextedPool = (ideas: Pool, { item, text }: Retext): Pool =>
  ideas.map((one) => (typeof one !== 'string' && one.id === item ? { ...one, text } : one))
