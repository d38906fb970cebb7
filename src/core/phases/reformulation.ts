import { z } from 'zod'
import { bilingual } from '../bilingual.ts'
import { bounds } from '../bounds.ts'
import { broughtSources, broughtText } from '../brought.ts'
import { entryOf } from '../entry-of.ts'
import {
  decideFloor,
  emptyFloor,
  evolveFloor,
  type FloorEvent,
  type FloorScene,
  floor,
  floorAlarm,
  floorDialog,
  floorGoesOn,
  floorInput,
  floorTask,
  floorView,
  ringFloor,
  shiftFloor,
} from '../floor.ts'
import { contributors, nameOf, scribes, steers } from '../session/people.ts'
import type { PersonId } from '../session/types.ts'
import {
  composed,
  decideSheet,
  evolveGiven,
  type Given,
  type GivenTexts,
  givenTexts,
  isTaken,
  regiven,
  retexted,
  type SheetEvent,
  type SheetScene,
  sheetInput,
  standing,
  textsOf,
  titleId,
} from '../sheet.ts'
import { eachItsOwn, slug } from '../slug.ts'
import type { Block } from '../summary/chapter.ts'
import type { Amendable } from '../summary/review.ts'
import { said, say, type Text, type ViewData } from '../text.ts'
import {
  type Decision,
  type Draft,
  type Item,
  type Phase,
  refuse,
  type Scene,
  sourceIn,
  type Viewer,
} from './contract.ts'

const prompt = z
  .object({
    id: slug().refine((id) => id !== titleId, { message: 'script.title-of-sheet', params: { id: titleId } }),
    label: bilingual,
  })
  .strict()

const options = z
  .object({
    turnSeconds: z.number().min(10).max(1800).default(60),
    /** Beginnings of sentences, for those who look for their words. */
    starters: z.array(bilingual).max(12).default([]),
    /** The sentences of the sheet, which everyone may complete. */
    prompts: z
      .array(prompt)
      .min(1)
      .max(8)
      .superRefine((all, told) => eachItsOwn(all, told)),
  })
  .strict()
type Options = z.infer<typeof options>

const shared = z.object({
  floor,
  /** By prompt, the title's included. */
  composed: z.record(composed),
})
type Shared = z.infer<typeof shared>

const input = z.discriminatedUnion('do', [...floorInput.options, ...sheetInput.options])
type Input = z.infer<typeof input>
type Event = FloorEvent | SheetEvent
type Here = Scene<Options, GivenTexts, Shared>

/** Volunteers say the subject in their own words; everyone completes the sheet, from which it is reworded (kit §3, #2.4). */
export const reformulation: Phase<Options, GivenTexts, Shared, Input, Event> = {
  kind: 'reformulation',
  options,
  answer: givenTexts,
  shared,
  input,
  begin: () => ({ floor: emptyFloor([]), composed: {} }),
  decide: (ask, by, scene) => decide(ask, by, scene),
  evolve: (event, slice) => {
    switch (event.type) {
      case 'texts-given':
      case 'text-changed':
        return {
          ...slice,
          answers: { ...slice.answers, [event.who]: evolveGiven(slice.answers[event.who], event) },
        }
      case 'composed':
        return {
          ...slice,
          shared: {
            ...slice.shared,
            composed: { ...slice.shared.composed, [event.prompt]: event.composed },
          },
        }
      default:
        return { ...slice, shared: { ...slice.shared, floor: evolveFloor(slice.shared.floor, event) } }
    }
  },
  task: (scene, viewer) => task(scene, viewer),
  body: (scene, viewer) => body(scene, viewer),
  form: (scene, viewer, draft) => form(scene, viewer, draft),
  dialog(name, scene, by, draft) {
    if (name === 'floor') return steers(scene.session, by) ? floorDialog(floorOf(scene), draft) : null
    return name === 'reformulate' && scribes(scene.session, by) ? reformulate(scene, draft) : null
  },
  late: 'until-close',
  harvest: (scene) => harvest(scene),
  contributions: (scene) => standing(scene.answers).map((one) => contribution(scene, one)),
  alarm: ({ floor: state }) => floorAlarm(state),
  ring: ({ floor: state }, now) => ringFloor(state, now),
  shift: (state, by) => ({ ...state, floor: shiftFloor(state.floor, by) }),
  chapter: (scene) => ({ id: scene.segment.id, title: scene.segment.title, blocks: blocks(scene) }),
  texts: (scene) => [
    amendable(scene, titleId),
    ...scene.options.prompts.map(({ id }) => amendable(scene, id)),
    ...standing(scene.answers).map((one) => givenText(scene, one)),
  ],
  retext: ({ answers, shared: state }, change) => ({
    answers: regiven(answers, change),
    shared: { ...state, composed: retexted(state.composed, change) },
  }),
}

