import { startOf } from '../core/session/carry.ts'
import { present, scribes, steers } from '../core/session/people.ts'
import { currentSeat } from '../core/session/place.ts'
import { context, type Session } from '../core/session/types.ts'
import { planCommands } from './plan-commands.ts'

type Stage = 'none' | 'lobby' | 'running' | 'closed'

interface Known {
  /** At which stages it can be used. */
  at: Stage[]
  /** In which phases; in all of them when absent. */
  in?: string[]
  /** Only where a format starts from something, or from a thing of this shape. */
  from?: 'anything' | 'subject'
  /** Only where several groups run the workshop of one programme. */
  groups?: true
  /** Only where it was launched on another day than the one it was prepared for. */
  otherDay?: true
  /** Not for everyone to read: told in one's own chat, and understood anywhere. */
  aside?: true
}

const running: Known = { at: ['running'] }
const rounds = ['tour-de-table', 'subject-cards', 'reformulation', 'ideation-by-profile']
const speaking: Known = { at: ['running'], in: rounds }
const onCards: Known = { at: ['running'], in: ['subject-cards'] }
const onMatrix: Known = { at: ['running'], in: ['matrix'] }
const signalling: Known = { at: ['running'], in: ['introduction', 'memo'] }
const onCanvas: Known = { at: ['running'], in: ['canvas'] }
const onSheet: Known = { at: ['running'], in: ['reformulation'] }
const onIdeas: Known = { at: ['running'], in: ['ideation-by-profile'] }
const onRoadmap: Known = { at: ['running'], in: ['roadmap'] }
const onSubActions: Known = { at: ['running'], in: ['sub-actions'] }
const preparing: Known = { at: ['lobby'] }

/** Of what prepares workshops, what serves one part of it: told by its side, once the rest is known. */
const planParts = {
  dates: ['plan-date', 'plan-shift', 'plan-unshift', 'plan-link'],
  content: ['plan-content', ...Object.keys(context.shape).map((key) => `plan-${key}`)].filter((one) =>
    planCommands().includes(one),
  ),
  people: [
    ...['plan-team', 'plan-invite', 'plan-uninvite', 'plan-onward'],
    ...['plan-confirm', 'plan-decline', 'plan-unanswered'],
  ],
  after: [
    ...['plan-follow', 'plan-followed', 'plan-unfollowed', 'plan-unfollow', 'plan-decided'],
    ...['plan-merged', 'plan-same', 'plan-apart', 'plan-different', 'plan-alike'],
  ],
}

const planned = (commands: string[]): Record<string, Known> =>
  Object.fromEntries(commands.map((command) => [command, { at: ['none'] }]))

/** What can be typed, by who may type it, and when it serves; a test holds that every command is in one group. */
export const commandGroups = {
  everyone: {
    help: { at: ['none', 'lobby', 'running', 'closed'] },
    desk: { at: ['lobby', 'running'] },
    join: { at: ['lobby', 'running'] },
    leave: { at: ['lobby', 'running'] },
    reason: { at: ['running'], in: ['tour-de-table'] },
    clear: signalling,
    question: signalling,
    done: { at: ['running'], in: [...rounds, 'silent-ideation'] },
    'own-reopen': { at: ['running'], in: ['ideation-by-profile', 'silent-ideation'] },
    pass: speaking,
    later: speaking,
    jump: speaking,
    propose: onCanvas,
    'prompt-give': onSheet,
    estimate: onRoadmap,
    'starter-give': onSubActions,
    'starter-edit': onSubActions,
    'starter-withdraw': onSubActions,
    'nothing-missing': onSubActions,
    'see-one': onSubActions,
    'text-edit': onSheet,
    'text-remove': onSheet,
    email: { at: ['running', 'closed'], in: ['conclusion'], aside: true },
    summary: { at: ['closed'] },
  },
  organisers: {
    note: { at: ['lobby', 'running'] },
    documents: { at: ['running', 'closed'] },
    'heading-write': onCanvas,
    'heading-later': onCanvas,
    'proposal-take': onCanvas,
    'proposal-aside': onCanvas,
    compose: onSheet,
    'compose-from': onSheet,
    'heard-add': { at: ['running'], in: ['ideation-by-profile', 'sub-actions'] },
    'step-keep': onRoadmap,
    'step-add': onRoadmap,
    'step-edit': onRoadmap,
    'step-months': onRoadmap,
    'step-dates': onRoadmap,
    'step-lead': onRoadmap,
    'step-needs': onRoadmap,
    'step-move': onRoadmap,
    'step-remove': onRoadmap,
    'step-restore': onRoadmap,
    'sub-action-add': onSubActions,
    'sub-action-edit': onSubActions,
    'sub-action-merge': onSubActions,
    'sub-action-remove': onSubActions,
    'sub-action-restore': onSubActions,
    'sub-actions-apart': onSubActions,
    'card-add': onCards,
    'card-heard': onCards,
    'card-edit': onCards,
    'card-merge': onCards,
    'card-remove': onCards,
    'card-restore': onCards,
    'cards-apart': onCards,
  },
  facilitators: {
    start: preparing,
    next: running,
    'next-anyway': { at: ['running'], in: ['subject-cards', 'ideation-by-profile', 'matrix'] },
    back: running,
    skip: running,
    pause: running,
    resume: running,
    adjourn: running,
    extend: running,
    rebalance: running,
    guide: running,
    undo: { at: ['running', 'closed'] },
    redo: { at: ['running', 'closed'] },
    'page-next': { at: ['running'], in: ['memo'] },
    'page-back': { at: ['running'], in: ['memo'] },
    'pages-choose': { at: ['running'], in: ['memo'] },
    sweep: onSubActions,
    give: speaking,
    'give-next': speaking,
    more: speaking,
    silence: { at: ['running'], in: ['silent-ideation', 'ideation-by-profile'] },
    hint: onIdeas,
    'hint-own': onIdeas,
    'show-all': { at: ['running'], in: ['subject-cards', 'ideation-by-profile'] },
    reveal: onMatrix,
    place: onMatrix,
    unplace: onMatrix,
    prioritise: onMatrix,
    deprioritise: onMatrix,
    end: running,
    cancel: preparing,
  },
  preparing: {
    bring: { ...preparing, from: 'anything' },
    'start-from': { ...preparing, from: 'subject' },
    'choose-group': { ...preparing, groups: true },
    'choose-planned': { ...preparing, otherDay: true },
    contribute: preparing,
    'note-taker': preparing,
    'co-facilitator': preparing,
    participant: preparing,
    horizon: { at: ['lobby', 'running'], in: ['roadmap'] },
    'write-subject': preparing,
    'write-objective': preparing,
    'write-background': preparing,
    'write-deliverable': preparing,
    'write-nextSteps': { at: ['lobby', 'running'], in: ['conclusion'] },
    'write-contact': { at: ['lobby', 'running'], in: ['conclusion'] },
    'write-questionnaire': { at: ['lobby', 'running'], in: ['conclusion'] },
  },
  planning: planned(planCommands().filter((one) => !Object.values(planParts).flat().includes(one))),
  'planning-dates': planned(planParts.dates),
  'planning-content': planned(planParts.content),
  'planning-people': planned(planParts.people),
  'planning-after': planned(planParts.after),
  personal: {
    programmes: { at: ['none'] },
    board: { at: ['none'] },
    library: { at: ['none'] },
    'other-workshop': { at: ['none'] },
  },
  own: { 'own-data': { at: ['none', 'lobby', 'running', 'closed'] } },
  launchers: { launch: { at: ['none', 'closed'] }, rehearse: { at: ['none', 'closed'] } },
} satisfies Record<string, Record<string, Known>>

