import { bounds } from './bounds.ts'
import { probableTwins } from './likeness.ts'
import type { Draft, Item, Phase, Viewer } from './phases/contract.ts'
import { contributors, nameOf, scribes, steers } from './session/people.ts'
import {
  type Answer,
  authorsOf,
  beginning,
  completed,
  type Here,
  headingsIn,
  headingsOf,
  type Idea,
  ideaOf,
  ideasOf,
  live,
  madeFrom,
  type Options,
  pairKey,
  removed,
  type Shared,
  type SubAction,
  seeing,
  starterOf,
  subActionOf,
  unused,
} from './sub-actions.ts'
import { said, say, type Text, type ViewData } from './text.ts'

type Data = { [key: string]: ViewData }

/** Ideas on the card, fewer beside a long list; the dialog has them all. */
const ideasShown = 8
const ideasBesideMany = 4
/** Sub-actions that can be put back from the card, the last ones removed. */
const removedShown = 5
/** Beyond this many, the list gives titles alone: a card stays below the size of a message. */
const readInFull = 16
/** Ideas a dialog offers, and how much of each. */
const choicesOffered = 100
const choiceLength = 110

/** What the listing of sub-actions shows: the ideas as they come, or the whole list gone through. */
export const subActionViews: Pick<
  Phase<Options, Answer, Shared, unknown, unknown>,
  'task' | 'body' | 'form' | 'dialog'
> = {
  task: (scene, viewer) => task(scene, viewer),
  body: (scene, viewer) => body(scene, viewer),
  form: (scene, viewer, draft) => form(scene, viewer, draft),
  dialog(name, scene, by, draft) {
    if (!scribes(scene.session, by)) return null
    if (name === 'formulate') return addDialog(scene, draft)
    const one = subActionOf(scene.shared, draft.about ?? '')
    return name === 'sub-action' && one && one.state !== 'merged' ? editDialog(scene, one, draft) : null
  },
}

/** Who gave the ideas, or that it was heard aloud. */
export function authorsText(scene: Here, one: SubAction): Text {
  const authors = authorsOf(scene, one)
  if (authors.length === 0) return say('sub-actions.heard')
  return { listing: authors.map((who) => nameOf(scene.session, who)) }
}

export function headingText(scene: Here, one: SubAction): Text | null {
  const headings = headingsIn(scene, one)
  return headings.length ? { listing: headings.map(headingName) } : null
}

function servesText(scene: Here, one: SubAction): Text | null {
  const names = headingText(scene, one)
  return names && say('sub-actions.serves', { names })
}

const headingName = ({ label, title, id }: Item): Text => label ?? said(title || id)

function task(scene: Here, viewer: Viewer): Text {
  const writes = viewer.sees === 'person' && scribes(scene.session, viewer.id)
  if (scene.shared.sweep !== null)
    return say(writes ? 'sub-actions.task-sweep-scribe' : 'sub-actions.task-sweep')
  return say(writes ? 'sub-actions.task-scribe' : 'sub-actions.task')
}

function body(scene: Here, viewer: Viewer): Data {
  const { session, shared: state } = scene
  const writes = viewer.sees === 'person' && scribes(session, viewer.id)
  const facilitates = viewer.sees === 'person' && steers(session, viewer.id)
  const sweeping = state.sweep !== null
  const [commitment] = scene.options.canvas ? scene.harvest(scene.options.canvas) : []
  return {
    commitment: commitment ? said(commitment.sentence) : null,
    writes,
    facilitates,
    sweeping,
    leads: !sweeping,
    ...(sweeping ? { starters: [], more: null, ideas: null } : ideasView(scene, writes)),
    ...(sweeping ? sweepView(scene, viewer, facilitates) : { mayAnswer: false, mine: '' }),
    list: live(state).map((one) => listed(scene, one)),
    count: say('sub-actions.count', { count: live(state).length }),
    maySweep: facilitates && !sweeping && live(state).length > 0,
    waiting: writes && sweeping ? waitingText(scene) : null,
    twins: writes ? twins(state) : [],
    removed: writes ? removedView(state) : [],
  }
}

