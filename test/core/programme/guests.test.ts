import { describe, expect, it } from 'vitest'
import { countedIn } from '../../../src/core/programme/guests.ts'
import { begun, prepared } from '../../support/programme.ts'

const guestsOf = (guests: string) =>
  prepared([...begun, { do: 'programme-invite', p: '1', guests, group: '' }]).guests.map(
    ({ name, organisation }) => [name, organisation],
  )

describe('a list that was pasted', () => {
  const table = [
    ['Camille Durand', 'Ville de Lyon'],
    ['Léa Roux', 'Association Savoirs'],
  ]

  it.each([
    ['with tabs', 'Nom\tStructure\nCamille Durand\tVille de Lyon\nLéa Roux\tAssociation Savoirs'],
    ['with semicolons', 'NOM;Organisme\nCamille Durand;Ville de Lyon\nLéa Roux;Association Savoirs'],
    ['without its header', 'Camille Durand, Ville de Lyon\nLéa Roux, Association Savoirs'],
  ])('from a table %s keeps its people, and nothing of its header', (_, text) => {
    expect(guestsOf(text)).toEqual(table)
    expect(countedIn(text)).toBe(2)
  })

  it('from a mailbox is people between semicolons', () => {
    expect(guestsOf('Durand, Camille <c@x.fr>; Roux, Léa <l@x.fr>').map(([name]) => name)).toEqual([
      'Camille Durand',
      'Léa Roux',
    ])
  })

  it('may be one person whose name looks like a header', () => {
    expect(guestsOf('Prénom Nom')).toEqual([['Prénom Nom', '']])
  })
})
