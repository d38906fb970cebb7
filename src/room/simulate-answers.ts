import type { CardInput } from './simulate-cards.ts'
import { hash, pick } from './simulate-chance.ts'
import { type Part, plain, sheetText } from './simulate-texts.ts'
import type { JsonObject, Language, Pace } from './views.ts'

/** What is being filled. */
export interface Filling {
  part: Part
  language: Language
  /** How many times this person has already given something by this form. */
  turn: number
}

/** Fills a form as this person would; what they leave empty is left out, as clients do. The same person rates the same subject the same way. */
export function fill(inputs: CardInput[], filling: Filling): JsonObject {
  const chosen = new Map(
    inputs
      .filter((input) => input.type === 'Input.ChoiceSet')
      .map((input) => [input.id, choose(input, filling)]),
  )
  const given = inputs.map((input) => [
    input.id,
    chosen.get(input.id) ?? answer(input, inputs, { ...filling, chosen }),
  ])
  return Object.fromEntries(given.filter(([, value]) => value !== ''))
}

type Chosen = Filling & { chosen: Map<string, string> }

function answer(input: CardInput, inputs: CardInput[], filling: Chosen): string {
  if (input.type === 'Input.Toggle') return input.valueOn
  if (input.type === 'Input.Text') return write(input, inputs, filling).slice(0, input.maxLength)
  return input.value
}

function write(input: CardInput, inputs: CardInput[], { part, chosen, turn }: Chosen): string {
  const { persona } = part
  const known = knownText(part)[input.id]
  if (known !== undefined) return known || input.value
  if (input.value) return input.value
  const onSheet = sheetText(input, inputs, { part, chosen, turn })
  return onSheet ?? pick(persona.phrases, hash(persona.id + input.id))
}

function knownText({ persona }: Part): Record<string, string> {
  const [first, second] = persona.subjects
  const speaksTwice = hash(persona.id) % 5 < 3
  return {
    firstName: persona.firstName,
    lastName: persona.lastName,
    position: persona.position,
    organisation: persona.organisation,
    reason: persona.reason,
    email: `${plain(persona.firstName)}.${plain(persona.lastName)}@exemple.example`,
    title1: first?.title ?? '',
    sentence1: first?.sentence ?? '',
    title2: speaksTwice ? (second?.title ?? '') : '',
    sentence2: speaksTwice ? (second?.sentence ?? '') : '',
    ...Object.fromEntries([0, 1, 2].map((n) => [`idea${n + 1}`, persona.ideas[n] ?? ''])),
  }
}

/** Of these, everyone takes another, so that the whole sheet gets filled. */
const spread = new Set(['heading', 'starter', 'step'])

function choose(input: CardInput, { part, language, turn }: Filling): string {
  const values = input.choices.map((choice) => choice.value).filter(Boolean)
  if (values.length === 0) return input.value
  const { persona, seat } = part
  const known: Record<string, string> = { profile: persona.profile, lang: language }
  const wanted = known[input.id]
  if (wanted && values.includes(wanted)) return wanted
  if (/^[df]-/.test(input.id)) return pick(values, rate(input.id, part, values.length))
  return pick(values, spread.has(input.id) ? seat + 4 * turn : hash(persona.id + input.id))
}

/** Some subjects everyone sees alike; others divide the room along people's generosity. */
function rate(id: string, { persona }: Part, steps: number): number {
  const common = (hash(id) % 100) / 100
  const divides = hash(`${id}?`) % 3 === 0
  const own = divides ? (persona.generosity < 0.5 ? 0.05 : 0.95) : common * 0.7 + persona.generosity * 0.3
  const wobble = ((hash(persona.id + id) % 100) / 100 - 0.5) * 0.35
  return Math.round(Math.min(1, Math.max(0, own + wobble)) * (steps - 1))
}

const paceFactor: Record<Pace, number> = { slow: 1.6, normal: 1, fast: 0.45 }

/** Room time, in milliseconds, before pressing: to speak, to fill a form, or just to click. */
export function thinkingTime(verb: string, inputs: CardInput[], pace: Pace, random: () => number): number {
  const [least, most] = secondsFor(verb, inputs)
  return (least + random() * (most - least)) * 1000 * paceFactor[pace]
}

function secondsFor(verb: string, inputs: CardInput[]): [number, number] {
  if (verb === 'floor-done') return [20, 70]
  if (verb === 'floor-jump') return [10, 60]
  if (inputs.length === 0) return [3, 15]
  return [30, 120]
}
