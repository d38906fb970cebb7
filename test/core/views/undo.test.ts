import { expect, it } from 'vitest'
import { liveSlot } from '../../../src/core/session/effects.ts'
import { say } from '../../../src/core/text.ts'
import { viewOf } from '../../../src/core/views/index.ts'
import { person, workshopAt } from '../../support/stage.ts'

it('what would be undone bears the name of whoever did it, but for what one did oneself', () => {
  const here = workshopAt('tour-de-table', 'camille', 'lea')
  const undo = () => {
    const view = viewOf(here.session(), liveSlot(here.session()), person('marie'), here.now())
    return view?.data.controls
  }
  expect(undo()).toMatchObject({ undo: say('control.undo', { what: say('move.next') }) })
  here.does('lea', { do: 'phase', input: { do: 'floor-jump' } })
  expect(undo()).toMatchObject({
    undo: { say: 'control.undo-of', with: { what: say('move.floor-jump') } },
  })
  expect(JSON.stringify(undo())).toMatch(/lea/i)
  here.does('marie', { do: 'undo' })
  expect(undo()).toMatchObject({ redo: { say: 'control.redo-of' } })
})
