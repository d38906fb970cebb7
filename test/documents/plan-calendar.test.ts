import { describe, expect, it } from 'vitest'
import type { Programme } from '../../src/core/programme/types.ts'
import { renderPaper } from '../../src/documents/papers/index.ts'
import { hostileTexts } from '../support/chained.ts'
import { lines, text, valuesOf } from '../support/ics.ts'
import { lookAt, prepared, whole } from '../support/programme.ts'

const programme = prepared(whole)
const calendarOf = async (of: Programme, more = {}): Promise<string> =>
  String((await renderPaper('plan-calendar', lookAt(of, more))).body)

/** The events of a calendar, by what they are called. */
async function events(of: Programme): Promise<Map<string, Record<string, string>>> {
  const all: Record<string, string>[] = []
  for (const [name, value] of lines(await calendarOf(of))) {
    if (name === 'BEGIN' && value === 'VEVENT') all.push({})
    const last = all.at(-1)
    if (last) last[name] = value
  }
  return new Map(all.map((one) => [text(one.SUMMARY ?? ''), one]))
}

describe('the back-planning in a calendar', () => {
  it('holds each milestone as a whole day that takes no one’s time, what is done being ticked', async () => {
    const all = await events(programme)
    expect(all.size).toBe(programme.milestones.length)
    expect(all.get('Envoyer les invitations')).toMatchObject({
      'DTSTART;VALUE=DATE': '20270301',
      TRANSP: 'TRANSPARENT',
    })
    expect(all.get('✓ Fixer le créneau d’une heure et demie')?.['DTSTART;VALUE=DATE']).toBe('20270222')
  })

  it('holds each group’s workshop at its hour, for as long as it lasts, with its own link', async () => {
    const all = await events(programme)
    const second = all.get('Atelier 1, groupe 2\u00A0: J’identifie des sujets Gouvernement Ouvert')
    expect(second).toMatchObject({ DTSTART: '20270322T130000Z', DTEND: '20270322T143000Z', TRANSP: 'OPAQUE' })
    expect(text(second?.DESCRIPTION ?? '')).toContain('https://teams.example/l/meetup/deux')
    expect(text(second?.LOCATION ?? '')).toBe('https://teams.example/l/meetup/deux')
    const third = all.get('Atelier 1, groupe 3\u00A0: J’identifie des sujets Gouvernement Ouvert')
    expect(third?.DTSTART).toBe('20270322T160000Z')
    // Summer time has come in between.
    const later = all.get('Atelier 2\u00A0: Je circonscris le sujet et je formule mon engagement')
    expect(later?.DTSTART).toBe('20270330T080000Z')
  })

  it('replaces the events of an earlier download: the same ones, counted higher', async () => {
    const moved = prepared([...whole, { do: 'programme-dates', p: '1', 'date-0-1': '2027-03-23' }])
    const [before, after] = [await calendarOf(programme), await calendarOf(moved)]
    expect(new Set(valuesOf(before, 'UID')).size).toBe(programme.milestones.length)
    expect(valuesOf(after, 'UID').sort()).toEqual(valuesOf(before, 'UID').sort())
    const counted = (body: string) => [...new Set(valuesOf(body, 'SEQUENCE').map(Number))]
    expect(counted(before)).toHaveLength(1)
    expect(counted(after)[0]).toBeGreaterThan(counted(before)[0] ?? Number.POSITIVE_INFINITY)
    expect(valuesOf(await calendarOf(programme, { home: 'a:other' }), 'UID')).not.toEqual(
      valuesOf(before, 'UID'),
    )
  })

  it('takes a group that is no longer planned off a calendar that has it, until it is planned again', async () => {
    const fewer = [...whole, { do: 'programme-size', p: '1', people: '16', groups: '2' } as const]
    const again = [...fewer, { do: 'programme-size', p: '1', people: '24', groups: '3' } as const]
    const third = 'J’identifie des sujets Gouvernement Ouvert'
    const was = (await events(programme)).get(`Atelier 1, groupe 3\u00A0: ${third}`)
    const gone = (await events(prepared(fewer))).get(`Annulé\u00A0: Atelier 1, groupe 3\u00A0: ${third}`)
    expect(gone).toMatchObject({
      UID: was?.UID,
      STATUS: 'CANCELLED',
      DTSTART: was?.DTSTART,
      TRANSP: 'TRANSPARENT',
    })
    expect(Number(gone?.SEQUENCE)).toBeGreaterThan(Number(was?.SEQUENCE))
    expect(JSON.stringify(gone)).not.toContain('teams.example')
    const body = await calendarOf(prepared(again))
    expect(valuesOf(body, 'STATUS')).toEqual([])
    expect(valuesOf(body, 'UID').sort()).toEqual(valuesOf(await calendarOf(programme), 'UID').sort())
  })

  it('takes off all there was to do for a workshop that left the path, whatever place the others have since', async () => {
    const uids = (of: Map<string, Record<string, string>>) => [...of.values()].map(({ UID }) => UID)
    const was = await events(programme)
    const path = { do: 'programme-size', p: '1', people: '', groups: '' } as const
    const later = [...whole, { ...path, from: 'subject', to: 'canvas' } as const]
    const left = await events(prepared(later))
    expect(uids(left)).toEqual(expect.arrayContaining(uids(was)))
    const second = was.get('Atelier 2\u00A0: Je circonscris le sujet et je formule mon engagement')
    const first = left.get('Atelier 1, groupe 1\u00A0: Je circonscris le sujet et je formule mon engagement')
    expect(first).toMatchObject({ UID: second?.UID, DTSTART: second?.DTSTART })
    const cancelled = [...left].filter(([, { STATUS }]) => STATUS === 'CANCELLED')
    expect(cancelled.map(([name]) => name)).toEqual(
      expect.arrayContaining([
        'Annulé\u00A0: Atelier 1, groupe 2\u00A0: J’identifie des sujets Gouvernement Ouvert',
        'Annulé\u00A0: Atelier 2\u00A0: Je décris ma feuille de route',
      ]),
    )
    const kept = [...left.values()].filter(({ STATUS }) => STATUS !== 'CANCELLED').map(({ UID }) => UID)
    expect(cancelled.map(([, { UID }]) => UID).filter((one) => kept.includes(one))).toEqual([])
    const back = await calendarOf(prepared([...later, { ...path, from: 'novice', to: 'roadmap' }]))
    const again = new Set(valuesOf(back, 'UID'))
    expect(uids(was).filter((one) => !again.has(one ?? ''))).toEqual([])
  })

  it('is named after the programme, in the reader’s language, and tells no account', async () => {
    const body = await calendarOf(programme, { lang: 'en' })
    expect(valuesOf(body, 'X-WR-CALNAME').map(text)).toEqual(['Workshops, Ouvrir les données de la ville'])
    expect(valuesOf(body, 'SUMMARY').map(text)).toContain('Send the invitations')
    expect(body).not.toMatch(/claire/u)
    expect((await renderPaper('plan-calendar', lookAt(programme))).fileName).toBe(
      'agenda-des-ateliers-2027-03-22.ics',
    )
  })

  it.each(hostileTexts)('holds what people wrote, whatever it is: %s', async (_what, hostile) => {
    const context = { ...programme.context, subject: hostile }
    const body = await calendarOf({ ...programme, context })
    const shown = hostile.replace(/\r\n?|[\u0085\u2028\u2029]/gu, '\n').replace(/[^\P{Cc}\n]/gu, ' ')
    expect(valuesOf(body, 'X-WR-CALNAME').map(text)).toEqual([`Ateliers, ${shown.toWellFormed()}`])
  })
})
