import { describe, expect, it } from 'vitest'
import { planPicture, planWords } from '../../src/core/programme/plan-picture.ts'
import type { Programme } from '../../src/core/programme/types.ts'
import type { Lang } from '../../src/core/text.ts'
import { planPng, planSvg } from '../../src/documents/papers/plan-picture.ts'
import { speak } from '../../src/locales/index.ts'
import { prepared, whole } from '../support/programme.ts'
import { overlap, texts } from '../support/svg.ts'

const programme = prepared(whole)
const crowded = prepared([
  { do: 'programme-begin', from: 'novice', to: 'roadmap', people: '80' },
  {
    do: 'programme-dates',
    p: '1',
    'date-0-1': '2027-03-01',
    'time-0-1': '09:30',
    ...Object.fromEntries([2, 3, 4, 5, 6, 7, 8].map((group) => [`date-0-${group}`, `2027-03-${10 + group}`])),
  },
])
const svgOf = (of: Programme, lang: Lang = 'fr') => planSvg(planPicture(of), { lang, zone: 'Europe/Paris' })
const marks = (svg: string): string[] => [...svg.matchAll(/data-mark="(\w+)"/gu)].map(([, mark = '']) => mark)

describe('the picture of a back-planning', () => {
  it.each([
    ['three groups', programme],
    ['eight groups on eight days', crowded],
  ])('is a PNG that Teams takes: %s', (_what, of) => {
    const png = planPng(planPicture(of), { lang: 'fr', zone: 'Europe/Paris' })
    expect(png.subarray(1, 4).toString()).toBe('PNG')
    expect(png.readUInt32BE(16)).toBeLessThanOrEqual(1000)
    expect(png.readUInt32BE(20)).toBeLessThanOrEqual(1024)
    expect(png.length).toBeLessThan(1_000_000)
  })

  it.each(['fr', 'en'] as const)(
    'hides no text behind another, cuts none, and is read on a phone: %s',
    (lang) => {
      for (const of of [programme, crowded]) {
        const svg = svgOf(of, lang)
        const all = texts(svg)
        const height = Number(/height="(\d+)"/u.exec(svg)?.[1])
        all.forEach((one, index) => {
          expect([one.words, one.left >= 0 && one.right <= 1000 && one.bottom <= height]).toEqual([
            one.words,
            true,
          ])
          expect([one.words, one.words.includes('…')]).toEqual([one.words, false])
          expect((one.size * 340) / 1000).toBeGreaterThanOrEqual(11)
          for (const other of all.slice(index + 1))
            expect([one.words, other.words, overlap(one, other)]).toEqual([one.words, other.words, false])
        })
      }
    },
  )

  it('goes down the months and the days, groups of one day in one row, a day named once', () => {
    const words = texts(svgOf(programme)).map((one) => one.words)
    expect(words.slice(0, 12)).toEqual([
      'Rétroplanning',
      'Ouvrir les données de la ville',
      'février 2027',
      'mars 2027',
      'avril 2027',
      'lun. 22',
      'Fixer le créneau',
      'lun. 1er',
      'Envoyer les invitations',
      'lun. 8',
      'Échange de cadrage avec la DITP',
      'ven. 12',
    ])
    expect(words).toContain('Atelier 1, 3 groupes, 14 h et 17 h')
    expect(words.filter((one) => one.startsWith('Atelier 1'))).toHaveLength(1)
    expect(words.filter((one) => one === 'ven. 19')).toHaveLength(1)
    const alone = texts(svgOf(crowded)).map((one) => one.words)
    expect(alone).toContain('Atelier 1, groupe 8, 9 h 30')
  })

  it('tells what comes before, the workshops and what comes after by shapes, and ticks what is done', () => {
    const { rows } = planPicture(programme)
    const svg = svgOf(programme)
    const legend = ['before', 'workshop', 'after', 'before']
    expect(marks(svg)).toEqual([...rows.map(({ moment }) => moment), ...legend])
    expect(new Set(rows.map(({ moment }) => moment))).toEqual(new Set(['before', 'workshop', 'after']))
    const shape = (mark: string) => new RegExp(`<(\\w+) data-mark="${mark}"`, 'u').exec(svg)?.[1]
    expect(['before', 'workshop', 'after'].map(shape)).toEqual(['circle', 'path', 'rect'])
    // One row is ticked, and one sign of the legend.
    expect(svg.split('stroke-linejoin="round"/>')).toHaveLength(3)
    expect(
      texts(svg)
        .slice(-4)
        .map(({ words }) => words),
    ).toEqual(['à faire avant', 'atelier', 'après', 'fait'])
  })

  it('is said again, all of it, in the words that stand for it', () => {
    for (const lang of ['fr', 'en'] as const) {
      const words = speak(planWords(planPicture(programme)), { lang, zone: 'Europe/Paris' })
      const { rows } = planPicture(programme)
      expect(words.split('\n')).toHaveLength(rows.length + 1)
      for (const { title } of rows) expect(words).toContain(speak(title, { lang, zone: 'Europe/Paris' }))
      expect(words.split('\n')[1]).toBe(
        lang === 'fr'
          ? '22 février 2027 (avant)\u00A0: Fixer le créneau, fait.'
          : '22 February 2027 (before): Fix the slot, done.',
      )
    }
  })

  it('is named after what people wrote, which stays words, cut where it is too long', () => {
    const context = { ...programme.context, subject: `</text><script> ${'W'.repeat(400)}` }
    const svg = svgOf({ ...programme, context })
    expect(svg).not.toContain('<script')
    expect(texts(svg)[1]?.words).toMatch(/^<\/text><script> W+…$/u)
    expect(texts(svg)[1]?.right).toBeLessThanOrEqual(1000)
  })
})
