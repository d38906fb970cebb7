import { z } from 'zod'
import { bilingual } from '../bilingual.ts'
import { recallIn } from '../brought.ts'
import {
  type ClarityAnswer,
  type ClarityEvent,
  type ClarityInput,
  clarityAnswer,
  clarityInput,
  clarityView,
  evolveClarity,
} from '../clarity.ts'
import { said, say, type ViewData } from '../text.ts'
import type { Phase, Scene } from './contract.ts'

const options = z
  .object({
    /** Why the workshop exists, in the script's words; the administration adds its own. */
    purpose: z.array(bilingual).max(4).default([]),
    rules: z.array(bilingual).max(8).default([]),
  })
  .strict()
type Options = z.infer<typeof options>

const shared = z.object({})
type Shared = z.infer<typeof shared>

type Here = Scene<Options, ClarityAnswer, Shared>

/** Opens a workshop: why we are here, the running order, the rules, and whether the objective is clear (kit §3, #1.1). */
export const introduction: Phase<Options, ClarityAnswer, Shared, ClarityInput, ClarityEvent> = {
  kind: 'introduction',
  options,
  answer: clarityAnswer,
  shared,
  input: clarityInput,
  begin: () => ({}),
  decide: (input, by) => ({ events: [{ type: 'signalled', who: by, page: 0, signal: input.do }] }),
  evolve: (event, slice) => ({ ...slice, answers: evolveClarity(slice.answers, event) }),
  task: (_scene, viewer) =>
    viewer.sees === 'room' ? say('introduction.task-room') : say('introduction.task'),
  body: (scene, viewer) => ({
    purpose: scene.options.purpose,
    context: contextLines(scene),
    recalled: recalledLines(scene),
    recalledFrom: recalledFrom(scene),
    agenda: agenda(scene),
    rules: scene.options.rules,
    clarity: clarityView(scene.session, scene.answers, 0, viewer),
  }),
  chapter: (scene) => ({
    id: scene.segment.id,
    title: scene.segment.title,
    blocks: [{ block: 'list', title: say('introduction.rules'), items: scene.options.rules }],
  }),
}

const contextLabels = ['subject', 'objective', 'background', 'deliverable'] as const

function contextLines({ session }: Here): ViewData[] {
  return contextLabels
    .filter((key) => session.context[key] !== '')
    .map((key) => ({ label: say(`context.${key}`), value: said(session.context[key]) }))
}

/** What was decided last time. */
function recalledLines({ session }: Here): ViewData[] {
  const recalled = recallIn(session)
  if (!recalled) return []
  const next = { label: say('context.nextSteps'), value: said(recalled.nextSteps) }
  return [...recalled.decided, ...(recalled.nextSteps === '' ? [] : [next])]
}

function recalledFrom({ session }: Here): ViewData {
  const recalled = recallIn(session)
  return recalled
    ? say('introduction.recalled-from', { title: recalled.title, day: { day: recalled.at } })
    : null
}

const agenda = ({ session }: Here): ViewData[] =>
  session.format.segments.map((segment, index) => ({
    number: String(index + 1),
    title: segment.title,
    minutes: say('time.minutes', { minutes: segment.minutes }),
  }))
