import { bounds } from './bounds.ts'
import { entryOf } from './entry-of.ts'
import { fingerprint } from './fingerprint.ts'
import type { Draft, Item, Viewer } from './phases/contract.ts'
import {
  canvasProgress,
  type Estimate,
  estimatesOf,
  type Here,
  leftOut,
  openEstimates,
  type Row,
  removedSteps,
  rowsOf,
  type Step,
  stepsOf,
  subActions,
  subjectOf,
} from './roadmap.ts'
import { fieldsOf, standsAfter } from './roadmap-fields.ts'
import {
  horizonText,
  needsText,
  pictureOf,
  roadmapText,
  warningText,
  warningTexts,
  whenText,
} from './roadmap-told.ts'
import { nameOf, scribes, steers } from './session/people.ts'
import type { PersonId } from './session/types.ts'
import { said, say, type Text, type ViewData } from './text.ts'

type View = { [key: string]: ViewData }

/** A card has a largest size: arrows up to so many steps, deliverables and leads up to so many. */
const most = { arrows: 8, detailed: 14, warnings: 4, estimates: 3, leftOut: 30, removed: 5 }

export function roadmapTask(scene: Here, viewer: Viewer): Text {
  const me = viewer.sees === 'person' ? viewer.id : null
  if (me !== null && scribes(scene.session, me))
    return say(stepsOf(scene.shared).length ? 'roadmap.task-order' : 'roadmap.task-choose')
  return say('roadmap.task')
}

export function roadmapBody(scene: Here, viewer: Viewer): View {
  const me = viewer.sees === 'person' ? viewer.id : null
  const writes = me !== null && scribes(scene.session, me)
  const rows = rowsOf(scene)
  const warnings = warningTexts(rows)
  const open = openEstimates(scene)
  const left = leftOut(scene)
  return {
    ...pictureData(scene, rows),
    warnings: warnings.slice(0, most.warnings).map((text) => ({ text })),
    moreWarnings: moreOf('roadmap.more-warnings', warnings.length, most.warnings),
    steps: rows.map((row) => rowView(row, rows, { scene, open, writes })),
    left: left.slice(0, most.leftOut).map((one) => actionView(one, scene, open)),
    leftTitle: left.length ? say('roadmap.left', { count: left.length }) : null,
    moreLeft: moreOf('roadmap.more-left', left.length, most.leftOut),
    allPlaced: left.length === 0 && rows.length > 0,
    nothing: subActions(scene).length === 0 && rows.length === 0,
    ...estimateViews('all', scene, open),
    ...horizonView(scene, me),
    ...canvasView(scene, writes),
    writes,
    leads: rows.length === 0,
    removed: writes ? removedSteps(scene.shared).slice(-most.removed).map(named) : [],
  }
}

/** The form in which anyone says what she thinks of a length, a deliverable, a lead. */
export function roadmapForm(scene: Here, viewer: Viewer, draft: Draft): View {
  const me = viewer.sees === 'person' ? viewer.id : null
  const mine = estimatesOf(scene).filter((one) => one.who === me)
  const open = new Set(openEstimates(scene).map(({ id }) => id))
  return {
    receipt: draft.typed === undefined && mine.length > 0 && !draft.edit,
    neutral: me !== null && scene.session.participants[me]?.contributes === false,
    full: mine.length >= bounds.estimatesPerPerson,
    mine: mine.toReversed().map((one) => ({
      n: one.n,
      about: subjectText(subjectOf(one.about, scene), scene),
      text: said(one.text),
      taken: !open.has(one.id),
    })),
    choices: subjects(scene).map((id) => ({ value: id, title: subjectText(id, scene) })),
    step: draft.typed?.step ?? '',
    stepProblem: draft.problems?.step ?? null,
    text: said(draft.typed?.text ?? ''),
    textProblem: draft.problems?.text ?? null,
    textMax: say('field.at-most', { max: bounds.estimate }),
    problems: draft.problems !== undefined,
    version: me === null ? 0 : (scene.answers[me]?.count ?? 0) + mine.length,
  }
}

