import { describe, expect, it } from 'vitest'
import { meetingRecord } from '../../src/core/meeting.ts'
import type { Ask } from '../../src/core/session/asks.ts'
import { readRecordText } from '../../src/stores/record.ts'
import { person, type Stage, workshopAt } from '../support/stage.ts'
import { playedRoadmap } from '../support/workshops.ts'

/** What every object answers to, whatever it holds. */
const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf']

const isSound = (here: Stage) => {
  expect(() => readRecordText(JSON.stringify(here.meeting()))).not.toThrow()
  expect(meetingRecord.safeParse(here.meeting()).success).toBe(true)
}

describe('a name of the language sent in place of someone, or of something', () => {
  it.each(names)('"%s" is nobody of the workshop', (name) => {
    const here = workshopAt('qualifier', 'paul')
    for (const role of ['participant', 'co-facilitator', 'facilitator'] as const)
      expect(here.tries('marie', { do: 'name-role', person: name, role } as Ask)).toMatchObject({
        refusal: 'unknown-person',
      })
    here.triesTo('marie', { do: 'card-add', title: 'Une carte', sentence: 'Une phrase.', author: name })
    expect(JSON.stringify(here.sees(person('marie')))).not.toContain('undefined')
    isSound(here)
  })

  it.each(names)('"%s" is no card', (name) => {
    const here = workshopAt('qualifier', 'paul')
    here.says('marie', { do: 'card-add', title: 'Une carte', sentence: 'Une phrase.' })
    for (const input of [
      { do: 'card-remove', card: name },
      { do: 'card-restore', card: name },
      { do: 'card-edit', card: name, title: 'Titre', sentence: 'Phrase.' },
      { do: 'card-merge', card: name, with: 'c4-0' },
      { do: 'cards-apart', card: name, with: name },
    ])
      expect(here.triesTo('marie', input), input.do).not.toBeNull()
    isSound(here)
  })

  it.each(names)('"%s" is no card of the matrix', (name) => {
    const here = workshopAt('qualifier', 'paul')
    here.says('marie', { do: 'card-add', title: 'Une carte', sentence: 'Une phrase.' })
    here.does('marie', { do: 'next' })
    for (const input of [
      { do: 'place', card: name, x: '3', y: '3' },
      { do: 'unplace', card: name },
      { do: 'prioritise', card: name },
    ])
      expect(here.triesTo('marie', input), input.do).not.toBeNull()
    isSound(here)
  })

  it.each(names)('"%s" is no sub-action and no step', (name) => {
    const here = playedRoadmap()
    const at = (id: string) => {
      here.does('marie', { do: 'undo' })
      const { position } = here.session().steer
      return position.status !== 'lobby' && here.session().format.segments[position.index]?.id === id
    }
    while (!at('feuille-de-route'));
    const inputs = [
      { do: 'step-remove', step: name },
      { do: 'step-restore', step: name },
      { do: 'step-edit', step: name, title: 'Titre' },
      { do: 'step-set', step: name, months: '3' },
      { do: 'step-move', step: name, after: name },
      { do: 'estimate-give', step: name, text: 'Trois mois' },
    ]
    for (const input of inputs) expect(here.triesTo('marie', input), input.do).not.toBeNull()
    while (!at('sous-actions'));
    for (const verb of ['sub-action-edit', 'sub-action-remove', 'sub-action-restore'])
      expect(
        here.triesTo('marie', { do: verb, action: name, title: 'Titre', sentence: 'Phrase.' }),
        verb,
      ).not.toBeNull()
    isSound(here)
  })
})
