import type { Format } from '../format.ts'
import type { Block, Chapter } from '../summary/chapter.ts'
import { said, say, type Text } from '../text.ts'
import { places } from './dates.ts'
import { contactPart, holderOf, linkPart, objectivePart, practices, whenPart, written } from './parts.ts'
import { type RunningOrder, runningOrder } from './running-order.ts'
import { type Programme, type TeamRole, teamRoles } from './types.ts'

/** A sheet for one of the kit's three roles (kit §2, §4): what she does, and the workshops minute by minute. */
export interface Brief {
  role: TeamRole
  title: Text
  name: Text
  holder: Text
  chapters: Chapter[]
  workshops: RunningOrder[]
}

export function briefOf(role: TeamRole, programme: Programme, formats: Record<string, Format>): Brief {
  return {
    role,
    title: say(`team.${role}`),
    name: written(programme.context.subject) ?? say(`programme.to-${programme.to}-title`),
    holder: holderOf(programme, role).text,
    chapters: [
      duties(role, programme),
      tasks(programme),
      dates(programme),
      saidByAdministration(programme),
      online(),
      ...(role === 'challenger' ? [] : [expected(programme)]),
    ],
    workshops: programme.path.map((_, step) => runningOrder({ role, programme, step, formats })),
  }
}

const list = (items: Text[]): Block => ({ block: 'list', items })

const facts = (pairs: [label: Text, value: Text][]): Block => ({
  block: 'facts',
  facts: pairs.map(([label, value]) => ({ label, value })),
})

function duties(role: TeamRole, programme: Programme): Chapter {
  return {
    id: 'duties',
    title: say('brief.duties'),
    blocks: [
      { block: 'text', text: say(`team.${role}-does`) },
      list([
        ...(role === 'note-taker' ? noteTaking : facilitating),
        ...own[role],
        ...launching(role, programme),
      ]),
    ],
  }
}

/** The posture of whoever facilitates (kit §2). */
const facilitating: Text[] = [
  say('brief.neutral'),
  say('brief.welcome'),
  say('brief.explain'),
  say('brief.time-and-floor'),
  say('brief.refocus'),
]

const noteTaking: Text[] = [
  say('brief.note-all'),
  say('brief.note-words'),
  say('brief.note-ask'),
  say('brief.note-neutral'),
]

/** Whoever facilitates opens the meeting, and launches. */
const launching = (role: TeamRole, { groups }: Programme): Text[] =>
  role === 'referent' ? [say('milestone.sitting-help', { groups })] : []

const own: Record<TeamRole, Text[]> = {
  referent: [say('brief.referent-present')],
  challenger: [say('brief.challenger-precise'), say('brief.challenger-ring')],
  'note-taker': [say('brief.note-command')],
}

/** Who holds which role, and the three tasks of the day shared out among them (kit §4). */
function tasks(programme: Programme): Chapter {
  const done: Record<TeamRole, Text> = {
    referent: say('brief.task-floor'),
    challenger: say('brief.task-time'),
    'note-taker': say('brief.task-support'),
  }
  return {
    id: 'tasks',
    title: say('brief.tasks'),
    blocks: [
      {
        block: 'table',
        head: [say('brief.role'), say('brief.holder'), say('brief.task')],
        rows: teamRoles.map((role) => [say(`team.${role}`), holderOf(programme, role).text, done[role]]),
      },
      { block: 'text', text: say('brief.tasks-help') },
    ],
  }
}

function dates(programme: Programme): Chapter {
  const rows = places(programme).map(({ step, group }): [Text, Text] => [
    say('brief.sitting', { number: step + 1, group: step === 0 && programme.groups > 1 ? group : 0 }),
    { lines: [whenPart(programme, step, group).text, linkPart(programme, step, group).text] },
  ])
  return { id: 'dates', title: say('brief.dates'), blocks: [facts(rows)] }
}

/** What is written once and told at each workshop; what the letters cannot do without is marked where it lacks. */
function saidByAdministration(programme: Programme): Chapter {
  const { context } = programme
  const kept = (
    key: 'subject' | 'background' | 'deliverable' | 'examples' | 'nextSteps' | 'questionnaire',
  ) => (context[key] === '' ? [] : [[say(`context.${key}`), said(context[key])] as [Text, Text]])
  return {
    id: 'context',
    title: say('programme.content-title'),
    blocks: [
      facts([
        ...kept('subject'),
        [say('context.objective'), objectivePart(programme).text],
        ...kept('background'),
        ...kept('deliverable'),
        ...kept('examples'),
        ...kept('nextSteps'),
        [say('context.contact'), contactPart(programme).text],
        ...kept('questionnaire'),
      ]),
    ],
  }
}

function online(): Chapter {
  return {
    id: 'online',
    title: say('brief.online'),
    blocks: [
      { block: 'text', text: say('brief.online-help') },
      list(practices),
      { block: 'list', title: say('brief.access'), items: accessible },
    ],
  }
}

const accessible: Text[] = [say('brief.access-open'), say('brief.access-ask'), say('brief.access-day')]

/** Those invited and their answers, with room to tick who is there on the day. */
function expected({ guests, groups }: Programme): Chapter {
  const several = groups > 1
  const rows = guests
    .toSorted((a, b) => a.group - b.group)
    .map(({ name, organisation, group, answer }) => [
      said(name),
      said(organisation),
      ...(several ? [said(String(group))] : []),
      say(`programme.answer-${answer}`),
      said('☐'),
    ])
  const head = [
    say('brief.guest'),
    say('brief.organisation'),
    ...(several ? [say('brief.group')] : []),
    say('brief.answer'),
    say('brief.present'),
  ]
  return {
    id: 'guests',
    title: say('brief.guests'),
    blocks: rows.length ? [{ block: 'table', head, rows }] : [{ block: 'text', text: say('brief.nobody') }],
  }
}