/** About a step, to change it; about a sub-action, to make a step of it; about nothing, to make one from several. */
export function roadmapDialog(scene: Here, by: PersonId, draft: Draft): View | null {
  if (!scribes(scene.session, by)) return null
  const step = entryOf(scene.shared.steps, draft.about ?? '')
  const action = leftOut(scene).find((one) => one.id === draft.about)
  const fields = filled(draft, step, action)
  const row = step && rowsOf(scene).find((one) => one.step.id === step.id)
  return {
    step: step?.id ?? '',
    about: draft.about ?? '',
    was: step?.version ?? 0,
    number: row ? String(row.number) : '',
    removed: step?.state === 'removed',
    when: row ? whenText(row) : null,
    ...fields,
    ...problemsOf(draft),
    ...choicesOf(scene, step, action),
    stood: step ? standsAfter(step.id, scene.shared) : '',
    after: fields.after || (step ? standsAfter(step.id, scene.shared) : (lastStep(scene) ?? 'first')),
    titleMax: say('field.at-most', { max: bounds.title }),
    deliverableMax: say('field.at-most', { max: bounds.deliverable }),
    leadMax: say('field.at-most', { max: bounds.lead }),
    byDefault: say('roadmap.by-default', { count: scene.options.defaultMonths }),
  }
}

/** An empty address and an empty text where nothing has dates. */
function pictureData(scene: Here, rows: Row[]): View {
  const shown = pictureOf(scene)
  const detailed = rows.length <= most.detailed
  const text = shown && roadmapText(rows, detailed)
  return {
    picture: shown && { picture: scene.segment.id, stamp: fingerprint(JSON.stringify(shown)) },
    pictureText: text && say('roadmap.picture-text', { steps: text }),
  }
}

interface Around {
  scene: Here
  open: Estimate[]
  writes: boolean
}

function rowView(row: Row, rows: Row[], { scene, open, writes }: Around): View {
  const { step, number, when } = row
  const detailed = rows.length <= most.detailed
  const moves = writes && rows.length <= most.arrows
  const before = rows[number - 2]
  const next = rows[number]
  return {
    ...named(step),
    number: String(number),
    when: whenText(row),
    deliverable: detailed && step.deliverable ? said(step.deliverable) : null,
    lead: detailed && step.lead ? said(step.lead) : null,
    needs: needsText(row, rows),
    warnings: when.warnings.map((one) => ({
      text: say('roadmap.row-warning', { warning: warningText(one, rows) }),
    })),
    ...estimateViews(step.id, scene, open),
    moves,
    up: moves && before ? (rows[number - 3]?.step.id ?? 'first') : '',
    down: moves && next ? next.step.id : '',
    upLabel: say('roadmap.up', { number }),
    downLabel: say('roadmap.down', { number }),
  }
}

const named = (step: Step): View => ({ id: step.id, title: said(step.title) })

const actionView = (one: Item, scene: Here, open: Estimate[]): View => ({
  id: one.id,
  number: String(one.number ?? ''),
  title: said(one.title),
  sentence: said(one.sentence),
  ...estimateViews(one.id, scene, open),
})

/** What people propose about it, the latest ones. */
function estimateViews(about: string, scene: Here, open: Estimate[]): View {
  const all = open.filter((one) => subjectOf(one.about, scene) === about)
  return {
    estimates: all.slice(-most.estimates).map((one) => ({
      text: said(one.text),
      who: say('roadmap.proposes', { name: nameOf(scene.session, one.who) }),
    })),
    moreEstimates: moreOf('roadmap.more-estimates', all.length, most.estimates),
  }
}

const moreOf = (key: string, count: number, shown: number): Text | null =>
  count > shown ? say(key, { count: count - shown }) : null

function horizonView(scene: Here, me: PersonId | null): View {
  return {
    horizon: horizonText(scene),
    maySetHorizon: me !== null && steers(scene.session, me),
  }
}

function canvasView(scene: Here, writes: boolean): View {
  const progress = canvasProgress(scene)
  return {
    canvas: progress && say('roadmap.canvas', progress),
    canvasSegment: scene.options.canvas ?? '',
    mayFillCanvas: progress !== null && writes,
  }
}