/** What people give is taken until the end; what is done together, while the segment runs. */
function decide(ask: Input, by: PersonId, scene: Here): Decision<Event> {
  switch (ask.do) {
    case 'prompts-give':
    case 'prompt-give':
    case 'text-edit':
    case 'text-remove':
      return decideSheet(ask, by, sheetOf(scene))
    case 'compose':
    case 'compose-from':
      return scene.current ? decideSheet(ask, by, sheetOf(scene)) : refuse('not-now')
    default:
      return scene.current ? decideFloor(ask, by, floorOf(scene)) : refuse('not-now')
  }
}

const sheetOf = (scene: Here): SheetScene => ({
  session: scene.session,
  prompts: scene.options.prompts,
  given: scene.answers,
  composed: scene.shared.composed,
})

const floorOf = (scene: Here): FloorScene => ({
  session: scene.session,
  floor: scene.shared.floor,
  people: contributors(scene.session).map((one) => one.id),
  turn: scene.options.turnSeconds * 1000,
  now: scene.now,
  voluntary: true,
})

/** What is written of the title: composed here, or brought by the subject. */
const titleOf = (scene: Here): string =>
  scene.shared.composed[titleId]?.text ?? broughtText(scene.session, 'title')

/** The texts a composed sentence was made from; one that was withdrawn while it was undone is none any more. */
function sourcesOf(scene: Here, prompt: string): Given[] {
  const ids = scene.shared.composed[prompt]?.sources ?? []
  return standing(scene.answers).filter((one) => ids.includes(one.id))
}

const madeFrom = (scene: Here, prompt: string) => ({
  authors: [...new Set(sourcesOf(scene, prompt).map((one) => one.who))],
  sources: sourcesOf(scene, prompt).map((one) => sourceIn(scene.segment.id, one.id)),
})

/** The sheet: its title, then each sentence composed so far. */
function harvest(scene: Here): Item[] {
  const title = titleOf(scene)
  const { authors, sources } = madeFrom(scene, titleId)
  const origins = broughtSources(scene.session, 'title')
  const sentences = scene.options.prompts.flatMap(({ id, label }) => {
    const written = scene.shared.composed[id]
    return written ? [{ id, label, title: '', sentence: written.text, ...madeFrom(scene, id) }] : []
  })
  return [
    ...(title ? [{ id: titleId, title, sentence: '', authors, sources: [...sources, ...origins] }] : []),
    ...sentences,
  ]
}

const contribution = (scene: Here, one: Given): Item => ({
  id: one.id,
  ...labelled(scene, one.prompt),
  title: '',
  sentence: one.text,
  authors: [one.who],
  sources: [],
  number: one.number,
})

function labelled(scene: Here, prompt: string): Pick<Item, 'label'> {
  const label = scene.options.prompts.find(({ id }) => id === prompt)?.label
  return label ? { label } : {}
}

function task(scene: Here, viewer: Viewer): Text {
  const { session, answers } = scene
  if (floorGoesOn(floorOf(scene))) return floorTask(floorOf(scene), viewer, say('reformulation.task-mine'))
  if (viewer.sees === 'room') return say('reformulation.task')
  if (steers(session, viewer.id)) return say('reformulation.task-facilitator')
  if (!session.participants[viewer.id]?.contributes) return say('reformulation.task-neutral')
  return say(textsOf(answers, viewer.id).length ? 'reformulation.task-more' : 'reformulation.task')
}

function body(scene: Here, viewer: Viewer): { [key: string]: ViewData } {
  const writes = viewer.sees === 'person' && scribes(scene.session, viewer.id)
  return {
    subject: subjectView(scene),
    starters: scene.options.starters,
    floor: floorView(floorOf(scene), viewer),
    leads: floorGoesOn(floorOf(scene)),
    titleId,
    title: saidOrNothing(scene.shared.composed[titleId]?.text),
    prompts: scene.options.prompts.map((one, index) => promptView(scene, one, index + 1)),
    count: say('reformulation.count', { count: standing(scene.answers).length }),
    writes,
    mayTake: writes && standing(scene.answers).length > 0,
  }
}

/** The subject as it was brought, in short. */
function subjectView({ session }: Here): ViewData {
  const title = broughtText(session, 'title')
  if (title === '') return null
  const sentence = broughtText(session, 'reformulation') || broughtText(session, 'sentence')
  return { title: said(title), sentence: saidOrNothing(sentence) }
}

/** A template tests an empty text, and draws what people wrote between marks. */
const saidOrNothing = (text: string | undefined): Text | null => (text ? said(text) : null)

/** About this many texts are shown on the whole card; the dialog has them all. */
const shownInAll = 18

function promptView(
  scene: Here,
  { id, label }: Options['prompts'][number],
  number: number,
): { [key: string]: ViewData } {
  const texts = standing(scene.answers).filter((one) => one.prompt === id)
  const most = Math.max(2, Math.floor(shownInAll / scene.options.prompts.length))
  const earlier = Math.max(texts.length - most, 0)
  return {
    id,
    number: String(number),
    label,
    composed: saidOrNothing(scene.shared.composed[id]?.text),
    earlier: earlier ? say('reformulation.earlier', { count: earlier }) : null,
    texts: texts.slice(earlier).map((one) => ({
      source: one.id,
      number: String(one.number),
      text: said(one.text),
      author: nameOf(scene.session, one.who),
      taken: isTaken(one.id, scene.shared.composed),
    })),
  }
}

