import { describe, expect, it } from 'vitest'
import { theRoom } from '../../../src/core/phases/contract.ts'
import { dialogView } from '../../../src/core/views/index.ts'
import { ideas, person, type Stage, workshopAt, workshopOf } from '../../support/stage.ts'

const at = (here: Stage): string => {
  const { position } = here.session().steer
  const index = position.status === 'running' ? position.index : -1
  return here.session().format.segments[index]?.id ?? position.status
}

const onward = (here: Stage, by = 'marie') =>
  dialogView('onward', null, {
    session: here.session(),
    slot: '',
    viewer: person(by),
    now: here.now(),
    draft: {},
    by,
  })?.data

const asksFirst = (here: Stage) => (here.sees(person('marie')).controls as { asksFirst: boolean }).asksFirst

/** Two people wrote, and the facilitator has shown neither. */
const subjects = () =>
  workshopAt('identifier', 'paul', 'lea')
    .says('paul', ideas('Budget'))
    .says('lea', ideas('Cantines'))
    .does('marie', { do: 'next' })

const ratings = () => {
  const here = subjects().says('marie', { do: 'cards-show-all' }).does('marie', { do: 'next' })
  const [card] = Object.keys((here.session().steer.shared.qualifier as { cards: object }).cards)
  return here.says('paul', { do: 'rate-save', [`d-${card}`]: '4', [`f-${card}`]: '5' })
}

const pooled = () =>
  workshopOf(
    [
      { id: 'ouvrir', phase: 'ideation-by-profile', options: { silentMinutes: 5 } },
      { id: 'fin', phase: 'conclusion' },
    ],
    'paul',
  ).says('paul', { do: 'own-done', idea1: 'Des guichets ouverts le samedi' })

describe.each([
  ['subjects that nobody has seen', subjects, 'cards-show-all', 'classer'],
  ['ratings that nobody has seen', ratings, 'reveal', 'conclusion'],
  ['ideas that nobody has seen', pooled, 'own-show-all', 'fin'],
] as const)('%s', (_what, stage, verb, following) => {
  it.each(['next', 'skip'] as const)('are told of before "%s" leaves them behind', (move) => {
    const here = stage()
    const before = at(here)
    expect(here.tries('marie', { do: move })).toMatchObject({ refusal: 'left-unseen' })
    expect(at(here)).toBe(before)
    expect(asksFirst(here)).toBe(true)
  })

  it('are left by a facilitator who says so, and by no one else', () => {
    const here = stage()
    expect(here.tries('paul', { do: 'next', anyway: 'true' })).toEqual({ refusal: 'facilitator-only' })
    expect(at(here.does('marie', { do: 'next', anyway: 'true' }))).toBe(following)
  })

  it('are shown from the question itself, and the workshop then moves on unasked', () => {
    const here = stage()
    expect(onward(here)).toMatchObject({ asks: true, verb })
    expect(onward(here, 'paul')).toBeUndefined()
    here.says('marie', { do: verb })
    expect(onward(here)).toMatchObject({ asks: false })
    expect(asksFirst(here)).toBe(false)
    expect(at(here.does('marie', { do: 'next' }))).toBe(following)
  })
})

describe('what hides nothing', () => {
  it('asks nothing: nobody wrote, or what was written is shown by the next step', () => {
    const here = workshopAt('identifier', 'paul').says('paul', ideas('Budget'))
    expect(asksFirst(here)).toBe(false)
    const empty = workshopAt('qualifier', 'paul')
    expect(asksFirst(empty)).toBe(false)
    expect(at(empty.does('marie', { do: 'next' }))).toBe('classer')
    expect(at(empty.does('marie', { do: 'next' }))).toBe('conclusion')
  })
})

describe('a matrix without a subject', () => {
  const empty = () => subjects().does('marie', { do: 'next', anyway: 'true' })

  it('tells the facilitator to show them one step back, and the others to wait', () => {
    const here = empty()
    expect(here.sees(person('marie')).body).toMatchObject({
      nothing: { say: 'matrix.nothing-shown', with: { left: { with: { count: 2 } } } },
      mayGoBack: true,
      mayReveal: false,
    })
    for (const viewer of [person('paul'), theRoom])
      expect(here.sees(viewer).body).toMatchObject({
        nothing: { say: 'matrix.nothing-yet' },
        mayGoBack: false,
      })
    expect(here.triesTo('marie', { do: 'reveal' })?.problems).toEqual({ card: { say: 'matrix.nothing' } })
  })

  it('is a full one once she has gone back and shown them', () => {
    const here = empty().does('marie', { do: 'back' }).says('marie', { do: 'cards-show-all' })
    here.does('marie', { do: 'next' })
    expect(here.sees(person('marie')).body).toMatchObject({ nothing: null, mayReveal: true })
    const form = here.session().steps.findLast((slot) => slot.startsWith('step/classer'))
    expect(here.sees(person('paul'), form?.replace('step', 'form')).rows).toHaveLength(2)
  })

  it('asks for subjects where nobody wrote any, and lets her move on', () => {
    const here = workshopAt('classer', 'paul')
    expect(here.sees(person('marie')).body).toMatchObject({ nothing: { say: 'matrix.nothing-given' } })
    expect(at(here.does('marie', { do: 'next' }))).toBe('conclusion')
  })
})
