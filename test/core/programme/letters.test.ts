import { describe, expect, it } from 'vitest'
import type { ProgrammeAsk } from '../../../src/core/programme/asks.ts'
import {
  type LetterFor,
  programmeLetter,
  programmeLetters,
  silentOf,
} from '../../../src/core/programme/letters.ts'
import type { Programme } from '../../../src/core/programme/types.ts'
import type { Text } from '../../../src/core/text.ts'
import { speak } from '../../../src/locales/index.ts'
import { begun, calendar, prepared, today, whole } from '../../support/programme.ts'

const programme = prepared(whole)
const bare = prepared(begun)
const sentFor = (of: Programme, group = 1, now = today): LetterFor => ({
  programme: of,
  group,
  now,
  today: calendar.dayAt(now),
})
const read = (text: Text): string =>
  speak(text, { lang: 'fr', zone: 'Europe/Paris' }).replaceAll('\u00A0', ' ')
const letter = (name: (typeof programmeLetters)[number], look: LetterFor): string =>
  read(programmeLetter(name, look).text)
const lacks = (name: (typeof programmeLetters)[number], look: LetterFor): string[] =>
  programmeLetter(name, look).lacks.map(read)

describe('the invitation (kit §4)', () => {
  it('says the objective, every date with its hours and its link, how to take part, and whom to ask', () => {
    const text = letter('invitation', sentFor(programme))
    for (const line of [
      'Notre objectif\nChoisir les données à ouvrir en premier.',
      'Atelier 1, « J’identifie des sujets Gouvernement Ouvert » : lundi 22 mars 2027, de 14 h à 15 h 30',
      'Lien : https://teams.example/l/meetup/un',
      'Atelier 2, « Je circonscris le sujet et je formule mon engagement » : mardi 30 mars 2027, de 10 h à 11 h 30',
      'Lien : https://teams.example/l/meetup/quatre',
      'Lien : https://teams.example/l/meetup/cinq',
      'en ligne, dans une réunion Teams',
      'Votre contact : ouverture@ville.example',
      'Camille Durand\nKarim Benali\nInès Faure',
    ])
      expect(text).toContain(line)
  })

  it('gives the good practices, is open to all, and asks for an answer by the day of the reminder', () => {
    const text = letter('invitation', sentFor(programme))
    expect(text).toMatch(/cinq minutes avant, avec votre prénom, votre nom et votre structure/u)
    expect(text).toMatch(/micro[^\n]*plus de quatre/u)
    expect(text).toMatch(
      /Levez la main[\s\S]*en peu de mots, restez avec le groupe, écoutez[\s\S]*Relisez le compte rendu[^\n]*complétez/u,
    )
    expect(text).toMatch(/toutes les organisations et aux personnes en situation de handicap/u)
    expect(text).toContain('Merci de confirmer votre venue, en réponse à ce message, avant le 12 mars 2027.')
  })

  it('says, before the second workshop, that only one group goes on where several begin', () => {
    const line = 'La suite se tient en un seul groupe, de dix personnes au plus'
    const text = letter('invitation', sentFor(programme))
    const [place, second] = [text.indexOf(line), text.indexOf('– Atelier 2')]
    expect(place).toBeGreaterThan(text.indexOf('– Atelier 1'))
    expect(place).toBeLessThan(second)
    const one = prepared([...whole, { do: 'programme-size', p: '1', people: '8', groups: 'advised' }])
    expect(letter('invitation', sentFor(one))).not.toContain(line)
  })

  it('gives each group its own hour and its own link', () => {
    const third = letter('invitation', sentFor(programme, 3))
    expect(third).toContain(
      'lundi 22 mars 2027, de 17 h à 18 h 30\n  Lien : https://teams.example/l/meetup/trois',
    )
    expect(third).not.toContain('meetup/un')
    expect(third).toContain('meetup/quatre')
  })

  it('marks what a group lacks as that group’s', () => {
    const undated = lacks('invitation', sentFor({ ...programme, sittings: [] }, 2))
    expect(undated).toContain('la date du groupe 2')
    expect(undated).toContain('le lien du groupe 2')
    expect(undated).toContain('la date de l’atelier 2')
  })

  it('marks what nobody gave, and tells each of those things once', () => {
    const text = letter('invitation', sentFor(bare))
    expect(text).toContain('Notre objectif\n[à compléter : l’objectif de votre administration]')
    expect(text).toContain(
      '– [à compléter : la date du premier atelier]\n  Lien : [à compléter : le lien du premier atelier]',
    )
    expect(lacks('invitation', sentFor(bare))).toEqual([
      'l’objectif de votre administration',
      'la date du premier atelier',
      'le lien du premier atelier',
      'la date limite de réponse',
      'la personne à contacter',
      'votre nom',
    ])
  })

  it('asks for an answer by a day that is still to come, or leaves that day to be given', () => {
    const late = calendar.instantOf('2027-03-16', '10:00')
    expect(letter('invitation', sentFor(programme, 1, late))).toContain('avant le 19 mars 2027')
    const over = calendar.instantOf('2027-05-01', '10:00')
    expect(lacks('invitation', sentFor(programme, 1, over))).toEqual(['la date limite de réponse'])
  })

  it('is in the programme’s language, whoever reads it', () => {
    const english = prepared(whole, 'en')
    expect(letter('invitation', sentFor(english))).toContain('Please confirm that you are coming')
    expect(letter('invitation', sentFor(english))).toContain('Monday 22 March 2027, 14:00 to 15:30')
  })
})

