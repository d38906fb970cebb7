import { plannedMinutes } from '../format.ts'
import { alike } from '../programme/guest-list.ts'
import { isRehearsal } from '../programme/launch.ts'
import { expectStamp } from '../session/expect.ts'
import { cameBackAs, nameOf, present, steers } from '../session/people.ts'
import { wasCancelled } from '../session/place.ts'
import type { Context, Participant, Session } from '../session/types.ts'
import { said, say, type Text, type ViewData } from '../text.ts'
import { startingPoint } from './carry.ts'
import { type CardView, everyoneHere, input, type Look, langOf, pointingOn, stampOf } from './parts.ts'

/** Before the start: what the workshop is, who has joined, who is in the meeting and has not. */
export function lobbyView(look: Look): CardView {
  const { session, viewer } = look
  const me = viewer.sees === 'person' ? viewer.id : null
  const facilitates = me !== null && steers(session, me)
  const joined = present(session)
  const { format } = session
  return {
    card: 'lobby',
    data: {
      title: format.title,
      goal: format.goal,
      deliverable: format.deliverable,
      lasts: say('lobby.lasts', { lasted: { lasting: plannedMinutes(format) * 60_000 } }),
      group: groupAdvice(session),
      task: taskOf(look, facilitates),
      notice: pointingOn(look, session.steer.position.status === 'lobby'),
      joined: joined.map((one) => ({
        name: nameOf(session, one.id),
        line: jobLine(one),
        role: one.role === 'participant' ? null : say(`role.${one.role}`),
      })),
      count: say('lobby.count', { count: joined.length }),
      missing: missing(session),
      planned: facilitates ? plannedLine(session) : null,
      otherDay: me === session.launchedBy && facilitates ? otherDayLine(session) : null,
      again: facilitates ? launchedTwice(session) : null,
      several: facilitates && (session.prepared?.groups ?? 1) > 1,
      expected: facilitates ? expectedLine(session) : null,
      team: facilitates ? plannedTeam(session) : null,
      rehearsal: isRehearsal(session),
      lacks: facilitates ? lackingHere(session) : null,
      twice: facilitates ? cameBack(session) : null,
      context: contextLines(session),
      start: startingPoint(look),
      mayJoin: me !== null && session.participants[me]?.introduced !== true,
      forRoom: me === null && session.steer.position.status === 'lobby',
      facilitates,
      canStart: facilitates,
      over: session.steer.position.status !== 'lobby',
      controls: { expect: facilitates ? expectStamp(session) : '' },
    },
    lang: langOf(look),
    stamp: stampOf(look, null),
    personalFor: session.steer.position.status === 'lobby' ? everyoneHere(session) : [],
    mentions: [],
  }
}

/** The card on which people say who they are; the same message is everyone's receipt. */
export function joinView(look: Look): CardView {
  const { session, viewer, draft } = look
  const me = viewer.sees === 'person' ? session.participants[viewer.id] : undefined
  const joined = me?.introduced === true && me.leftAt === null
  return {
    card: 'forms/join',
    data: {
      forRoom: viewer.sees === 'room',
      receipt: joined && !draft.edit && draft.problems === undefined,
      // What is wrong in one field is said by that field.
      notice: Object.keys(draft.problems ?? {}).length === 1 ? null : (draft.notice ?? null),
      joining: joinFields(look),
      who: me ? nameOf(session, me.id) : null,
      line: me ? jobLine(me) : null,
      profileText: me ? say(`profile.${me.profile}`) : null,
      version: session.count,
    },
    lang: langOf(look),
    stamp: stampOf(look, null),
    personalFor: everyoneHere(session),
    mentions: [],
  }
}

/** Who she is: as she told it in this workshop, else in an earlier one, else as the chat names her. */
export function joinFields(look: Look): { [key: string]: ViewData } {
  const { session, viewer, draft } = look
  const id = viewer.sees === 'person' ? viewer.id : ''
  const me = session.participants[id]
  const told = me?.introduced ? me : session.acquaintances[id]
  const guess = guessed(session.roster[id]?.name)
  return {
    first: input(look, 'firstName', told?.firstName ?? me?.firstName ?? guess.first),
    last: input(look, 'lastName', told?.lastName ?? me?.lastName ?? guess.last),
    position: input(look, 'position', told?.position),
    organisation: input(look, 'organisation', told?.organisation),
    profile: draft.typed?.profile ?? told?.profile ?? '',
    profileProblem: draft.problems?.profile ?? null,
    lang: draft.typed?.lang ?? me?.lang ?? session.lang,
    contributes: {
      shown: me !== undefined && me.role !== 'participant',
      value: draft.typed?.contributes ?? String(me?.contributes ?? false),
    },
  }
}