function form(scene: Here, viewer: Viewer, draft: Draft): { [key: string]: ViewData } {
  const me = viewer.sees === 'person' ? viewer.id : null
  const mine = me ? textsOf(scene.answers, me) : []
  const asked = mine.find((one) => one.id === (draft.typed?.text ?? draft.about))
  const adds = draft.edit === true || draft.problems !== undefined
  return {
    neutral: me !== null && scene.session.participants[me]?.contributes === false,
    receipt: mine.length > 0 && !asked && !adds,
    mends: asked !== undefined,
    hasTexts: mine.length > 0,
    subject: saidOrNothing(broughtText(scene.session, 'title')),
    prompts: scene.options.prompts.map(({ id, label }) => ({
      inputId: `p-${id}`,
      label,
      value: said(draft.typed?.[`p-${id}`] ?? ''),
      problem: draft.problems?.[`p-${id}`] ?? null,
    })),
    texts: mine.map((one) => ({
      ...ownView(scene, one),
      text: said(one.text),
      taken: isTaken(one.id, scene.shared.composed),
    })),
    own: asked ? { ...ownView(scene, asked), value: said(draft.typed?.own ?? asked.text) } : null,
    ownProblem: draft.problems?.own ?? null,
    help: say('reformulation.form-help', { max: bounds.sentence }),
    max: say('field.at-most', { max: bounds.sentence }),
    problems: draft.problems !== undefined,
  }
}

const ownView = (scene: Here, one: Given): { [key: string]: ViewData } => ({
  key: one.id,
  number: String(one.number),
  label: labelled(scene, one.prompt).label ?? null,
})

function reformulate(scene: Here, draft: Draft): { [key: string]: ViewData } | null {
  const about = draft.about ?? ''
  const label = about === titleId ? say('reformulation.title') : labelled(scene, about).label
  if (!label) return null
  const written = entryOf(scene.shared.composed, about)
  const texts = standing(scene.answers).filter((one) => about === titleId || one.prompt === about)
  const before = about === titleId ? titleOf(scene) : (written?.text ?? '')
  return {
    prompt: about,
    label,
    text: said(draft.typed ? (draft.typed.text ?? '') : before),
    problem: draft.problems?.text ?? null,
    max: say('field.at-most', { max: about === titleId ? bounds.title : bounds.composed }),
    was: written?.version ?? 0,
    chosen: draft.typed ? (draft.typed.sources ?? '') : (written?.sources ?? []).join(','),
    sources: texts.map((one) => ({ title: citation(scene, one), value: one.id })),
  }
}

const citation = (scene: Here, one: Given): Text =>
  say('reformulation.citation', {
    number: one.number,
    text: said(one.text),
    name: nameOf(scene.session, one.who),
  })

/** The sheet as composed, then who said what. */
function blocks(scene: Here): Block[] {
  const { prompts } = scene.options
  const title = titleOf(scene)
  const facts = prompts.flatMap(({ id, label }) => {
    const written = scene.shared.composed[id]
    return written ? [{ label, value: said(written.text) }] : []
  })
  const lists = prompts.flatMap(({ id, label }): Block[] => {
    const texts = standing(scene.answers).filter((one) => one.prompt === id)
    return texts.length
      ? [{ block: 'list', title: label, items: texts.map((one) => citation(scene, one)) }]
      : []
  })
  const head = title ? [{ label: say('reformulation.title'), value: said(title) }] : []
  return [
    ...(head.length + facts.length ? [{ block: 'facts' as const, facts: [...head, ...facts] }] : []),
    ...lists,
  ]
}

/** The sentences left empty too: that is what is left to complete. One that was composed is reworded, never taken out. */
function amendable(scene: Here, prompt: string): Amendable {
  const written = scene.shared.composed[prompt]
  const { authors } = madeFrom(scene, prompt)
  const text = prompt === titleId ? titleOf(scene) : (written?.text ?? '')
  return {
    item: prompt,
    key: 'text',
    label: labelled(scene, prompt).label ?? say('reformulation.title'),
    field: null,
    text,
    authors: authors.length || !written ? authors : [written.by],
    max: prompt === titleId ? bounds.title : bounds.composed,
    needed: text !== '',
    paragraph: false,
  }
}

/** What people gave is told under their name. */
const givenText = (scene: Here, one: Given): Amendable => ({
  item: one.id,
  key: 'given',
  label: say('review.contribution', { number: one.number }),
  field: labelled(scene, one.prompt).label ?? null,
  text: one.text,
  authors: [one.who],
  max: bounds.sentence,
  needed: true,
  paragraph: false,
})
