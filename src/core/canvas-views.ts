import { bounds } from './bounds.ts'
import { takenFrom } from './brought.ts'
import {
  type Answer,
  type CanvasScene,
  type Citable,
  editsOf,
  type Heading,
  headingOf,
  ideasCitable,
  isTaken,
  type Options,
  ownProposals,
  type Proposal,
  proposalsOf,
  type Shared,
  sourcesOf,
  subjectOf,
  textOf,
} from './canvas.ts'
import { clarityView } from './clarity.ts'
import type { Draft, Phase, Viewer } from './phases/contract.ts'
import { nameOf, scribes, steers } from './session/people.ts'
import type { PersonId } from './session/types.ts'
import { said, say, type Text, type ViewData } from './text.ts'

type Data = { [key: string]: ViewData }

/** Proposals shown under a heading of the card; the dialog has them all. */
const proposalsShown = 3

/** What the canvas shows: as the kit lays it out, or a heading at a time. */
export const canvasViews: Pick<
  Phase<Options, Answer, Shared, unknown, unknown>,
  'task' | 'body' | 'form' | 'dialog'
> = {
  task: (scene, viewer) => task(scene, viewer),
  body: (scene, viewer) => body(scene, viewer),
  form: (scene, viewer, draft) => form(scene, viewer, draft),
  dialog(name, scene, by, draft) {
    if (!scribes(scene.session, by)) return null
    if (name === 'canvas') return wholeDialog(scene, draft)
    const one = headingOf(scene, draft.about ?? '')
    return name === 'heading' && one ? headingDialog(scene, one, draft) : null
  },
}

function task(scene: CanvasScene, viewer: Viewer): Text {
  if (viewer.sees === 'person' && scribes(scene.session, viewer.id))
    return say(scene.options.walk ? 'canvas.task-scribe-walk' : 'canvas.task-scribe')
  return say(scene.options.walk ? 'canvas.task-walk' : 'canvas.task')
}

function body(scene: CanvasScene, viewer: Viewer): Data {
  const { options, shared: state, session } = scene
  const writes = viewer.sees === 'person' && scribes(session, viewer.id)
  const facilitates = viewer.sees === 'person' && steers(session, viewer.id)
  const page = options.headings[state.page] ?? options.headings[0]
  const shown = options.walk ? options.headings.filter((one) => one === page) : options.headings
  const rows = shown.map((one) => headingView(scene, one, writes))
  return {
    walk: options.walk,
    main: rows.filter(({ principle }) => !principle),
    principles: rows.filter(({ principle }) => principle),
    progress: progress(scene),
    subject: subjectLine(scene),
    from: options.walk ? takenFrom(session) : null,
    elsewhere: options.walk ? elsewhere(scene, shown) : null,
    writes,
    facilitates,
    pageNumber: state.page,
    page: options.walk ? say('canvas.page', { page: state.page + 1, pages: options.headings.length }) : null,
    mayGoBack: options.walk && facilitates && state.page > 0,
    mayGoOn: options.walk && facilitates && state.page < options.headings.length - 1,
    leads: options.walk && state.page < options.headings.length - 1,
    nothing: options.walk && options.headings.every(({ id }) => textOf(scene, id) === ''),
    clarity: options.walk ? clarityView(session, scene.answers, state.page, viewer) : { maySignal: false },
  }
}

export const progress = (scene: CanvasScene): Text =>
  say('canvas.progress', {
    filled: scene.options.headings.filter(({ id }) => textOf(scene, id) !== '').length,
    total: scene.options.headings.length,
  })

/** The subject stands in sight while its commitment is written. */
function subjectLine(scene: CanvasScene): Text | null {
  const { title } = subjectOf(scene)
  return title ? said(title) : null
}

/** On a walk, what people proposed to the headings that are not on screen. */
function elsewhere(scene: CanvasScene, shown: Heading[]): Text | null {
  const away = scene.options.headings.filter(
    (one) => !shown.includes(one) && waitingFor(scene, one).length > 0,
  )
  return away.length
    ? say('canvas.elsewhere', { headings: { listing: away.map(({ label }) => label) } })
    : null
}

/** Proposals nobody has taken up or set aside. */
const waitingFor = (scene: CanvasScene, { id }: Heading): Proposal[] =>
  proposalsOf(scene).filter(
    (one) => one.heading === id && !isTaken(scene, one) && !scene.shared.aside.includes(one.id),
  )

