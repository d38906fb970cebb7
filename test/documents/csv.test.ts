import { describe, expect, it } from 'vitest'
import { csvDocument } from '../../src/documents/csv.ts'
import {
  firstPlayed,
  hostileTexts,
  lobbyOf,
  reworded,
  secondPlayed,
  thirdPlayed,
} from '../support/chained.ts'
import { issueOf } from '../support/issue.ts'
import { workshopOf } from '../support/stage.ts'

/** As strict as RFC 4180: anything else than quoted cells, plain ones and CRLF throws. */
function read(body: string | Buffer, separator = ';'): string[][] {
  const text = String(body)
  const cell = new RegExp(`(?:"((?:[^"]|"")*)"|([^"${separator}\r\n]*))(${separator}|\r\n)`, 'uy')
  expect(text.startsWith('\uFEFF')).toBe(true)
  const rows: string[][] = [[]]
  for (cell.lastIndex = 1; cell.lastIndex < text.length; ) {
    const at = cell.lastIndex
    const [, quoted, plain, end] = cell.exec(text) ?? []
    if (end === undefined) throw new Error(`not a cell: ${text.slice(at, at + 40)}`)
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '')
    if (end === '\r\n') rows.push([])
  }
  expect(rows.pop()).toEqual([])
  return rows
}

const first = firstPlayed()
const second = secondPlayed(first)
const third = thirdPlayed(second)

describe('the table of subjects', () => {
  it('holds every card, best placed first, with its axes named by the script', () => {
    const { body, type, fileName } = csvDocument('subjects', issueOf(first))
    expect(read(body)).toEqual([
      [
        'Temps de l’atelier',
        'N°',
        'Titre',
        'Description',
        'Proposé par',
        'Faisabilité',
        'Désirabilité',
        'Nombre d’avis',
        'Prioritaire',
        'Bien placé',
        'Avis partagés',
        'Placé à la main',
      ],
      [
        'Classer les sujets selon leur désirabilité / faisabilité',
        '2',
        'Les budgets',
        'Lire le budget d’un coup d’œil.',
        'Lea Martin',
        '3',
        '4,5',
        '2',
        'oui',
        'non',
        'non',
        'non',
      ],
      [
        'Classer les sujets selon leur désirabilité / faisabilité',
        '1',
        'Les cantines',
        'Savoir d’où viennent les repas.',
        'Paul Martin',
        '4',
        '2',
        '2',
        'non',
        'non',
        'non',
        'non',
      ],
    ])
    expect(type).toBe('text/csv; charset=utf-8')
    expect(fileName).toMatch(/^sujets-2026-11-23.*\.csv$/u)
  })

  it('is in English with the separator and the decimals English spreadsheets expect', () => {
    const rows = read(csvDocument('subjects', issueOf(first, 'participants', 'en')).body, ',')
    expect(rows[0]?.slice(4, 9)).toEqual([
      'Suggested by',
      'Feasibility',
      'Desirability',
      'Number of ratings',
      'Priority',
    ])
    expect(rows[1]?.slice(5)).toEqual(['3', '4.5', '2', 'yes', 'no', 'no', 'no'])
  })

  it('gives numbers as numbers and words as words', () => {
    expect(String(csvDocument('subjects', issueOf(first, 'organisers', 'en')).body)).toContain(
      ',2,"Les budgets","Lire le budget d’un coup d’œil.","Lea Martin",3,4.5,2,"yes"',
    )
  })

  it('is its header alone where nothing was gathered', () => {
    for (const kind of ['subjects', 'sub-actions', 'roadmap'] as const)
      expect(read(csvDocument(kind, issueOf(lobbyOf(1))).body)).toHaveLength(1)
  })
})

