import { describe, expect, it } from 'vitest'
import { theRoom } from '../../../src/core/phases/contract.ts'
import { seatOf } from '../../../src/core/session/place.ts'
import { outcomeChapter } from '../../../src/core/summary/outcome.ts'
import { said, type Text } from '../../../src/core/text.ts'
import { speak } from '../../../src/locales/index.ts'
import { ideas, person, type Stage, workshopAt } from '../../support/stage.ts'

const people = ['paul', 'lea', 'tom', 'zoe']

/** Four people, one subject each, in front of the matrix. */
function atMatrix(): Stage {
  const here = workshopAt('identifier', ...people)
  for (const who of people) here.says(who, ideas(`Sujet ${who}`))
  return here
    .does('marie', { do: 'next' })
    .says('marie', { do: 'cards-show-all' })
    .does('marie', { do: 'next' })
}

const harvest = (here: Stage) => {
  const seat = seatOf(here.session(), 'classer', here.now())
  return seat ? seat.phase.harvest(seat.place) : []
}

const cardIds = (here: Stage): string[] =>
  harvest(here)
    .sort((a, b) => (a.number ?? 0) - (b.number ?? 0))
    .map((one) => one.id)

/** One person's desirability and feasibility, card after card. */
const ratings = (here: Stage, votes: [string, string][]) =>
  Object.fromEntries(
    cardIds(here).flatMap((id, index) => [
      [`d-${id}`, votes[index]?.[0] ?? ''],
      [`f-${id}`, votes[index]?.[1] ?? ''],
    ]),
  )

const all = (d: string, f: string): [string, string][] => people.map(() => [d, f])

const spoken = (text: Text): string =>
  speak(text, { lang: 'fr', zone: 'Europe/Paris' }).replaceAll('\u00A0', ' ')

/** The first card stands highest on both axes, then the fourth, the third and the second. */
function ratedInOrder(): Stage {
  const here = atMatrix()
  const votes: [string, string][] = [
    ['5', '5'],
    ['1', '1'],
    ['3', '3'],
    ['4', '4'],
  ]
  return here.says('paul', { do: 'rate-save', ...ratings(here, votes) })
}

