import { z } from 'zod'
import { bilingual } from './bilingual.ts'
import { bounds } from './bounds.ts'
import { broughtSources, broughtText } from './brought.ts'
import { type Item, type Scene, sourceIn } from './phases/contract.ts'
import { type PersonId, personId } from './session/types.ts'
import { eachItsOwn, slug } from './slug.ts'

/** The commitment canvas as it stands: its headings, what was proposed, and what was written. */

const heading = z
  .object({
    id: slug(),
    label: bilingual,
    /** What is expected there. */
    help: bilingual,
    max: z.number().int().min(20).max(1200).default(bounds.heading),
    /** The principles stand side by side at the foot of the canvas. */
    group: z.enum(['main', 'principle']).default('main'),
  })
  .strict()
export type Heading = z.infer<typeof heading>

export const options = z
  .object({
    headings: z.array(heading).min(1).max(12),
    /** Presents what an earlier session wrote, a heading at a time, and asks what to add (kit §3, #3.3). */
    walk: z.boolean().default(false),
    /** Segment whose harvest is at hand while the canvas is written. */
    ideas: z.string().optional(),
    /** Segment that put the subject in other words; its title then stands for the subject. */
    subject: z.string().optional(),
  })
  .strict()
  .superRefine(({ headings }, told) => eachItsOwn(headings, told, ['headings']))
export type Options = z.infer<typeof options>

export const proposal = z.object({
  id: z.string(),
  /** As it is called aloud and typed; never given twice in the segment. */
  number: z.number().int(),
  heading: z.string(),
  text: z.string(),
})
export type Proposal = z.infer<typeof proposal> & { who: PersonId }
export const answer = z.object({
  proposals: z.array(proposal),
  /** Proposals ever made by this person: names the next one. */
  made: z.number().int(),
  signals: z.record(z.enum(['clear', 'question'])),
})
export type Answer = z.infer<typeof answer>

export const written = z.object({
  text: z.string(),
  sources: z.array(z.string()),
  editedBy: z.array(personId),
  /** Grows at each edit, so that nobody overwrites what she has not seen. */
  edits: z.number().int(),
})
export const shared = z.object({
  /** What was written in this segment; a heading nobody touched keeps what the session started from. */
  headings: z.record(written),
  /** Headings left for later. */
  later: z.array(z.string()),
  /** Proposals the organising team set aside. */
  aside: z.array(z.string()),
  page: z.number().int(),
})
export type Shared = z.infer<typeof shared>
export type Written = z.infer<typeof written>

export type CanvasScene = Scene<Options, Answer, Shared>

/** Everything proposed, in the order it was. */
export const proposalsOf = ({ answers }: Pick<CanvasScene, 'answers'>): Proposal[] =>
  Object.entries(answers)
    .flatMap(([who, { proposals }]) => proposals.map((one) => ({ ...one, who })))
    .sort((a, b) => a.number - b.number)

/** What stands under a heading: what was written here, else what the session started from. */
export function textOf({ session, shared: state }: CanvasScene, id: string): string {
  const here = state.headings[id]
  if (here) return here.text
  return session.steer.brought?.shape === 'canvas' ? broughtText(session, id) : ''
}

export function sourcesOf({ session, shared: state }: CanvasScene, id: string): string[] {
  const before = session.steer.brought?.shape === 'canvas' ? broughtSources(session, id) : []
  return state.headings[id]?.sources ?? before
}

export const editsOf = ({ shared: state }: CanvasScene, id: string): number => state.headings[id]?.edits ?? 0

/** Whether the text of this proposal stands in its heading. */
export const isTaken = (scene: CanvasScene, one: Proposal): boolean =>
  sourcesOf(scene, one.heading).includes(sourceIn(scene.segment.id, one.id))

/** The subject the commitment answers, as it was last put in words, and where that comes from. */
export function subjectOf({ session, options, harvest }: CanvasScene): { title: string; sources: string[] } {
  const segment = options.subject ?? ''
  const reworded = harvest(segment).find((one) => one.id === 'title')
  if (reworded?.sentence || reworded?.title)
    return { title: reworded.title || reworded.sentence, sources: [sourceIn(segment, 'title')] }
  return session.steer.brought?.shape === 'subject'
    ? { title: broughtText(session, 'title'), sources: broughtSources(session, 'title') }
    : { title: '', sources: [] }
}

/** Ideas of an earlier segment, for the organising team to draw from. */
export const ideasAtHand = ({ options: { ideas }, harvest }: CanvasScene): Item[] =>
  ideas === undefined ? [] : harvest(ideas)

/** What a heading may cite: the proposals made to it, and the ideas at hand. */
export const citable = (scene: CanvasScene, id: string): Citable[] => [
  ...ownProposals(scene, id),
  ...ideasCitable(scene),
]

export interface Citable {
  key: string
  text: string
  who: PersonId[]
}

export const ownProposals = (scene: CanvasScene, id: string): Citable[] =>
  proposalsOf(scene)
    .filter((one) => one.heading === id)
    .map((one) => ({ key: sourceIn(scene.segment.id, one.id), text: one.text, who: [one.who] }))

export const ideasCitable = (scene: CanvasScene): Citable[] =>
  ideasAtHand(scene).map((one) => ({
    key: sourceIn(scene.options.ideas ?? '', one.id),
    text: one.title || one.sentence,
    who: one.authors,
  }))

export const headingOf = (scene: CanvasScene, id: string): Heading | undefined =>
  scene.options.headings.find((one) => one.id === id)
