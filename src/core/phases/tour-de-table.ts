import { z } from 'zod'
import { bilingual } from '../bilingual.ts'
import { bounds } from '../bounds.ts'
import { gather, line } from '../fields.ts'
import {
  decideFloor,
  emptyFloor,
  everyone,
  evolveFloor,
  type FloorEvent,
  type FloorScene,
  floor,
  floorAlarm,
  floorDialog,
  floorGoesOn,
  floorInput,
  floorTask,
  floorView,
  ringFloor,
  shiftFloor,
} from '../floor.ts'
import { nameOf, steers } from '../session/people.ts'
import type { PersonId } from '../session/types.ts'
import type { Block } from '../summary/chapter.ts'
import type { Amendable } from '../summary/review.ts'
import { said, say, type Text } from '../text.ts'
import { type Phase, refuse, type Scene } from './contract.ts'

const options = z
  .object({
    /** What each person says, in order. */
    says: z.array(bilingual).min(1).max(6),
    turnSeconds: z.number().min(10).max(600).default(45),
  })
  .strict()
type Options = z.infer<typeof options>

const answer = z.object({ reason: z.string() })
type Answer = z.infer<typeof answer>

const shared = z.object({ floor })
type Shared = z.infer<typeof shared>

const input = z.discriminatedUnion('do', [
  ...floorInput.options,
  z.object({ do: z.literal('reason'), reason: z.string() }),
])
type Input = z.infer<typeof input>
type Event = FloorEvent | { type: 'reason-given'; who: PersonId; reason: string }
type Here = Scene<Options, Answer, Shared>

/** Each person introduces herself, the facilitator first; the floor is handed over by name (kit §3, #1.2). */
export const tourDeTable: Phase<Options, Answer, Shared, Input, Event> = {
  kind: 'tour-de-table',
  options,
  answer,
  shared,
  input,
  begin: (scene) => ({ floor: firstUp(emptyFloor(everyone(scene.session)), scene.options, scene.now) }),
  decide(ask, by, scene) {
    if (ask.do !== 'reason') return decideFloor(ask, by, floorOf(scene))
    const { values, problems } = gather({ reason: line(ask.reason, bounds.reason) })
    if (Object.keys(problems).length) return refuse('invalid', { problems })
    return { events: [{ type: 'reason-given', who: by, reason: values.reason }] }
  },
  evolve: (event, slice) =>
    event.type === 'reason-given'
      ? { ...slice, answers: { ...slice.answers, [event.who]: { reason: event.reason } } }
      : { ...slice, shared: { floor: evolveFloor(slice.shared.floor, event) } },
  task: (scene, viewer) => floorTask(floorOf(scene), viewer, say('tour-de-table.task-mine')),
  body: (scene, viewer) => ({
    says: scene.options.says,
    floor: floorView(floorOf(scene), viewer),
    leads: floorGoesOn(floorOf(scene)),
    card: speakerCard(scene),
    reason: viewer.sees === 'person' ? ownReason(scene, viewer.id) : null,
    mayGiveReason: viewer.sees === 'person' && scene.session.participants[viewer.id] !== undefined,
  }),
  dialog(name, scene, by, draft) {
    if (name === 'floor') return steers(scene.session, by) ? floorDialog(floorOf(scene), draft) : null
    if (name !== 'reason') return null
    const typed = draft.typed?.reason ?? scene.answers[by]?.reason ?? ''
    return {
      reason: said(typed),
      problem: draft.problems?.reason ?? null,
      max: say('field.at-most', { max: bounds.reason }),
    }
  },
  alarm: ({ floor: state }) => floorAlarm(state),
  ring: ({ floor: state }, now) => ringFloor(state, now),
  shift: ({ floor: state }, by) => ({ floor: shiftFloor(state, by) }),
  took: ({ answers, shared: { floor: state } }) => [
    ...new Set([...Object.keys(state.spoke), ...Object.keys(answers)]),
  ],
  chapter: (scene) => ({
    id: scene.segment.id,
    title: scene.segment.title,
    blocks: [introductions(scene)],
  }),
  forget: () => ({ reason: '' }),
  texts: (scene) =>
    everyone(scene.session).flatMap((who) => (scene.answers[who] ? [reasonOf(scene, who)] : [])),
  retext: ({ answers, shared: state }, { item, key, text }) =>
    answers[item] && key === 'reason'
      ? { answers: { ...answers, [item]: { reason: text } }, shared: state }
      : { answers, shared: state },
}

const floorOf = (scene: Here): FloorScene => ({
  session: scene.session,
  floor: scene.shared.floor,
  people: everyone(scene.session),
  turn: scene.options.turnSeconds * 1000,
  now: scene.now,
})

/** The facilitator has the floor as soon as the segment opens. */
function firstUp(state: Shared['floor'], opts: Options, now: number): Shared['floor'] {
  const first = state.order[0]
  if (!first) return state
  return evolveFloor(state, {
    type: 'floor-handed',
    to: first,
    at: now,
    turn: opts.turnSeconds * 1000,
    left: null,
  })
}

/** Who is speaking, as she introduced herself when joining. */
function speakerCard(scene: Here) {
  const speaker = scene.shared.floor.speaker
  const person = speaker ? scene.session.participants[speaker] : undefined
  if (!speaker || !person) return null
  const reason = scene.answers[speaker]?.reason
  return {
    job: person.position ? said(person.position) : null,
    organisation: person.organisation ? said(person.organisation) : null,
    profile: person.introduced ? say(`profile.${person.profile}`) : null,
    reason: reason ? said(reason) : null,
  }
}

const ownReason = (scene: Here, who: PersonId) => {
  const reason = scene.answers[who]?.reason
  return reason ? said(reason) : null
}

/** The reasons people are here have their column once someone has given one. */
function introductions(scene: Here): Block {
  const people = everyone(scene.session)
  const told = people.some((who) => ownReason(scene, who))
  return {
    block: 'table',
    head: [say('summary.person'), say('summary.function'), ...(told ? [say('summary.reason')] : [])],
    rows: people.map((who) => [
      nameOf(scene.session, who),
      functionOf(scene, who),
      ...(told ? [ownReason(scene, who) ?? said('')] : []),
    ]),
  }
}

const functionOf = ({ session }: Here, who: PersonId): Text => {
  const person = session.participants[who]
  return said([person?.position, person?.organisation].filter(Boolean).join(', '))
}

const reasonOf = ({ session, answers }: Here, who: PersonId): Amendable => ({
  item: who,
  key: 'reason',
  label: nameOf(session, who),
  field: say('summary.reason'),
  text: answers[who]?.reason ?? '',
  authors: [who],
  max: bounds.reason,
  needed: false,
  paragraph: false,
})
