import { z } from 'zod'
import { bilingual } from './bilingual.ts'
import { bounds } from './bounds.ts'
import { entryOf } from './entry-of.ts'
import type { Item, Scene } from './phases/contract.ts'
import { sourceIn } from './phases/contract.ts'
import { type PersonId, personId } from './session/types.ts'
import { eachItsOwn, slug } from './slug.ts'
import type { Amendable, Retext } from './summary/review.ts'
import { type Bilingual, said, say, type Text } from './text.ts'

/** What the listing of sub-actions holds: sentences completed live, and what is formulated from them. */

const toComplete = bilingual.refine(({ fr, en }) => fr.endsWith('…') && en.endsWith('…'), {
  message: 'script.to-complete',
})
const starter = z
  .object({
    id: slug(),
    text: toComplete,
  })
  .strict()
export type Starter = z.infer<typeof starter>

export const options = z
  .object({
    starters: z.array(starter).min(1).max(12),
    /** Segment of the canvas whose headings the sub-actions serve. */
    canvas: z.string().optional(),
  })
  .strict()
  .superRefine(({ starters }, told) => eachItsOwn(starters, told, ['starters']))
export type Options = z.infer<typeof options>

const idea = z.object({
  /** `<who>#<n>`. */
  id: z.string(),
  /** As it is called aloud and typed; never given twice in the segment. */
  number: z.number().int(),
  starter: z.string(),
  /** The end of the sentence. */
  text: z.string(),
})
export type Idea = z.infer<typeof idea> & { who: PersonId }

export const answer = z.object({
  ideas: z.array(idea),
  /** Ideas ever given by this person: names the next one. */
  made: z.number().int(),
  /** What she answered the last time the whole list was gone through. */
  sweep: z.object({ round: z.number().int(), sees: z.enum(['nothing', 'one']) }).nullable(),
})
export type Answer = z.infer<typeof answer>

const subAction = z.object({
  id: z.string(),
  /** As people call it aloud; never given twice. */
  number: z.number().int(),
  title: z.string(),
  sentence: z.string(),
  /** Ideas it was made from. */
  ideas: z.array(z.string()),
  /** Headings of the canvas it serves: one, or those of everything merged into it. */
  headings: z.array(z.string()),
  /** Who said it aloud. */
  heard: z.array(personId),
  state: z.enum(['on', 'merged', 'removed']),
  into: z.string().nullable(),
  editedBy: z.array(personId),
  /** Never the same twice, even after an undo: nobody overwrites what she has not seen. */
  version: z.number().int(),
})
export type SubAction = z.infer<typeof subAction>

export const shared = z.object({
  list: z.record(subAction),
  /** Pairs the organising team said are two different sub-actions. */
  apart: z.array(z.string()),
  /** The time the whole list is being gone through; null while listing. */
  sweep: z.number().int().nullable(),
})
export type Shared = z.infer<typeof shared>

export type Here = Scene<Options, Answer, Shared>

/** The sub-actions of the list, by number. */
export const live = ({ list }: Shared): SubAction[] => inState('on', list)

export const removed = ({ list }: Shared): SubAction[] => inState('removed', list)

const inState = (state: SubAction['state'], list: Shared['list']): SubAction[] =>
  Object.values(list)
    .filter((one) => one.state === state)
    .sort((a, b) => a.number - b.number)

/** By its id, or by the number people call it by. */
export const subActionOf = ({ list }: Shared, name: string): SubAction | undefined =>
  entryOf(list, name) ?? Object.values(list).find((one) => String(one.number) === name)

/** Every idea given, in the order they were. */
export const ideasOf = ({ answers }: Pick<Here, 'answers'>): Idea[] =>
  Object.entries(answers)
    .flatMap(([who, { ideas }]) => ideas.map((one) => ({ ...one, who })))
    .sort((a, b) => a.number - b.number)

/** By its id, or by its number. */
export const ideaOf = (scene: Pick<Here, 'answers'>, name: string): Idea | undefined =>
  ideasOf(scene).find((one) => one.id === name || String(one.number) === name)

/** The sub-actions of the list that were made from this idea. */
export const madeFrom = ({ shared: state }: Here, { id }: Idea): SubAction[] =>
  live(state).filter((one) => one.ideas.includes(id))

/** What no sub-action of the list has used. */
export const unused = (scene: Here): Idea[] =>
  ideasOf(scene).filter((one) => madeFrom(scene, one).length === 0)

/** What it was made from and still stands: a person may have withdrawn an idea while its sub-action was undone. */
export const ideasIn = (scene: Here, { ideas }: SubAction): Idea[] =>
  ideasOf(scene).filter((one) => ideas.includes(one.id))