describe('the reminder to those who have not answered', () => {
  it('says the dates again and asks for an answer a week before', () => {
    const text = letter('chasing', sentFor(programme, 2))
    expect(text).toContain('vous n’avez pas encore répondu')
    expect(text).toContain('https://teams.example/l/meetup/deux')
    expect(text).toContain('avant le 15 mars 2027')
  })

  it('is for the silent of this group, and names nobody', () => {
    expect(silentOf(sentFor(programme, 3)).map(read)).toEqual(['Tom Blanc'])
    expect(silentOf(sentFor(programme, 1))).toEqual([])
    for (const name of programmeLetters)
      expect(letter(name, sentFor(programme, 3))).not.toMatch(/Tom Blanc|Paul Petit|Léa Roux/u)
  })
})

describe('the reminder of the eve', () => {
  it('is for the workshop that comes next, with its hours and its link', () => {
    expect(letter('eve', sentFor(programme, 2))).toContain(
      'lundi 22 mars 2027, de 14 h à 15 h 30.\nLien : https://teams.example/l/meetup/deux',
    )
    const between = calendar.instantOf('2027-03-25', '10:00')
    expect(letter('eve', sentFor(programme, 2, between))).toContain(
      'l’atelier « Je circonscris le sujet et je formule mon engagement » : mardi 30 mars 2027, de 10 h à 11 h 30.\nLien : https://teams.example/l/meetup/quatre',
    )
  })

  it('marks its own day and link where they lack, and nothing it does not tell', () => {
    expect(lacks('eve', sentFor(bare))).toEqual([
      'la date du premier atelier',
      'le lien du premier atelier',
      'la personne à contacter',
      'votre nom',
    ])
  })
})

describe('every letter', () => {
  it.each(programmeLetters)('lacks exactly what it marks: %s', (name) => {
    const asks: ProgrammeAsk[][] = [begun, whole.slice(0, 1), whole.slice(0, 2), whole.slice(0, 3), whole]
    for (const some of asks) {
      const text = letter(name, sentFor(prepared(some)))
      const marked = [...text.matchAll(/\[à compléter : ([^\]]+)\]/gu)].map(([, what = '']) => what)
      expect([...new Set(marked)]).toEqual(lacks(name, sentFor(prepared(some))))
    }
    expect(lacks(name, sentFor(programme))).toEqual([])
    expect(letter(name, sentFor(programme))).not.toMatch(/\n\n\n|undefined/u)
  })
})