/** Under the beginning it completes, the newest first; those still to formulate before the others. */
function ideasView(scene: Here, writes: boolean): Data {
  const all = ideasOf(scene).toReversed()
  const waiting = unused(scene)
  const isWaiting = ({ id }: Idea) => waiting.some((one) => one.id === id)
  const shown = [...all.filter(isWaiting), ...all.filter((one) => !isWaiting(one))].slice(
    0,
    live(scene.shared).length > readInFull ? ideasBesideMany : ideasShown,
  )
  return {
    ideas: all.length ? say('sub-actions.ideas', { count: all.length }) : null,
    more: all.length > shown.length ? say('sub-actions.more', { count: all.length - shown.length }) : null,
    starters: scene.options.starters.map(({ id, text }, index) => ({
      number: String(index + 1),
      text,
      ideas: shown
        .filter(({ starter }) => starter === id)
        .map((one) => ({
          id: one.id,
          number: String(one.number),
          text: said(one.text),
          name: nameOf(scene.session, one.who),
          used: usedText(scene, one),
          formulates: writes,
        })),
    })),
  }
}

function usedText(scene: Here, one: Idea): Text | null {
  const [first] = madeFrom(scene, one)
  return first ? say('sub-actions.used-in', { number: first.number }) : null
}

function listed(scene: Here, one: SubAction): Data {
  const full = live(scene.shared).length <= readInFull
  const whole = full && scene.shared.sweep !== null
  return {
    id: one.id,
    number: String(one.number),
    title: said(one.title),
    sentence: whole && one.sentence ? said(one.sentence) : null,
    authors: full ? authorsText(scene, one) : null,
    heading: full ? servesText(scene, one) : null,
  }
}

/** Anyone who takes part answers with one tap; who sees one is the facilitators' to know, to give her the floor. */
function sweepView(scene: Here, viewer: Viewer, facilitates: boolean): Data {
  const { session, answers, shared: state } = scene
  const me = viewer.sees === 'person' ? viewer.id : null
  const mine = me === null ? null : answers[me]?.sweep
  const given = mine && mine.round === state.sweep ? mine.sees : ''
  const calm = seeing(scene, 'nothing')
  const others = seeing(scene, 'one')
  return {
    mayAnswer: me === null || session.participants[me]?.contributes === true,
    mine: given,
    answered: facilitates
      ? say('sub-actions.answered', {
          nothing: calm.length,
          total: Math.max(contributors(session).length, calm.length + others.length),
        })
      : null,
    seeing:
      facilitates && others.length
        ? say('sub-actions.seeing', {
            count: others.length,
            names: { listing: others.map((who) => nameOf(session, who)) },
          })
        : null,
  }
}

const removedView = (state: Shared): ViewData[] =>
  removed(state)
    .sort((a, b) => a.version - b.version)
    .slice(-removedShown)
    .map((one) => ({ id: one.id, text: choiceText(one) }))

function waitingText(scene: Here): Text | null {
  const count = unused(scene).length
  return count ? say('sub-actions.waiting', { count }) : null
}

const twins = (state: Shared): ViewData[] =>
  probableTwins(live(state))
    .filter(({ a, b }) => !state.apart.includes(pairKey(a.id, b.id)))
    .slice(0, 2)
    .map(({ a, b }) => ({
      keep: a.id,
      with: b.id,
      text: say('sub-actions.twins', {
        a: a.number,
        b: b.number,
        titleA: said(a.title),
        titleB: said(b.title),
      }),
    }))

function form(scene: Here, viewer: Viewer, draft: Draft): Data {
  const me = viewer.sees === 'person' ? viewer.id : null
  const mine = me === null ? [] : ideasOf(scene).filter(({ who }) => who === me)
  const free = mine.filter((one) => madeFrom(scene, one).length === 0)
  const over = !scene.current
  const editing = draft.edit === true && free.length > 0 && !over
  return {
    neutral: me !== null && scene.session.participants[me]?.contributes === false,
    over,
    editing,
    mine: editing ? [] : mine.toReversed().map((one) => ownView(scene, one)),
    mayEdit: free.length > 0 && !over,
    edits: editing ? free.map((one) => editView(scene, one, draft)) : [],
    edited: free.map(({ number }) => number).join(','),
    ...newIdea(scene, mine, draft),
    problems: draft.problems !== undefined,
    version: scene.session.count,
  }
}

/** The beginning she used last stays chosen: several ideas often come from one. */
function newIdea({ options: { starters } }: Here, mine: Idea[], draft: Draft): Data {
  return {
    starters: starters.map(({ id, text }) => ({ value: id, title: text })),
    starter: draft.typed ? (draft.typed.starter ?? '') : (mine.at(-1)?.starter ?? starters[0]?.id ?? ''),
    text: said(draft.typed?.text ?? ''),
    starterProblem: draft.problems?.starter ?? null,
    textProblem: draft.problems?.text ?? null,
    max: say('field.at-most', { max: bounds.sentence }),
  }
}