describe('the matrix', () => {
  it('places each card at the mean of the votes', () => {
    const here = atMatrix()
    here.says('paul', { do: 'rate-save', ...ratings(here, all('5', '2')) })
    here.says('lea', { do: 'rate-save', ...ratings(here, all('4', 'none')) })
    here.says('marie', { do: 'reveal' })
    expect(harvest(here)[0]).toMatchObject({ mean: { y: 4.5, x: 2 } })
  })

  it('takes votes from participants, once revealed from nobody', () => {
    const here = atMatrix()
    expect(here.triesTo('marie', { do: 'rate-save', ...ratings(here, all('5', '2')) })).toMatchObject({
      refusal: 'participants-only',
    })
    here.says('marie', { do: 'reveal' })
    expect(here.triesTo('paul', { do: 'rate-save', ...ratings(here, all('5', '2')) })).toMatchObject({
      refusal: 'shown-already',
    })
  })

  it('points out each missing or impossible rating', () => {
    const here = atMatrix()
    const id = cardIds(here)[0]
    const refusal = here.triesTo('paul', { do: 'rate-save', [`d-${id}`]: '6', [`f-${id}`]: '' })
    expect(Object.keys(refusal?.problems ?? {})).toEqual([`d-${id}`, `f-${id}`])
  })

  it('calls a card divided by the rule of the script, most divided first', () => {
    const here = atMatrix()
    const votes: [string, string][][] = [
      [
        ['1', '3'],
        ['3', '3'],
        ['2', '3'],
        ['3', '3'],
      ],
      [
        ['5', '3'],
        ['3', '3'],
        ['5', '3'],
        ['3', '3'],
      ],
      [
        ['1', '3'],
        ['3', '3'],
        ['2', '3'],
        ['4', '3'],
      ],
      [
        ['5', '3'],
        ['3', '3'],
        ['5', '3'],
        ['4', '3'],
      ],
    ]
    for (const [index, who] of people.entries())
      here.says(who, { do: 'rate-save', ...ratings(here, votes[index] ?? []) })
    here.says('marie', { do: 'reveal' })
    const divided = (here.sees(theRoom).body as { divided: { text: { with: { number: number } } }[] }).divided
    expect(divided.map((one) => one.text.with.number)).toEqual([1, 3])
  })

  it('is worth a picture only once revealed, with every placed card on it', () => {
    const here = atMatrix()
    const pictured = () => {
      const seat = seatOf(here.session(), 'classer', here.now())
      return seat ? seat.phase.picture(seat.place) : null
    }
    here.says('paul', { do: 'rate-save', ...ratings(here, all('5', '2')) })
    expect(pictured()).toBeNull()
    here.says('marie', { do: 'reveal' })
    expect(pictured()).toMatchObject({ points: { length: 4 } })
  })

  it('lets facilitators place any card by hand, within the scale, and undo it', () => {
    const here = atMatrix().says('marie', { do: 'reveal' })
    const id = cardIds(here)[2] ?? ''
    expect(here.sees(person('marie')).body).toMatchObject({
      allPlaced: false,
      unplaced: { with: { count: 4 } },
    })
    expect(here.triesTo('marie', { do: 'place', card: id, x: '9', y: '1' })?.problems).toHaveProperty('x')
    expect(here.triesTo('paul', { do: 'place', card: id, x: '2', y: '1' })).toMatchObject({
      refusal: 'facilitator-only',
    })
    here.says('marie', { do: 'place', card: id, x: '4.5', y: '5' })
    expect(harvest(here)[0]).toMatchObject({ id, mean: { x: 4.5, y: 5 } })
    here.does('marie', { do: 'undo' })
    expect(harvest(here)[0]?.mean).toBeUndefined()
  })

  it('marks priority subjects and ranks them first', () => {
    const here = ratedInOrder()
    here.says('marie', { do: 'reveal' })
    expect(harvest(here).map((one) => one.number)).toEqual([1, 4, 3, 2])
    here.says('marie', { do: 'prioritise', card: cardIds(here)[1] ?? '' })
    expect(harvest(here).map((one) => [one.number, one.priority])[0]).toEqual([2, true])
  })

  it('says of how many opinions each place is made, and puts what one person alone rated after the others', () => {
    const here = atMatrix()
    const only = (who: string, from: number, [d, f]: [string, string]) =>
      here.says(who, {
        do: 'rate-save',
        ...Object.fromEntries(
          cardIds(here)
            .slice(from)
            .flatMap((id) => [
              [`d-${id}`, d],
              [`f-${id}`, f],
            ]),
        ),
      })
    only('paul', 0, ['5', '5'])
    only('lea', 1, ['2', '2'])
    here.says('marie', { do: 'reveal' })
    const body = () =>
      here.sees(theRoom).body as { cards: { number: string; at: Text }[]; alone: Text | null }
    expect(body().cards.map((one) => one.number)).toEqual(['2', '3', '4', '1'])
    expect(body().cards.map((one) => spoken(one.at).split(' · ')[2])).toEqual([
      ...Array(3).fill('2 avis sur 4'),
      '1 avis sur 4',
    ])
    expect(body().alone).not.toBeNull()
    here.says('marie', { do: 'place', card: cardIds(here)[0] ?? '', x: '5', y: '5' })
    expect(body()).toMatchObject({ cards: [{ number: '1' }, {}, {}, {}], alone: null })
  })

  it('keeps in what came out the cards that stand well, priority or not', () => {
    const here = ratedInOrder()
    const told = (label: string) => {
      const [block] = outcomeChapter(here.session(), here.now()).blocks
      const facts = block?.block === 'facts' ? block.facts : []
      return speak(facts.find((one) => 'say' in one.label && one.label.say === label)?.value ?? said(''), {
        lang: 'fr',
        zone: 'Europe/Paris',
      }).replaceAll('\u00A0', ' ')
    }
    expect(told('outcome.well-placed')).toBe('')
    here.says('marie', { do: 'reveal' })
    expect(told('outcome.well-placed')).toBe('« Sujet paul » et « Sujet zoe »')
    here.says('marie', { do: 'prioritise', card: cardIds(here)[0] ?? '' })
    expect(told('outcome.priority')).toBe('« Sujet paul »')
    expect(told('outcome.well-placed')).toBe('« Sujet zoe »')
  })

  it('keeps the place chosen in the dialog with the mark, and only one that was changed', () => {
    const here = atMatrix()
    here.says('paul', { do: 'rate-save', ...ratings(here, all('5', '2')) }).says('marie', { do: 'reveal' })
    const [first = '', second = ''] = cardIds(here)
    here.says('marie', { do: 'prioritise', card: first, x: '2', y: '5' })
    here.says('marie', { do: 'prioritise', card: second, x: '3.5', y: '5' })
    const byNumber = (number: number) => harvest(here).find((one) => one.number === number)
    expect(byNumber(1)).toMatchObject({ priority: true, mean: { x: 2, y: 5 } })
    expect(byNumber(2)).toMatchObject({ priority: true, mean: { x: 3.5, y: 5 } })
    expect(Object.keys((here.session().steer.shared.classer as { placed: object }).placed)).toEqual([second])
    expect(here.triesTo('marie', { do: 'prioritise', card: cardIds(here)[2], x: '9', y: '1' })).toMatchObject(
      {
        refusal: 'invalid',
      },
    )
  })

  it('asks for ratings page by page and takes people to the first page they have not filled', () => {
    const here = workshopAt('identifier', 'paul', 'lea', 'tom')
    for (const who of ['paul', 'lea', 'tom'])
      here.says(who, { ...ideas(`A ${who}`), title2: `B ${who}`, sentence2: 'Deux.' })
    here.does('marie', { do: 'next' }).says('marie', { do: 'cards-show-all' }).does('marie', { do: 'next' })
    const form = () =>
      here.sees(person('paul'), 'form/classer/1') as {
        page: number
        rows: { y: string; x: string }[]
        receipt: boolean
      }
    const fill = () =>
      Object.fromEntries(
        form().rows.flatMap((row) => [
          [row.y, '3'],
          [row.x, '4'],
        ]),
      )
    expect(form()).toMatchObject({ page: 0, receipt: false })
    here.says('paul', { do: 'rate-save', page: '0', ...fill() })
    expect(form()).toMatchObject({ page: 1, receipt: false })
    here.says('paul', { do: 'rate-save', page: '1', ...fill() })
    expect(form()).toMatchObject({ receipt: true })
  })
})

describe('the reveal', () => {
  it('comes on a fresh card at the bottom of the chat, the old one folded', () => {
    const here = atMatrix()
    const before = here.session().steps.length
    here.says('marie', { do: 'reveal' })
    expect(here.session().steps).toHaveLength(before + 1)
    expect(here.sees(theRoom, here.session().steps.at(-2))).toMatchObject({ past: true })
    expect(here.sees(theRoom)).toMatchObject({ past: false, body: { revealed: true } })
  })
})
