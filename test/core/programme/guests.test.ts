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

  it.each([
    ['its surnames in a column of their own', 'Nom\tPrénom\tStructure\tMél'],
    ['no header, and surnames in capitals', null],
  ])('from a table with %s keeps whole names', (_, header) => {
    const rows = [
      'LEFÈVRE\tAnaïs\tPréfecture\ta.lefevre@x.fr',
      'MARTIN\tJulie\tVille\t',
      'MARTIN\tPaul\tVille\t',
      'BŒUF\tThéo\t\t01 02 03 04 05',
    ]
    const text = [...(header ? [header] : []), ...rows].join('\n')
    expect(guestsOf(text)).toEqual([
      ['Anaïs LEFÈVRE', 'Préfecture'],
      ['Julie MARTIN', 'Ville'],
      ['Paul MARTIN', 'Ville'],
      ['Théo BŒUF', ''],
    ])
  })

  it('from a table with neither header nor capitals takes its first two columns for names, where they read so', () => {
    const parted = 'Lefèvre\tAnaïs\tPréfecture\nLe Goff\tYann\tMétropole\nPaul\tMARTIN\tVille\nPerez\tZoé'
    expect(guestsOf(parted)).toEqual([
      ['Anaïs Lefèvre', 'Préfecture'],
      ['Yann Le Goff', 'Métropole'],
      ['Paul MARTIN', 'Ville'],
      ['Zoé Perez', ''],
    ])
    const whole = 'Anaïs Lefèvre\tDirectrice\tPréfecture\nYann Le Goff\tAgent\tMétropole'
    expect(guestsOf(whole)[0]).toEqual(['Anaïs Lefèvre', 'Directrice, Préfecture'])
    const jobs = 'Anaïs\tChargée de mission\tPréfecture\nYann\tAgent\tMétropole'
    expect(guestsOf(jobs)[0]).toEqual(['Anaïs', 'Chargée de mission, Préfecture'])
  })

  it('knows someone whose surname comes first for who she is', () => {
    expect(guestsOf('Anaïs Lefèvre, Préfecture\nLEFEVRE Anaïs')).toHaveLength(1)
  })

  it('keeps two people of one name, each with her structure, and once who is there twice', () => {
    expect(guestsOf('Paul Petit, Mairie\nPaul Petit, Préfecture\npaul petit\nPAUL PETIT, mairie')).toEqual([
      ['Paul Petit', 'Mairie'],
      ['Paul Petit', 'Préfecture'],
    ])
  })

  it('has what is said of someone between commas or semicolons', () => {
    expect(guestsOf('Zoé Perez ; Association Étoile')).toEqual([['Zoé Perez', 'Association Étoile']])
    expect(guestsOf('Zoé Perez; Léa Roux')).toEqual([
      ['Zoé Perez', ''],
      ['Léa Roux', ''],
    ])
    expect(guestsOf('Théo Bœuf, Citoyen,\nAna Silva,')).toEqual([
      ['Théo Bœuf', 'Citoyen'],
      ['Ana Silva', ''],
    ])
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