/** What a proposal may be about: the steps, the sub-actions that are none yet, the whole. */
const subjects = (scene: Here): string[] => [
  ...stepsOf(scene.shared).map((one) => one.id),
  ...leftOut(scene).map((one) => one.id),
  'all',
]

function subjectText(id: string, scene: Here): Text {
  const number = stepsOf(scene.shared).findIndex((one) => one.id === id) + 1
  const step = entryOf(scene.shared.steps, id)
  if (number > 0 && step) return say('roadmap.about-step', { number, title: said(step.title) })
  const action = leftOut(scene).find((one) => one.id === id)
  return action ? say('roadmap.about-action', { title: said(action.title) }) : say('roadmap.about-all')
}

/** What was typed, else what is stored, else what the sub-action gives; clients leave emptied inputs out. */
function filled(draft: Draft, step: Step | undefined, action: Item | undefined) {
  const stored = step && fieldsOf(step)
  const shown = (key: keyof ReturnType<typeof fieldsOf>, first = '') =>
    draft.typed ? (draft.typed[key] ?? '') : (stored?.[key] ?? first)
  return {
    title: said(shown('title', action?.title)),
    deliverable: said(shown('deliverable')),
    lead: said(shown('lead')),
    start: shown('start'),
    end: shown('end'),
    months: shown('months') || 'none',
    needs: shown('needs'),
    takes: shown('takes', action?.id),
    estimates: shown('estimates'),
    after: shown('after'),
  }
}

const problemsOf = ({ problems = {} }: Draft): View => ({
  titleProblem: problems.title ?? null,
  deliverableProblem: problems.deliverable ?? null,
  leadProblem: problems.lead ?? null,
  startProblem: problems.start ?? null,
  endProblem: problems.end ?? null,
  monthsProblem: problems.months ?? null,
  needsProblem: problems.needs ?? null,
  takesProblem: problems.takes ?? null,
  afterProblem: problems.after ?? null,
})

function choicesOf(scene: Here, step: Step | undefined, action: Item | undefined): View {
  const others = rowsOf(scene).filter((row) => row.step.id !== step?.id)
  const stepChoices = others.map((row) => ({
    value: row.step.id,
    title: say('subject-cards.choice', { number: row.number, title: said(row.step.title) }),
  }))
  const free = new Set([...leftOut(scene).map(({ id }) => id), ...(step?.takes ?? [])])
  return {
    actions: subActions(scene)
      .filter(({ id }) => free.has(id))
      .map(({ id, title }) => ({ value: id, title: said(title) })),
    others: stepChoices,
    places: [
      { value: 'first', title: say('roadmap.first') },
      ...others.map(({ step: { id, title }, number }) => ({
        value: id,
        title: say('roadmap.after', { number, title: said(title) }),
      })),
    ],
    lengths: lengths(step?.months).map((count) => ({
      value: String(count),
      title: say('roadmap.months', { count }),
    })),
    proposals: offered(scene, step, action),
  }
}

/** Usual lengths in months, with the one the step has. */
const lengths = (own: number | null | undefined): number[] =>
  [...new Set([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 15, 18, 24, 30, 36, ...(own ? [own] : [])])].sort(
    (a, b) => a - b,
  )

/** What was proposed about this step, about what it is made of, or about the whole; and what it has taken up. */
function offered(scene: Here, step: Step | undefined, action: Item | undefined): ViewData[] {
  const open = new Set(openEstimates(scene).map(({ id }) => id))
  const about = [step?.id, action?.id, 'all']
  return estimatesOf(scene)
    .filter(
      (one) =>
        step?.estimates.includes(one.id) || (open.has(one.id) && about.includes(subjectOf(one.about, scene))),
    )
    .map((one) => ({
      value: one.id,
      title: say('roadmap.estimate', { text: said(one.text), name: nameOf(scene.session, one.who) }),
    }))
}

const lastStep = (scene: Here): string | undefined => stepsOf(scene.shared).at(-1)?.id