function headingView(scene: CanvasScene, one: Heading, writes: boolean) {
  const text = textOf(scene, one.id)
  const waiting = waitingFor(scene, one)
  const shown = waiting.slice(-proposalsShown)
  return {
    id: one.id,
    number: String(scene.options.headings.indexOf(one) + 1),
    principle: one.group === 'principle',
    label: one.label,
    text: text ? said(text) : null,
    help: text ? null : one.help,
    state: state(scene, one.id, text),
    proposals: shown.map((each) => ({
      id: each.id,
      number: String(each.number),
      text: said(each.text),
      name: nameOf(scene.session, each.who),
    })),
    more: waiting.length > shown.length ? say('canvas.more', { count: waiting.length - shown.length }) : null,
    mayTake: writes,
  }
}

function state(scene: CanvasScene, id: string, text: string): Text | null {
  if (scene.shared.later.includes(id)) return say('canvas.later')
  return text ? say('canvas.filled') : null
}

function form(scene: CanvasScene, viewer: Viewer, draft: Draft): Data {
  const me = viewer.sees === 'person' ? viewer.id : null
  const mine = me === null ? [] : proposalsOf(scene).filter(({ who }) => who === me)
  return {
    neutral: me !== null && scene.session.participants[me]?.contributes === false,
    walk: scene.options.walk,
    mine: mine.map((one) => ownView(scene, one)),
    headings: scene.options.headings.map(({ id, label }) => ({ value: id, title: label })),
    heading: draft.typed?.heading ?? proposedFor(scene, mine),
    text: said(draft.typed?.text ?? ''),
    headingProblem: draft.problems?.heading ?? null,
    textProblem: draft.problems?.text ?? null,
    max: say('field.at-most', { max: bounds.heading }),
    problems: draft.problems !== undefined,
    version: me === null ? 0 : (scene.answers[me]?.made ?? 0),
  }
}

/** On a walk, the heading on screen; else the one she wrote to last. */
function proposedFor({ options, shared: { page } }: CanvasScene, mine: Proposal[]): string {
  if (options.walk) return options.headings[page]?.id ?? ''
  return mine.at(-1)?.heading ?? ''
}

function ownView(scene: CanvasScene, one: Proposal): Data {
  const taken = isTaken(scene, one)
  return {
    id: one.id,
    label: headingOf(scene, one.heading)?.label ?? null,
    text: said(one.text),
    state: taken ? say('canvas.taken') : null,
    mayWithdraw: !taken,
  }
}

function headingDialog(scene: CanvasScene, one: Heading, draft: Draft): Data {
  return {
    heading: one.id,
    label: one.label,
    help: one.help,
    was: editsOf(scene, one.id),
    text: said(draft.typed ? (draft.typed.text ?? '') : textOf(scene, one.id)),
    problem: draft.problems?.text ?? null,
    max: say('field.at-most', { max: one.max }),
    ...ticks(scene, one, { name: 'sources', offered: ownProposals(scene, one.id), draft }),
    ...ticks(scene, one, { name: 'ideas', offered: ideasCitable(scene), draft }),
    later: scene.shared.later.includes(one.id),
  }
}

/** One list of what may be ticked, and what is: `<name>` and `<name>Choices`. */
function ticks(
  scene: CanvasScene,
  one: Heading,
  { name, offered, draft }: { name: string; offered: Citable[]; draft: Draft },
): Data {
  const kept = sourcesOf(scene, one.id)
  const choices = offered.filter(({ key }) => kept.includes(key) || !isAside(scene, key))
  const ticked = choices.filter(({ key }) => kept.includes(key)).map(({ key }) => key)
  return {
    [`${name}Choices`]: choices.map(({ key, text, who }) => ({
      value: key,
      title: choiceText(scene, text, who),
    })),
    [name]: draft.typed?.[name] ?? ticked.join(','),
  }
}

const isAside = ({ segment, shared: { aside } }: CanvasScene, key: string): boolean =>
  aside.some((id) => key === `${segment.id}/${id}`)

const choiceText = (scene: CanvasScene, text: string, who: PersonId[]): Text =>
  who.length
    ? say('canvas.proposal-line', {
        text: said(text),
        name: { listing: who.map((each) => nameOf(scene.session, each)) },
      })
    : said(text)

/** Every heading at once, to finish the canvas from another step. */
const wholeDialog = (scene: CanvasScene, draft: Draft): Data => ({
  progress: progress(scene),
  versions: scene.options.headings.map(({ id }) => `${id}:${editsOf(scene, id)}`).join(' '),
  fields: scene.options.headings.map((one) => wholeField(scene, one, draft)),
})

const wholeField = (scene: CanvasScene, one: Heading, draft: Draft): Data => ({
  id: `f-${one.id}`,
  label: one.label,
  max: say('field.at-most', { max: one.max }),
  value: said(draft.typed ? (draft.typed[`f-${one.id}`] ?? '') : textOf(scene, one.id)),
  problem: draft.problems?.[`f-${one.id}`] ?? null,
  waiting: waitingFor(scene, one).map(({ text, who }) => ({ text: choiceText(scene, text, [who]) })),
})