function ownView(scene: Here, one: Idea): Data {
  const used = usedText(scene, one)
  return {
    id: one.id,
    start: beginning(scene, one),
    text: said(one.text),
    used,
    mayWithdraw: used === null && scene.current,
  }
}

function editView(scene: Here, one: Idea, draft: Draft): Data {
  const id = `i-${one.number}`
  return {
    id,
    label: starterOf(scene, one.starter)?.text ?? null,
    value: said(draft.typed ? (draft.typed[id] ?? '') : one.text),
    problem: draft.problems?.[id] ?? null,
  }
}

function addDialog(scene: Here, draft: Draft): Data {
  const idea = ideaOf(scene, draft.about ?? '')
  const fits = idea !== undefined && [...idea.text].length <= bounds.title
  return {
    ...fieldsView(scene, draft, {
      title: idea && fits ? capitalised(idea.text) : '',
      sentence: idea && !fits ? idea.text : '',
      ideas: idea ? [idea.id] : [],
      headings: [],
    }),
    about: idea?.id ?? '',
    quoted: idea ? completed(scene, idea) : null,
    quotedName: idea ? nameOf(scene.session, idea.who) : null,
    people: idea
      ? []
      : contributors(scene.session).map((one) => ({ title: nameOf(scene.session, one.id), value: one.id })),
    author: draft.typed?.author ?? 'nobody',
  }
}

const capitalised = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`

const editDialog = (scene: Here, one: SubAction, draft: Draft): Data => ({
  ...fieldsView(scene, draft, one),
  action: one.id,
  was: one.version,
  number: String(one.number),
  authors: authorsText(scene, one),
  removed: one.state === 'removed',
  others: live(scene.shared)
    .filter((other) => other.id !== one.id)
    .map((other) => ({ title: choiceText(other), value: other.id })),
})

const choiceText = ({ number, title }: SubAction): Text =>
  say('sub-actions.choice', { number, title: said(title) })

type Kept = Pick<SubAction, 'title' | 'sentence' | 'ideas' | 'headings'> & { version?: number }

function fieldsView(scene: Here, draft: Draft, kept: Kept): Data {
  const { typed, problems } = draft
  const offered = ideasOffered(scene, kept.ideas)
  return {
    title: said(typed ? (typed.title ?? '') : kept.title),
    sentence: said(typed ? (typed.sentence ?? '') : kept.sentence),
    titleMax: say('field.at-most', { max: bounds.title }),
    sentenceMax: say('field.at-most', { max: bounds.sentence }),
    titleProblem: problems?.title ?? null,
    sentenceProblem: problems?.sentence ?? null,
    sourcesProblem: problems?.sources ?? null,
    headingProblem: problems?.heading ?? null,
    choices: offered.map((one) => ({ value: one.id, title: ideaChoice(scene, one) })),
    sources: tickedIn(draft, kept)
      .filter((id) => offered.some((one) => one.id === id))
      .join(','),
    headings: headingsOf(scene).map((one) => ({ value: one.id, title: headingName(one) })),
    heading: typed?.heading ?? kept.headings[0] ?? 'none',
  }
}

/** What was ticked; where someone else changed it meanwhile, what she ticked too, so that neither undoes the other. */
function tickedIn({ typed }: Draft, kept: Kept): string[] {
  if (!typed) return kept.ideas
  const mine = (typed.sources ?? '').split(',')
  return typed.was !== undefined && Number(typed.was) !== kept.version ? [...mine, ...kept.ideas] : mine
}

/** Those it was made from, then those still to formulate, the newest first, then the others. */
function ideasOffered(scene: Here, cited: string[]): Idea[] {
  const all = ideasOf(scene).toReversed()
  const rank = (one: Idea) => (cited.includes(one.id) ? 0 : madeFrom(scene, one).length ? 2 : 1)
  return [...all].sort((a, b) => rank(a) - rank(b)).slice(0, choicesOffered)
}

function ideaChoice(scene: Here, one: Idea): Text {
  const letters = [...one.text]
  const end = letters.length > choiceLength ? `${letters.slice(0, choiceLength).join('')}…` : one.text
  const [first] = madeFrom(scene, one)
  const values = {
    number: one.number,
    text: completed(scene, { ...one, text: end }),
    name: nameOf(scene.session, one.who),
  }
  return first
    ? say('sub-actions.idea-choice-used', { ...values, in: first.number })
    : say('sub-actions.idea-choice', values)
}
