import { describe, expect, it } from 'vitest'
import { probableTwins } from '../../src/core/likeness.ts'

const card = (id: string, title: string, sentence: string) => ({ id, title, sentence })

describe('near-duplicates', () => {
  it('are found whatever the order of words, the accents, the capitals and the endings', () => {
    const twins = probableTwins([
      card('a', 'Budget participatif', 'Un budget décidé avec les habitants.'),
      card('b', 'BUDGETS PARTICIPATIFS', 'Les habitants décident du budget.'),
      card('c', 'Transports scolaires', 'Publier les horaires des cars.'),
    ])
    expect(twins.map(({ a, b }) => [a.id, b.id])).toEqual([['a', 'b']])
  })

  it('are not claimed of subjects that share only common words', () => {
    expect(
      probableTwins([
        card('a', 'Ouvrir les données de santé', 'Publier les données des hôpitaux.'),
        card('b', 'Ouvrir les terrains de sport', 'Partager les horaires des gymnases.'),
      ]),
    ).toEqual([])
  })

  it('are not seen in empty or single-letter texts', () => {
    expect(probableTwins([card('a', '', ''), card('b', '👍', 'x')])).toEqual([])
  })
})