/** Only what this person can use at this moment, so that the help stays short; first what the moment is for. */
export function helpGroups(
  session: Session | null,
  who: string,
  now: number,
  ground: 'meeting' | 'aside' | 'personal' | 'planning' = 'meeting',
): { name: string; commands: string[] }[] {
  const phase = (session && currentSeat(session, now)?.phase.kind) ?? null
  const names = namesFor(ground, session, who)
  const groups = names.map((name) => ({
    name,
    known: Object.entries<Known>(commandGroups[name]).filter(
      ([, one]) => serves(one, session, phase) && !(one.aside && ground === 'meeting'),
    ),
  }))
  const first = groups
    .flatMap(({ known }) => known)
    .flatMap(([command, one]) => (isOfNow(command, one, session, who) ? [command] : []))
  const rest = groups.map(({ name, known }) => ({
    name,
    commands: known.map(([command]) => command).filter((command) => !first.includes(command)),
  }))
  return [{ name: 'now', commands: first }, ...rest].filter(({ commands }) => commands.length > 0)
}

/** Before the start and after the end, no exercise runs: what serves one that the format has not is left out. */
function serves(one: Known, session: Session | null, phase: string | null): boolean {
  if (!one.at.includes(stageOf(session))) return false
  if (one.groups && (session?.prepared?.groups ?? 1) < 2) return false
  if (one.otherDay && session?.plannedOtherDay == null) return false
  const kinds = phase === null ? session?.format.segments.map((segment) => segment.phase) : [phase]
  return (!one.in || one.in.some((kind) => kinds?.includes(kind))) && startsFrom(one, session)
}

function startsFrom({ from }: Known, session: Session | null): boolean {
  if (!from) return true
  const shape = session && startOf(session.format)?.shape
  return from === 'anything' ? Boolean(shape) : shape === from
}

/** What the moment waits for: to join and to begin, then the exercise that runs, and to move on. */
function isOfNow(command: string, one: Known, session: Session | null, who: string): boolean {
  if (!session) return false
  switch (stageOf(session)) {
    case 'none':
    case 'closed':
      return false
    case 'lobby':
      return command === 'start' || (command === 'join' && !present(session).some(({ id }) => id === who))
    case 'running':
      return command === 'next' || one.in !== undefined
  }
}

function stageOf(session: Session | null): Stage {
  if (!session) return 'none'
  const { status } = session.steer.position
  return status === 'paused' ? 'running' : status
}

function namesFor(
  ground: 'meeting' | 'aside' | 'personal' | 'planning',
  session: Session | null,
  who: string,
): (keyof typeof commandGroups)[] {
  if (ground === 'planning')
    return [
      ...(['personal', 'planning', 'own'] as const),
      ...(['planning-dates', 'planning-content', 'planning-people', 'planning-after'] as const),
    ]
  return ground === 'personal' ? ['personal', 'own'] : groupsFor(session, who)
}

function groupsFor(session: Session | null, who: string): (keyof typeof commandGroups)[] {
  if (session && steers(session, who))
    return ['launchers', 'facilitators', 'preparing', 'organisers', 'everyone', 'own']
  if (session && scribes(session, who)) return ['launchers', 'organisers', 'everyone', 'own']
  return ['launchers', 'everyone', 'own']
}
