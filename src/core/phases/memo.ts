import { z } from 'zod'
import { bilingual } from '../bilingual.ts'
import {
  type ClarityAnswer,
  type ClarityEvent,
  clarityAnswer,
  clarityInput,
  clarityView,
  evolveClarity,
} from '../clarity.ts'
import { steers } from '../session/people.ts'
import { say, type Text, type ViewData } from '../text.ts'
import { type Decision, type Draft, type Phase, refuse, type Scene } from './contract.ts'

const page = z
  .object({
    title: bilingual,
    lead: bilingual.optional(),
    points: z
      .array(z.object({ title: bilingual.optional(), text: bilingual }).strict())
      .min(1)
      .max(10),
  })
  .strict()

const options = z
  .object({
    sheets: z
      .array(z.object({ title: bilingual, pages: z.array(page).min(1).max(10) }).strict())
      .min(1)
      .max(6),
    /** The facilitator picks which pages are presented (kit §3, #3.4: two or three examples are enough). */
    choose: z.boolean().default(false),
  })
  .strict()
type Options = z.infer<typeof options>

/** Pages are called by their place among all those of the script, presented or not. */
const shared = z.object({
  page: z.number().int().min(0),
  hidden: z.array(z.number().int()).default([]),
})
type Shared = z.infer<typeof shared>

const input = z.discriminatedUnion('do', [
  ...clarityInput.options,
  z.object({ do: z.literal('page-next'), page: z.coerce.number().int().optional() }),
  z.object({ do: z.literal('page-back'), page: z.coerce.number().int().optional() }),
  /** The numbers of the pages to present, from 1, with a comma between them. */
  z.object({ do: z.literal('pages-choose'), pages: z.string().default('') }),
])
type Input = z.infer<typeof input>
type Event =
  | ClarityEvent
  | { type: 'page-turned'; page: number }
  | { type: 'pages-chosen'; hidden: number[]; page: number }
type Here = Scene<Options, ClarityAnswer, Shared>

/** Memo sheets, turned page by page by the facilitator for everyone (kit §3, #1.3). */
export const memo: Phase<Options, ClarityAnswer, Shared, Input, Event> = {
  kind: 'memo',
  options,
  answer: clarityAnswer,
  shared,
  input,
  begin: () => ({ page: 0, hidden: [] }),
  decide(ask, by, scene) {
    switch (ask.do) {
      case 'page-next':
        return turn(1, ask.page, by, scene)
      case 'page-back':
        return turn(-1, ask.page, by, scene)
      case 'pages-choose':
        return choose(ask.pages, by, scene)
      case 'clear':
      case 'question':
        return { events: [{ type: 'signalled', who: by, page: scene.shared.page, signal: ask.do }] }
    }
  },
  evolve(event, slice) {
    switch (event.type) {
      case 'page-turned':
        return { ...slice, shared: { ...slice.shared, page: event.page } }
      case 'pages-chosen':
        return { ...slice, shared: { page: event.page, hidden: event.hidden } }
      case 'signalled':
        return { ...slice, answers: evolveClarity(slice.answers, event) }
    }
  },
  task: (_scene, viewer) => (viewer.sees === 'room' ? say('memo.task-room') : say('memo.task')),
  body: (scene, viewer) => ({
    ...pageView(scene),
    clarity: clarityView(scene.session, scene.answers, scene.shared.page, viewer),
    pageNumber: scene.shared.page,
    mayGoBack: neighbour(-1, scene) !== undefined,
    mayGoOn: neighbour(1, scene) !== undefined,
    leads: neighbour(1, scene) !== undefined,
    turns: viewer.sees === 'person' && steers(scene.session, viewer.id),
    mayChoose: scene.options.choose && viewer.sees === 'person' && steers(scene.session, viewer.id),
  }),
  dialog: (name, scene, by, draft) =>
    name === 'sheets' && scene.options.choose && steers(scene.session, by)
      ? chooseDialog(scene, draft)
      : null,
  chapter: (scene) => ({
    id: scene.segment.id,
    title: scene.segment.title,
    blocks: [
      scene.options.choose
        ? { block: 'list', title: say('memo.pages-shown'), items: presented(scene).map(({ title }) => title) }
        : { block: 'list', title: say('memo.sheets'), items: scene.options.sheets.map(({ title }) => title) },
    ],
  }),
}

function turn(by: 1 | -1, seen: number | undefined, who: string, scene: Here): Decision<Event> {
  if (!steers(scene.session, who)) return refuse('facilitator-only')
  if (seen !== undefined && seen !== scene.shared.page) return refuse('already')
  const to = neighbour(by, scene)
  if (to === undefined) return refuse('not-now')
  return { events: [{ type: 'page-turned', page: to }], move: 'page' }
}

/** A page that is no longer presented leaves the screen to the next one, or else to the last. */
function choose(pages: string, who: string, scene: Here): Decision<Event> {
  if (!steers(scene.session, who)) return refuse('facilitator-only')
  if (!scene.options.choose) return refuse('not-now')
  const wanted = pages.split(',').map((one) => Number(one) - 1)
  const all = pagesOf(scene.options).map(({ index }) => index)
  const kept = all.filter((index) => wanted.includes(index))
  const last = kept.at(-1)
  if (last === undefined) return refuse('invalid', { problems: { pages: say('memo.choose-one') } })
  const hidden = all.filter((index) => !kept.includes(index))
  if (hidden.join() === scene.shared.hidden.join()) return { events: [] }
  const page = kept.find((index) => index >= scene.shared.page) ?? last
  return { events: [{ type: 'pages-chosen', hidden, page }], move: 'pages-choose' }
}

const pagesOf = (opts: Options) =>
  opts.sheets
    .flatMap((sheet) => sheet.pages.map((one) => ({ sheet: sheet.title, ...one })))
    .map((one, index) => ({ ...one, index }))

const presented = ({ options: opts, shared: { hidden } }: Here) =>
  pagesOf(opts).filter(({ index }) => !hidden.includes(index))

/** The page before or after the one on screen, among those presented. */
function neighbour(by: 1 | -1, scene: Here): number | undefined {
  const pages = presented(scene).map(({ index }) => index)
  const { page } = scene.shared
  return by === 1 ? pages.find((index) => index > page) : pages.findLast((index) => index < page)
}

function pageView(scene: Here): { [key: string]: ViewData } {
  const pages = presented(scene)
  const shown = pages.findLast(({ index }) => index <= scene.shared.page) ?? pages[0]
  if (!shown) return {}
  return {
    sheet: shown.sheet,
    title: shown.title,
    lead: shown.lead ?? null,
    points: shown.points.map((point) => ({ title: point.title ?? null, text: point.text })),
    number: say('memo.page', { page: pages.indexOf(shown) + 1, pages: pages.length }),
    chosen: chosenText(scene),
  }
}

function chosenText(scene: Here): Text | null {
  const [shown, total] = [presented(scene).length, pagesOf(scene.options).length]
  return shown < total ? say('memo.chosen', { shown, total }) : null
}

function chooseDialog(scene: Here, { typed, problems }: Draft): { [key: string]: ViewData } {
  const several = scene.options.sheets.length > 1
  return {
    choices: pagesOf(scene.options).map(({ index, sheet, title }) => ({
      value: String(index + 1),
      title: several
        ? say('memo.choice-sheet', { number: index + 1, sheet, title })
        : say('memo.choice', { number: index + 1, title }),
    })),
    pages: typed
      ? (typed.pages ?? '')
      : presented(scene)
          .map(({ index }) => index + 1)
          .join(','),
    problem: problems?.pages ?? null,
  }
}
