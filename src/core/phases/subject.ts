import { z } from 'zod'
import { bounds } from '../bounds.ts'
import { broughtSources, broughtText, takenFrom } from '../brought.ts'
import {
  type ClarityAnswer,
  type ClarityEvent,
  type ClarityInput,
  clarityAnswer,
  clarityInput,
  clarityView,
  evolveClarity,
} from '../clarity.ts'
import { steers } from '../session/people.ts'
import type { Block } from '../summary/chapter.ts'
import { said, say, type ViewData } from '../text.ts'
import {
  type Item,
  type Phase,
  type Scene,
  type SubjectKey,
  sourceIn,
  subjectKeys,
  type Viewer,
} from './contract.ts'

const options = z.object({}).strict()
type Options = z.infer<typeof options>
const shared = z.object({})
type Shared = z.infer<typeof shared>
type Here = Scene<Options, ClarityAnswer, Shared>

/** The subject the session starts from: its card, and why this one rather than another (kit §3, #2.3). */
export const subject: Phase<Options, ClarityAnswer, Shared, ClarityInput, ClarityEvent> = {
  kind: 'subject',
  options,
  answer: clarityAnswer,
  shared,
  input: clarityInput,
  begin: () => ({}),
  takes: () => ({
    shape: 'subject',
    fields: subjectKeys.map((key) => ({ key, label: null, max: maxOf[key], needed: key === 'title' })),
  }),
  decide: (input, by) => ({ events: [{ type: 'signalled', who: by, page: 0, signal: input.do }] }),
  evolve: (event, slice) => ({ ...slice, answers: evolveClarity(slice.answers, event) }),
  task: (scene, viewer) => say(taskFor(scene, viewer)),
  body: (scene, viewer) => body(scene, viewer),
  harvest: (scene) => card(scene),
  chapter: (scene) => ({ id: scene.segment.id, title: scene.segment.title, blocks: blocks(scene) }),
}

const maxOf: Record<SubjectKey, number> = {
  title: bounds.title,
  sentence: bounds.sentence,
  reformulation: bounds.reformulation,
  why: bounds.context,
}

function taskFor({ session }: Here, viewer: Viewer): string {
  if (broughtText(session, 'title')) return viewer.sees === 'room' ? 'subject.task-room' : 'subject.task'
  const facilitates = viewer.sees === 'person' && steers(session, viewer.id)
  return facilitates ? 'subject.task-choose' : 'subject.task-none'
}

function body({ session, segment, answers }: Here, viewer: Viewer): { [key: string]: ViewData } {
  const facilitates = viewer.sees === 'person' && steers(session, viewer.id)
  const chosen = broughtText(session, 'title') !== ''
  return {
    chosen,
    ...Object.fromEntries(subjectKeys.map((key) => [key, writtenText(broughtText(session, key))])),
    from: takenFrom(session),
    originKey: sourceIn(segment.id, 'subject'),
    hasOrigin: viewer.sees === 'person' && broughtSources(session, 'title').length > 0,
    facilitates,
    leads: !chosen,
    clarity: clarityView(session, answers, 0, viewer),
  }
}

const writtenText = (text: string) => (text === '' ? null : said(text))

function card({ session }: Here): Item[] {
  const title = broughtText(session, 'title')
  const [from] = broughtSources(session, 'title')
  const origin = session.steer.brought?.origins[from ?? '']
  if (title === '') return []
  return [
    {
      id: 'subject',
      title,
      sentence: broughtText(session, 'sentence'),
      authors: [],
      sources: broughtSources(session, 'title'),
      ...(origin?.number ? { number: origin.number } : {}),
    },
  ]
}

function blocks({ session }: Here): Block[] {
  const facts = subjectKeys
    .filter((key) => broughtText(session, key) !== '')
    .map((key) => ({ label: say(`subject.${key}`), value: said(broughtText(session, key)) }))
  const from = takenFrom(session)
  return [
    ...(facts.length ? [{ block: 'facts' as const, facts }] : []),
    ...(from ? [{ block: 'text' as const, text: from }] : []),
  ]
}
