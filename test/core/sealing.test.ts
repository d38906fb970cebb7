import { describe, expect, it } from 'vitest'
import { theRoom, type Viewer } from '../../src/core/phases/contract.ts'
import { chaptersOf } from '../../src/core/summary/index.ts'
import { dialogView, viewOf } from '../../src/core/views/index.ts'
import { ideas, joining, person, type Stage, workshopAt, workshopOf } from '../support/stage.ts'

const secret = 'ZEBRE-SECRET'

/** Everything this viewer could be sent at this moment, as text. */
function allPayloads(here: Stage, viewer: Viewer): string {
  const session = here.session()
  const slots = [
    'lobby',
    'join',
    ...session.steps,
    ...session.format.segments.map((one) => `form/${one.id}/1`),
  ]
  const views = slots.map((slot) => viewOf(session, slot, viewer, here.now()))
  const by = viewer.sees === 'person' ? viewer.id : ''
  const dialogs = [
    'note',
    'onward',
    'prepare',
    'team',
    'join',
    'floor',
    'card-add',
    'card-edit',
    'place',
    'reason',
    'heard',
    'hint',
  ].map((name) =>
    dialogView(name, null, { session, slot: 'lobby', viewer, now: here.now(), draft: { about: 'c1-0' }, by }),
  )
  return JSON.stringify([views, dialogs])
}

const everyoneElse: Viewer[] = [theRoom, person('marie'), person('lea'), person('stranger')]

describe('what is written in silence', () => {
  it('is in nobody else’s payload until its author has the floor, the facilitator’s included', () => {
    const here = workshopAt('identifier', 'paul', 'lea').says('paul', ideas(secret))
    for (const viewer of everyoneElse) expect(allPayloads(here, viewer)).not.toContain(secret)
    expect(allPayloads(here, person('paul'))).toContain(secret)

    here.says('lea', ideas('Autre')).does('marie', { do: 'next' })
    here.says('marie', { do: 'floor-give', who: 'lea' })
    for (const viewer of everyoneElse) expect(allPayloads(here, viewer)).not.toContain(secret)

    here.says('marie', { do: 'floor-done' })
    for (const viewer of everyoneElse) expect(allPayloads(here, viewer)).toContain(secret)
  })

  it('stays out of the summary when it was never shown', () => {
    const here = workshopAt('identifier', 'paul').says('paul', ideas(secret)).does('marie', { do: 'end' })
    expect(JSON.stringify(chaptersOf(here.session(), 'organisers', here.now()))).not.toContain(secret)
    for (const viewer of everyoneElse) expect(allPayloads(here, viewer)).not.toContain(secret)
  })

  it('is sealed again when the facilitator undoes the hand-over', () => {
    const here = workshopAt('identifier', 'paul', 'lea')
      .says('paul', ideas(secret))
      .does('marie', { do: 'next' })
    here.says('marie', { do: 'floor-give', who: 'paul' }).does('marie', { do: 'undo' })
    for (const viewer of everyoneElse) expect(allPayloads(here, viewer)).not.toContain(secret)
    here.says('paul', ideas('Corrigé'), 'identifier')
  })
})

describe('what is written in silence and pooled in the same segment', () => {
  const segments = [
    { id: 'ouvrir', phase: 'ideation-by-profile', options: { silentMinutes: 5 } },
    { id: 'conclusion', phase: 'conclusion' },
  ]
  const written = (...more: string[]) =>
    workshopOf(segments, 'paul', 'lea', ...more).says('paul', {
      do: 'own-done',
      idea1: 'Une idée',
      idea2: secret,
    })
  const sealed = (here: Stage) => {
    for (const viewer of everyoneElse) expect(allPayloads(here, viewer)).not.toContain(secret)
  }

  it('is in nobody else’s payload until its author has the floor, the facilitator’s included', () => {
    const here = written()
    sealed(here)
    expect(allPayloads(here, person('paul'))).toContain(secret)
    sealed(here.says('marie', { do: 'silence' }).wait(5))
    sealed(
      here.says('lea', { do: 'own-done', idea1: 'Autre' }).says('marie', { do: 'floor-give', who: 'lea' }),
    )
    sealed(here.says('marie', { do: 'heard-add', text: 'Entendue', author: 'paul' }))
    here.says('marie', { do: 'floor-done' })
    for (const viewer of everyoneElse) expect(allPayloads(here, viewer)).toContain(secret)
  })

  it('stays sealed when its author asks for the floor, takes another role, or leaves and comes back', () => {
    const here = written('zoe').says('marie', { do: 'floor-give', who: 'zoe' })
    here.says('marie', { do: 'floor-first', who: 'lea' })
    sealed(here.says('paul', { do: 'floor-jump' }))
    sealed(here.does('marie', { do: 'name-role', person: 'paul', role: 'note-taker' }))
    sealed(here.does('paul', { do: 'leave' }).does('paul', joining('paul')))
  })

  it('stays out of the summary, and of what later segments get, when it was never shown', () => {
    const here = written().does('marie', { do: 'next', anyway: 'true' })
    sealed(here)
    here.does('marie', { do: 'end' })
    for (const copy of ['organisers', 'participants'] as const)
      expect(JSON.stringify(chaptersOf(here.session(), copy, here.now()))).not.toContain(secret)
    sealed(here)
  })

  it('is sealed again when the facilitator undoes what showed it', () => {
    const here = written().says('marie', { do: 'floor-give', who: 'paul' }).does('marie', { do: 'undo' })
    sealed(here)
    sealed(here.says('marie', { do: 'own-show-all' }).does('marie', { do: 'undo' }))
    here.says('paul', { do: 'own-done', idea1: 'Corrigée' })
  })
})

describe('votes', () => {
  it('show nothing to anyone before the reveal, and no name after', () => {
    const here = workshopAt('identifier', 'paul', 'lea')
      .says('paul', ideas('Budget'))
      .does('marie', { do: 'next' })
    here.says('marie', { do: 'floor-give', who: 'paul' }).does('marie', { do: 'next' })
    const card = Object.keys(
      here.session().steer.shared.qualifier as { cards: object } & Record<string, object>,
    )
    expect(card).toContain('cards')
    const id = Object.keys(
      (here.session().steer.shared.qualifier as { cards: Record<string, unknown> }).cards,
    )[0]
    here.says('paul', { do: 'rate-save', page: '0', [`d-${id}`]: '5', [`f-${id}`]: '2' })
    for (const viewer of everyoneElse) {
      const seen = JSON.stringify(here.sees(viewer))
      expect(seen).not.toContain('"matrix.at"')
      expect(seen).not.toContain('picture')
    }
    expect(
      JSON.stringify(viewOf(here.session(), 'form/classer/1', person('lea'), here.now())?.data.mine),
    ).toBe('[]')
    here.says('marie', { do: 'reveal' })
    expect(JSON.stringify(here.sees(theRoom))).toContain('"matrix.at"')
  })
})

describe('e-mail addresses', () => {
  it('are in the organisers’ copy of the summary only', () => {
    const here = workshopAt('conclusion', 'paul')
    here
      .says('paul', { do: 'feedback-save', email: 'paul@example.org', consent: 'true' })
      .does('marie', { do: 'next' })
    expect(JSON.stringify(chaptersOf(here.session(), 'organisers', here.now()))).toContain('paul@example.org')
    expect(JSON.stringify(chaptersOf(here.session(), 'participants', here.now()))).not.toContain(
      'paul@example.org',
    )
    for (const viewer of everyoneElse) expect(allPayloads(here, viewer)).not.toContain('paul@example.org')
  })
})
