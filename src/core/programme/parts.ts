import { said, say, type Text } from '../text.ts'
import type { Programme, Sitting, TeamRole } from './types.ts'

/** A sentence, and what nobody gave of it yet: that is marked in it, so that it is never sent unseen. */
export interface Part {
  text: Text
  lacks: Text[]
}

export const whole = (text: Text): Part => ({ text, lacks: [] })

/** What was written; else the mark of what is to be completed there. */
export const orLack = (text: Text | null, what: Text): Part =>
  text === null ? { text: say('lack.mark', { what }), lacks: [what] } : whole(text)

export const written = (text: string | undefined): Text | null =>
  text === undefined || text === '' ? null : said(text)

/** A sentence of parts: it lacks what they lack. */
export function sentence(key: string, values: Record<string, Part | number>): Part {
  const parts = Object.entries(values)
  return {
    text: say(key, Object.fromEntries(parts.map(([name, one]) => [name, isPart(one) ? one.text : one]))),
    lacks: parts.flatMap(([, one]) => (isPart(one) ? one.lacks : [])),
  }
}

const isPart = (one: Part | number): one is Part => typeof one === 'object'

/** Where this group meets for this workshop: the groups are one from the second on. */
export const sittingOf = ({ sittings }: Programme, step: number, group: number): Sitting | null =>
  sittings.find((one) => one.step === step && one.group === (step === 0 ? group : 1)) ?? null

/** A workshop by its number, and its group where there are several; 0 for the only one. */
const called = ({ groups }: Programme, step: number, group: number) => ({
  number: step + 1,
  group: step === 0 && groups > 1 ? group : 0,
})

/** « lundi 22 mars 2027, de 14 h à 15 h 30 ». */
export function whenPart(programme: Programme, step: number, group: number): Part {
  const sitting = sittingOf(programme, step, group)
  const minutes = programme.path[step]?.minutes ?? 0
  return orLack(sitting && spanOf(sitting, minutes), say('lack.date', called(programme, step, group)))
}

export const spanOf = ({ at }: Sitting, minutes: number): Text =>
  say('papers.span', { day: { day: at }, start: { time: at }, end: { time: at + minutes * 60_000 } })

export const linkPart = (programme: Programme, step: number, group: number): Part =>
  orLack(written(sittingOf(programme, step, group)?.link), say('lack.link', called(programme, step, group)))

export const objectivePart = ({ context }: Programme): Part =>
  orLack(written(context.objective), say('lack.objective'))

export const contactPart = ({ context }: Programme): Part =>
  orLack(written(context.contact), say('lack.contact'))

export const holderOf = ({ team }: Programme, role: TeamRole): Part =>
  orLack(written(team.find((one) => one.role === role)?.name), say('lack.holder'))

/** What it is called in a letter: its subject, else what several workshops lead to, or the only one. */
export const nameOf = ({ context, path, to }: Programme): Text =>
  written(context.subject) ??
  (path.length > 1 ? say(`programme.to-${to}-title`) : (path[0]?.title ?? said('')))

/** What everyone does online (kit §4). */
export const practices: Text[] = [
  say('practice.connect'),
  say('practice.mute'),
  say('practice.hand'),
  say('practice.brief'),
  say('practice.report'),
]
