import { describe, expect, it } from 'vitest'
import { phaseKinds } from '../../src/core/phases/index.ts'
import type { ProgrammeAsk } from '../../src/core/programme/asks.ts'
import type { Programme } from '../../src/core/programme/types.ts'
import { renderPaper } from '../../src/documents/papers/index.ts'
import { speak } from '../../src/locales/index.ts'
import { hostileTexts } from '../support/chained.ts'
import { faultIn, type Opened, opened } from '../support/docx.ts'
import { begun, formats, lookAt, prepared, whole } from '../support/programme.ts'

const roles = ['referent', 'challenger', 'note-taker'] as const
type Role = (typeof roles)[number]
const programme = prepared(whole)
const sheet = async (role: Role, of: Programme = programme, more = {}): Promise<Opened> =>
  opened(await renderPaper(`brief-${role}`, lookAt(of, more)))
const flat = ({ text }: Opened): string => text.replaceAll('\u00A0', ' ')

describe('a briefing sheet', () => {
  it.each(roles)(
    'says who holds which role, the dates, the links and what the administration says: %s',
    async (role) => {
      const text = flat(await sheet(role))
      for (const words of [
        'Camille Durand',
        'Karim Benali',
        'Inès Faure',
        'lundi 22 mars 2027, de 17 h à 18 h 30',
        'https://teams.example/l/meetup/trois',
        'mardi 30 mars 2027, de 10 h à 11 h 30',
        'Choisir les données à ouvrir en premier.',
        'La ville a adhéré au partenariat.',
        'ouverture@ville.example',
      ])
        expect(text).toContain(words)
    },
  )

  it.each(roles)(
    'shares out the tasks of the kit (§4), and gives the good practices and what makes it accessible: %s',
    async (role) => {
      const text = flat(await sheet(role))
      expect(text).toMatch(/Fluidifier la parole/u)
      expect(text).toMatch(/Tenir le temps et modérer les questions de la conversation/u)
      expect(text).toMatch(/Restituer en direct sur le support/u)
      expect(text).toMatch(
        /cinq minutes avant[\s\S]*plus de quatre[\s\S]*Levez la main[\s\S]*Relisez le compte rendu/u,
      )
      expect(text).toMatch(/autres organisations que la vôtre, et aux personnes en situation de handicap/u)
    },
  )

  it('gives whoever facilitates the posture of the kit (§2)', async () => {
    for (const role of ['referent', 'challenger'] as const) {
      const text = flat(await sheet(role))
      expect(text).toMatch(
        /restez neutre[\s\S]*accueillez, et vérifiez que les inscrits[\s\S]*expliquez le déroulé[\s\S]*respecter le temps, et la parole[\s\S]*recadrez/u,
      )
    }
    expect(flat(await sheet('referent'))).toContain(
      'Prépare, tient le fil rouge et le livrable, recadre. Présent à chaque atelier.',
    )
    expect(flat(await sheet('note-taker'))).toContain(
      'Vous prenez les notes sur les supports, en direct, avec les mots de chacun.',
    )
  })

  it('lists the invited with their answers for the referent and the note-taker alone', async () => {
    for (const role of ['referent', 'note-taker'] as const)
      expect(flat(await sheet(role))).toMatch(
        /Paul Petit\nVille de Lyon\n1\nConfirme sa venue\n☐\nLéa Roux\n–\n2\nNe vient pas/u,
      )
    expect(flat(await sheet('challenger'))).not.toMatch(/Paul Petit|Léa Roux/u)
  })

  it('goes through each workshop minute by minute, at the clock of each group', async () => {
    const text = flat(await sheet('challenger'))
    expect(text).toMatch(/Groupes 1 et 2\nGroupe 3\nCe qui se passe\n14 h\n10 min\n17 h\nIntroduction\n/u)
    expect(text).toMatch(/14 h 40\n35 min\n17 h 40\nLister et qualifier les sujets/u)
    expect(text).toContain('15 h 30 et 18 h 30 : fin de l’atelier')
    expect(text).toMatch(/Heure\nCe qui se passe\n10 h\n10 min\nIntroduction/u)
    expect(text).toMatch(/10 h 55\n30 min\nFormuler un engagement pour compléter le canevas/u)
  })

  it('gives facilitators every line of the script’s guide and every point to mind', async () => {
    for (const role of ['referent', 'challenger'] as const) {
      const { text } = await sheet(role)
      for (const { segments } of Object.values(formats))
        for (const { objective, guide, attention } of segments) {
          for (const line of [objective, ...guide]) expect(text).toContain(line.fr)
          for (const line of attention) expect(text).toContain(`Attention\u00A0: ${line.fr}`)
        }
    }
  })

  it('tells the note-taker what to note at each step, and leaves out the guide', async () => {
    const { text } = await sheet('note-taker')
    const notes = phaseKinds().map((kind) =>
      speak({ say: `brief.note-${kind}` }, { lang: 'fr', zone: 'UTC' }),
    )
    expect(new Set(notes).size).toBe(phaseKinds().length)
    for (const note of notes) expect(text).toContain(note)
    for (const { segments } of Object.values(formats))
      for (const { guide } of segments) for (const line of guide) expect(text).not.toContain(line.fr)
  })

  it('counts the minutes that go by where there is no date, or more hours than can stand side by side', async () => {
    const bare = flat(await sheet('challenger', prepared(begun)))
    expect(bare).toMatch(/Heure\nCe qui se passe\nDébut\n10 min\nIntroduction/u)
    expect(bare).toMatch(/\+ 40 min\n35 min\nLister et qualifier les sujets/u)
    expect(bare).toContain('[à compléter : la date du premier atelier]')
    expect(bare).toContain('Rôle tenu par [à compléter : un nom]')
    const hours: ProgrammeAsk = {
      do: 'programme-dates',
      p: '1',
      ...Object.fromEntries([1, 2, 3, 4].map((group) => [`time-0-${group}`, `1${group}:00`])),
      'date-0-1': '2027-03-22',
    }
    const many = flat(
      await sheet(
        'challenger',
        prepared([{ do: 'programme-begin', from: 'novice', to: 'subject', people: '40' }, hours]),
      ),
    )
    expect(many).toContain('Groupe 4 : lundi 22 mars 2027, de 14 h à 15 h 30')
    expect(many).toMatch(/\+ 40 min\n35 min/u)
  })

  it('says so when a script is not there any more', async () => {
    const text = flat(await sheet('referent', programme, { formats: {} }))
    expect(text.match(/Le déroulé de cet atelier n’est plus disponible/gu)).toHaveLength(3)
  })

  it('is in the language of the programme, whatever the reader’s', async () => {
    const english = await sheet('referent', prepared(whole, 'en'), { lang: 'fr' })
    expect(english.headings[0]?.text).toBe('Lead facilitator')
    expect(english.text).toContain('Greet and thank everyone present')
    expect(english.text).not.toContain('Saluez')
  })

  it('opens the meeting from its link, and tells no account', async () => {
    const { parts, text } = await sheet('referent')
    expect(parts['word/_rels/document.xml.rels']).toContain('Target="https://teams.example/l/meetup/deux"')
    expect(Object.values(parts).join('') + text).not.toMatch(/claire/u)
  })

  it.each([...hostileTexts, ['an address', 'https://a.example/?a="b"&c=<d>\'e\u0007'] as const])(
    'holds what people wrote, whatever it is: %s',
    async (_what, hostile) => {
      const of = { ...programme, context: { ...programme.context, objective: hostile } }
      for (const role of roles) {
        const { parts } = await sheet(role, of)
        for (const xml of Object.values(parts)) expect(faultIn(xml)).toBeNull()
      }
    },
  )
})