export const authorsOf = (scene: Here, one: SubAction): PersonId[] => [
  ...new Set([...ideasIn(scene, one).map(({ who }) => who), ...one.heard]),
]

/** What the canvas holds so far, for the sub-actions to cite. */
export const headingsOf = ({ options: { canvas }, harvest }: Here): Item[] =>
  canvas === undefined ? [] : harvest(canvas)

export const headingsIn = (scene: Here, { headings }: SubAction): Item[] =>
  headingsOf(scene).filter(({ id }) => headings.includes(id))

export const starterOf = ({ options: { starters } }: Here, id: string): Starter | undefined =>
  starters.find((one) => one.id === id)

/** What comes before the end of the sentence: « Nous pourrions… » is then « Nous pourrions » and a space. */
export function beginning(scene: Here, { starter: id }: Idea): Bilingual {
  const text = starterOf(scene, id)?.text
  return { fr: ready(text?.fr ?? ''), en: ready(text?.en ?? '') }
}

/** After an apostrophe nothing separates the two: « Il faudrait qu’… ». */
const ready = (text: string): string => text.replace(/\s*…$/u, '').replace(/([^'’])$/u, '$1 ')

/** People often write the whole sentence, or begin with the three points: the beginning is there already. */
export function endOnly(text: string, one: Starter): string {
  const shorter = text.replace(/^\s*(?:…|\.{3})\s*/u, '')
  const said = [one.text.fr, one.text.en].find((start) =>
    shorter.toLowerCase().startsWith(ready(start).toLowerCase()),
  )
  return said === undefined ? shorter : shorter.slice(ready(said).length)
}

/** The whole sentence, each reader getting its beginning in her language. */
export const completed = (scene: Here, one: Idea): Text =>
  say('sub-actions.sentence', { start: beginning(scene, one), end: said(one.text) })

/** What later segments get, with all it was made from. */
export const toItem = (scene: Here, one: SubAction): Item => ({
  id: one.id,
  number: one.number,
  title: one.title,
  sentence: one.sentence,
  authors: authorsOf(scene, one),
  sources: [
    ...ideasIn(scene, one).map(({ id }) => sourceIn(scene.segment.id, id)),
    ...headingsIn(scene, one).map(({ id }) => sourceIn(scene.options.canvas ?? '', id)),
  ],
})

/** An idea as what is made from it cites it: the whole sentence, in the session's language. */
export const contribution = (scene: Here, one: Idea): Item => ({
  id: one.id,
  number: one.number,
  title: '',
  sentence: `${beginning(scene, one)[scene.session.lang]}${one.text}`,
  authors: [one.who],
  sources: [],
})

/** What each person answered this time round. */
export const seeing = ({ answers, shared: { sweep } }: Here, sees: 'nothing' | 'one'): PersonId[] =>
  Object.entries(answers).flatMap(([who, given]) =>
    sweep !== null && given.sweep?.round === sweep && given.sweep.sees === sees ? [who] : [],
  )

export const pairKey = (a: string, b: string): string => [a, b].sort().join('|')

/** One of its two texts, which may be mended when the session is over. */
export const textOf = (scene: Here, one: SubAction, key: 'title' | 'sentence'): Amendable => ({
  item: one.id,
  key,
  label: say('review.sub-action', { number: one.number }),
  field: key === 'title' ? say('review.title') : say('sub-actions.precision'),
  text: one[key],
  authors: authorsOf(scene, one),
  max: bounds[key],
  needed: key === 'title',
  paragraph: false,
})

export function retexted(state: Shared, { item, key, text, by, version }: Retext): Shared {
  const before = state.list[item]
  if (!before || (key !== 'title' && key !== 'sentence')) return state
  const editedBy = [...new Set([...before.editedBy, by])]
  return { ...state, list: { ...state.list, [item]: { ...before, [key]: text, editedBy, version } } }
}

/** The end of a sentence, told under the name of who gave it. */
export const ideaText = (scene: Here, one: Idea): Amendable => ({
  item: one.id,
  key: 'given',
  label: say('review.contribution', { number: one.number }),
  field: starterOf(scene, one.starter)?.text ?? null,
  text: one.text,
  authors: [one.who],
  max: bounds.sentence,
  needed: true,
  paragraph: false,
})

export function regiven(answers: Here['answers'], { item, key, text }: Retext): Here['answers'] {
  const one = ideasOf({ answers }).find(({ id }) => id === item)
  const given = one && answers[one.who]
  if (!given || key !== 'given') return answers
  const ideas = given.ideas.map((each) => (each.id === item ? { ...each, text } : each))
  return { ...answers, [one.who]: { ...given, ideas } }
}
