import { expect, it } from 'vitest'
import { liveSlot } from '../../../src/core/session/effects.ts'
import { say } from '../../../src/core/text.ts'
import { viewOf } from '../../../src/core/views/index.ts'
import { person, workshopAt } from '../../support/stage.ts'

it('what would be undone is told with the name of whoever did it, but for what one did oneself', () => {
  const here = workshopAt('tour-de-table', 'camille', 'lea')
  const undo = () => {
    const view = viewOf(here.session(), liveSlot(here.session()), person('marie'), here.now())
    return view?.data.controls
  }
  expect(undo()).toMatchObject({ undo: say('control.undo', { what: say('move.next') }), undoOf: null })
  here.does('lea', { do: 'phase', input: { do: 'floor-jump' } })
  expect(undo()).toMatchObject({
    undo: say('control.undo', { what: say('move.floor-jump') }),
    undoOf: { say: 'control.undo-of' },
  })
  expect(JSON.stringify(undo())).toMatch(/lea/iu)
  here.does('marie', { do: 'undo' })
  expect(undo()).toMatchObject({ undoOf: null })
})