/** What the administration wrote for itself, the empty fields left out. */
export const contextLines = (session: Session): ViewData[] =>
  (Object.keys(session.context) as (keyof Context)[])
    .filter((key) => key !== 'questionnaire' && session.context[key] !== '')
    .map((key) => ({ label: say(`context.${key}`), value: contextValue(key, session.context[key]) }))

const contextValue = (key: keyof Context, value: string): Text =>
  key === 'horizonStart' || key === 'horizonEnd' ? { day: Date.parse(`${value}T12:00:00Z`) } : said(value)

export function jobLine(one: Participant): Text | null {
  const parts = [one.position, one.organisation].filter((part) => part !== '')
  return parts.length ? said(parts.join(', ')) : null
}

function taskOf({ session, viewer }: Look, facilitates: boolean): Text {
  if (wasCancelled(session)) return say('lobby.task-cancelled')
  if (session.steer.position.status !== 'lobby') return say('lobby.task-over')
  if (facilitates) return say('lobby.task-facilitator')
  const joined = viewer.sees === 'person' && session.participants[viewer.id] !== undefined
  return joined ? say('lobby.task-wait') : say('lobby.task-join')
}

/** The kit's advice on the size of the group, never a condition. */
function groupAdvice(session: Session): Text {
  const { min, max } = session.format.group
  const count = present(session).filter((one) => one.contributes).length
  const key = count > max ? 'lobby.group-large' : count < min ? 'lobby.group-small' : 'lobby.group-right'
  return say(key, { count, min, max })
}

function missing(session: Session): Text | null {
  const names = Object.values(session.roster)
    .filter((one) => one.present && session.participants[one.id] === undefined)
    .map((one) => said(one.name))
  return names.length ? say('lobby.missing', { names: { listing: names } }) : null
}

const momentOf = (at: number): Text => say('programme.moment', { day: { day: at }, time: { time: at } })

/** Which sitting of her programme this is. */
function plannedLine({ prepared }: Session): Text | null {
  if (!prepared || prepared.rehearsal) return null
  const { groups, group, plannedFor } = prepared
  return say('lobby.planned', { group: groups > 1 ? group : 0, groups, when: momentOf(plannedFor) })
}

/** Such a workshop was prepared, for another day: she says whether it is this one. */
const otherDayLine = ({ plannedOtherDay }: Session): Text | null =>
  plannedOtherDay === null ? null : say('lobby.other-day', { when: momentOf(plannedOtherDay) })

/** Another meeting was launched as the same group: one of the two is mistaken. */
const launchedTwice = ({ prepared }: Session): Text | null =>
  prepared?.again ? say('lobby.planned-again', { group: prepared.groups > 1 ? prepared.group : 0 }) : null

const plannedTeam = ({ prepared }: Session): Text | null =>
  prepared?.team.length
    ? say('lobby.planned-team', {
        list: {
          listing: prepared.team.map(({ role, name }) =>
            say('lobby.planned-role', { role: say(`team.${role}`), name: said(name) }),
          ),
        },
      })
    : null

/** Those who were invited and are not here, by the names they were written under; for the team alone. */
function expectedLine(session: Session): Text | null {
  const expected = session.prepared?.expected ?? []
  if (expected.length === 0) return null
  const here = present(session).map((one) => nameOf(session, one.id).said)
  const absent = expected.filter(({ name }) => !here.some((one) => alike(one, name)))
  if (absent.length === 0) return say('lobby.expected-all', { count: expected.length })
  return say('lobby.expected', {
    here: expected.length - absent.length,
    count: expected.length,
    names: {
      listing: [
        ...absent.slice(0, absentNamed).map(({ name }) => said(name)),
        ...(absent.length > absentNamed
          ? [say('lobby.expected-more', { count: absent.length - absentNamed })]
          : []),
      ],
    },
  })
}

/** Named one by one; the others are counted. */
const absentNamed = 12

/** Someone anonymous is another person to the platform each time she comes in. */
export function cameBack(session: Session): Text | null {
  const names = cameBackAs(session).map((one) => nameOf(session, one.id))
  return names.length ? say('lobby.twice', { names: { listing: names }, count: names.length }) : null
}

/** Told once, to those who facilitate: the workshop does without. */
function lackingHere({ lacks }: Session): Text | null {
  return lacks.length
    ? say('lobby.lacks', { list: { listing: lacks.map((one) => say(`lobby.lacks-${one}`)) } })
    : null
}

function guessed(name: string | undefined): { first: string; last: string } {
  const [first = '', ...rest] = (name ?? '')
    .replace(/\s*\(.*\)\s*$/u, '')
    .trim()
    .split(/\s+/u)
  return { first, last: rest.join(' ') }
}
