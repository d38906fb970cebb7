import { z } from 'zod'
import { bilingual } from '../bilingual.ts'
import type { Item } from '../phases/contract.ts'
import type { Place } from '../phases/seal.ts'
import { said, say, type Text } from '../text.ts'
import { beginning, type Exercise, type PlainAnswer, type Reply } from './exercise.ts'

const axis = z.object({ title: bilingual })
const scale = z.object({ min: z.number(), max: z.number() }).default({ min: 1, max: 5 })
const matrix = z.object({ from: z.string(), scale, x: axis, y: axis })
type Scale = z.infer<typeof scale>
const voted = z.object({
  votes: z.record(z.object({ x: z.number().nullable(), y: z.number().nullable() })),
})
const steered = z.object({ revealed: z.boolean() })

type Numbered = Item & { number: number }

/** "3 4 5": card 3, four on the vertical axis, five on the horizontal one; "-" for no opinion; several with ";". */
export function ratings(place: Place, answer: unknown): Exercise | null {
  const options = matrix.safeParse(place.segment.options).data
  if (!options) return null
  const votes = voted.safeParse(answer).data?.votes ?? {}
  const cards = place.harvest(options.from).flatMap(withNumber)
  const open = cards.length > 0 && !revealed(place)
  const left = cards.filter(({ id }) => !votes[id])
  const rest = open && left.length < cards.length ? restOf(left) : null
  const axes = { axisY: options.y.title, axisX: options.x.title, ...options.scale }
  return {
    desk: {
      how: open ? say('private.how-matrix', { ...axes, number: (left[0] ?? cards[0])?.number ?? 1 }) : null,
      items: cards.map(({ number, title, sentence }) => ({
        number,
        title: said(title),
        sentence: sentence ? said(sentence) : null,
      })),
      mine: cards.flatMap(({ id, number }) => {
        const vote = votes[id]
        return vote
          ? [{ number, text: say('private.rated', { number, y: opinion(vote.y), x: opinion(vote.x) }) }]
          : []
      }),
      rest,
      sealed: true,
    },
    read: (text) => rated(text, cards, options.scale),
    misread: (text) => say('private.misread-rating', { start: beginning(text) }),
    finish: (verb) => (verb === 'floor-done' && open ? finished(rest, left) : null),
  }
}

const withNumber = (item: Item): Numbered[] =>
  item.number === undefined ? [] : [{ ...item, number: item.number }]

const revealed = ({ session, segment }: Place): boolean =>
  steered.safeParse(session.steer.shared[segment.id]).data?.revealed ?? false

const opinion = (value: number | null): Text =>
  value === null ? say('matrix.no-opinion') : said(String(value))

const numbersOf = (cards: Numbered[]): Text => ({ listing: cards.map(({ number }) => said(String(number))) })

const restOf = (left: Numbered[]): Text =>
  left[0]
    ? say('private.rest-matrix', { count: left.length, list: numbersOf(left), number: left[0].number })
    : say('private.all-rated')

const finished = (rest: Text | null, left: Numbered[]): Reply =>
  left.length === 0
    ? { text: say('private.finished'), tone: 'good' }
    : { text: say(rest ? 'private.some-left' : 'private.nothing-rated'), tone: 'attention' }

/** Any dash is one: keyboards put their own. */
const ratedLine = /^\s*#?(\d{1,3})\s*[:,]?\s+(-?\d{1,3}|[\p{Pd}−])\s*[,/]?\s+(-?\d{1,3}|[\p{Pd}−])\s*$/u
const isDash = (typed: string): boolean => /^[\p{Pd}−]$/u.test(typed)

function rated(text: string, cards: Numbered[], within: Scale): PlainAnswer | null {
  const lines = text.split(/[;\n]/u).filter((line) => line.trim() !== '')
  const read = lines.flatMap((line) => {
    const [, number, y, x] = ratedLine.exec(line) ?? []
    return number && y && x ? [{ number: Number(number), y, x }] : []
  })
  if (lines.length === 0 || read.length < lines.length) return null
  const lost = read.find(({ number }) => !cards.some((one) => one.number === number))
  if (lost) return { wrong: noCard(lost.number, cards) }
  const out = read.find(({ y, x }) => !isOn(within, y) || !isOn(within, x))
  if (out) return { wrong: say('private.off-scale', { number: out.number, ...within }) }
  const inputs = read.flatMap(({ number, y, x }) => {
    const id = cards.find((one) => one.number === number)?.id
    return [
      [`d-${id}`, point(y)],
      [`f-${id}`, point(x)],
    ]
  })
  return {
    input: { do: 'rate-save', ...Object.fromEntries(inputs) },
    about: read.map(({ number }) => number),
  }
}

const noCard = (number: number, cards: Numbered[]): Text =>
  cards.length
    ? say('private.no-card', { number, count: cards.length, list: numbersOf(cards) })
    : say('matrix.task-nothing')

const isOn = ({ min, max }: Scale, typed: string): boolean =>
  isDash(typed) || (Number(typed) >= min && Number(typed) <= max)

const point = (typed: string): string => (isDash(typed) ? 'none' : typed)