describe('two sheets of subjects in one session', () => {
  const both = (fr: string) => ({ fr, en: fr })
  const axis = (title: string) => ({
    title: both(title),
    question: both(title),
    low: both('peu'),
    high: both('très'),
  })
  const options = { corner: both('Oui'), agreement: { within: 1, share: 0.6 } }

  it('are in one table, each card with its segment, and empty cells where it was not measured', () => {
    const here = workshopOf(
      [
        { id: 'une', phase: 'silent-ideation', options: { silentMinutes: 5 } },
        { id: 'cartes', phase: 'subject-cards', options: { from: 'une' } },
        { id: 'deux', phase: 'silent-ideation', options: { silentMinutes: 5 } },
        { id: 'autres', phase: 'subject-cards', options: { from: 'deux' } },
        {
          id: 'plan',
          phase: 'matrix',
          options: { ...options, from: 'autres', x: axis('Coût'), y: axis('Portée') },
        },
      ],
      'paul',
    )
    const add = (title: string) =>
      here.says('marie', { do: 'card-add', title, sentence: `${title}.`, author: 'paul' })
    here.does('marie', { do: 'next' })
    add('Le vélo').does('marie', { do: 'next' }).does('marie', { do: 'next' })
    add('Le bus').does('marie', { do: 'next' })
    const { cards } = here.session().steer.shared.autres as { cards: object }
    here.says('marie', { do: 'reveal' })
    here.says('marie', { do: 'place', card: Object.keys(cards)[0], x: '2', y: '4.5' })
    const rows = read(csvDocument('subjects', issueOf(here)).body)
    expect(rows.map((row) => [row[0], row[2], row[5], row[6]])).toEqual([
      ['Temps de l’atelier', 'Titre', 'Coût', 'Portée'],
      ['Segment cartes', 'Le vélo', '', ''],
      ['Segment plan', 'Le bus', '2', '4,5'],
    ])
  })
})

describe('the tables of the third format', () => {
  it('hold every sub-action', () => {
    const rows = read(csvDocument('sub-actions', issueOf(third)).body)
    expect(rows.map((row) => row.slice(1))).toEqual([
      ['N°', 'Titre', 'Description', 'Rubriques du canevas', 'Proposé par'],
      ['1', 'Former les agents', 'Deux journées.', '', 'Paul Martin'],
      ['2', 'Publier le budget', 'En données.', '', 'Lea Martin'],
    ])
  })

  it('hold every step with its days, its deliverable and what it gathers', () => {
    const rows = read(csvDocument('roadmap', issueOf(third)).body)
    expect(rows.map((row) => row.slice(1))).toEqual([
      [
        'N°',
        'Étape',
        'Livrable',
        'Pilote',
        'Début',
        'Fin',
        'Durée à préciser',
        'Après les étapes',
        'Sous-actions',
      ],
      [
        '1',
        'Préparer, publier; puis\\ fêter',
        'Un jeu de données, ouvert',
        'La direction des finances',
        '2027-01-01',
        '2027-06-30',
        'non',
        '',
        'Publier le budget',
      ],
      ['2', 'Former', '', '', '2027-07-01', '2027-12-31', 'non', '', ''],
    ])
  })
})

describe('what people wrote, in a table', () => {
  const cellOf = (text: string) =>
    read(csvDocument('subjects', reworded(issueOf(first), 'Les cantines', text)).body)[2]?.[2]

  it.each([
    '=1+1',
    '=HYPERLINK("https://pirate.example";"cliquez")',
    '+33 1 23 45 67 89',
    "-2+3+cmd|' /C calc'!A0",
    '@SUM(1;2)',
    '\t=1+1',
    '\r=1+1',
    '\n=1+1',
    '   =1+1',
    '\u00A0=1+1',
    '\u200B=1+1',
    '\u202E=1+1',
    '\uFEFF=1+1',
    '\u0000=1+1',
    '＝1+1',
    '＋1',
    '－1',
    '＠SUM(1)',
  ])('never begins as a formula: %j', (text) => {
    expect(cellOf(text)).toMatch(/^'/u)
    expect(
      cellOf(text)
        ?.slice(1)
        .replace(/^[\p{Z}\p{C}]+/u, ''),
    ).toBe(text.replace(/^[\p{Z}\p{C}]+/u, ''))
  })

  it.each(['1 = 1', 'L’eau + l’air', "l'eau", '« = »', '8-12 ans', 'contact@ville.example'])(
    'is left as it is where nothing would run: %s',
    (text) => expect(cellOf(text)).toBe(text),
  )

  it.each(hostileTexts)('stays in its own cell: %s', (_what, text) => {
    const rows = read(csvDocument('subjects', reworded(issueOf(first), 'Les cantines', text)).body)
    expect(rows.map((row) => row.length)).toEqual([12, 12, 12])
    const shown = (rows[2]?.[2] ?? '').replace(/^'/u, '')
    expect(shown).toBe(
      text
        .replace(/\r\n?|[\u0085\u2028\u2029]/gu, '\n')
        .replace(/[^\P{Cc}\n]/gu, ' ')
        .trim(),
    )
  })
})
