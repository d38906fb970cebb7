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
import { say, type ViewData } from '../text.ts'
import { type Decision, type Phase, refuse, type Scene } from './contract.ts'

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
  })
  .strict()
type Options = z.infer<typeof options>

const shared = z.object({ page: z.number().int().min(0) })
type Shared = z.infer<typeof shared>

const input = z.discriminatedUnion('do', [
  ...clarityInput.options,
  z.object({ do: z.literal('page-next'), page: z.coerce.number().int().optional() }),
  z.object({ do: z.literal('page-back'), page: z.coerce.number().int().optional() }),
])
type Input = z.infer<typeof input>
type Event = ClarityEvent | { type: 'page-turned'; page: number }
type Here = Scene<Options, ClarityAnswer, Shared>

/** Memo sheets, turned page by page by the facilitator for everyone (kit §3, #1.3). */
export const memo: Phase<Options, ClarityAnswer, Shared, Input, Event> = {
  kind: 'memo',
  options,
  answer: clarityAnswer,
  shared,
  input,
  begin: () => ({ page: 0 }),
  decide(ask, by, scene) {
    switch (ask.do) {
      case 'page-next':
        return turn(1, ask.page, by, scene)
      case 'page-back':
        return turn(-1, ask.page, by, scene)
      case 'clear':
      case 'question':
        return { events: [{ type: 'signalled', who: by, page: scene.shared.page, signal: ask.do }] }
    }
  },
  evolve: (event, slice) =>
    event.type === 'page-turned'
      ? { ...slice, shared: { page: event.page } }
      : { ...slice, answers: evolveClarity(slice.answers, event) },
  task: (_scene, viewer) => (viewer.sees === 'room' ? say('memo.task-room') : say('memo.task')),
  body: (scene, viewer) => ({
    ...pageView(scene),
    clarity: clarityView(scene.session, scene.answers, scene.shared.page, viewer),
    pageNumber: scene.shared.page,
    mayGoBack: scene.shared.page > 0,
    mayGoOn: scene.shared.page < pagesOf(scene.options).length - 1,
    leads: scene.shared.page < pagesOf(scene.options).length - 1,
    turns: viewer.sees === 'person' && steers(scene.session, viewer.id),
  }),
  chapter: (scene) => ({
    id: scene.segment.id,
    title: scene.segment.title,
    blocks: [
      { block: 'list', title: say('memo.sheets'), items: scene.options.sheets.map((sheet) => sheet.title) },
    ],
  }),
}

function turn(by: 1 | -1, seen: number | undefined, who: string, scene: Here): Decision<Event> {
  if (!steers(scene.session, who)) return refuse('facilitator-only')
  if (seen !== undefined && seen !== scene.shared.page) return refuse('already')
  const to = scene.shared.page + by
  if (to < 0 || to >= pagesOf(scene.options).length) return refuse('not-now')
  return { events: [{ type: 'page-turned', page: to }], move: 'page' }
}

const pagesOf = (opts: Options) =>
  opts.sheets.flatMap((sheet) => sheet.pages.map((one) => ({ sheet: sheet.title, ...one })))

function pageView({ options: opts, shared: { page: index } }: Here): { [key: string]: ViewData } {
  const pages = pagesOf(opts)
  const shown = pages[Math.min(index, pages.length - 1)]
  if (!shown) return {}
  return {
    sheet: shown.sheet,
    title: shown.title,
    lead: shown.lead ?? null,
    points: shown.points.map((point) => ({ title: point.title ?? null, text: point.text })),
    number: say('memo.page', { page: index + 1, pages: pages.length }),
  }
}
