import { describe, expect, it } from 'vitest'
import { milestonesDocument } from '../../src/documents/calendar.ts'
import type { Issue } from '../../src/documents/issue.ts'
import { firstPlayed, hostileTexts, reworded, secondPlayed, thirdPlayed } from '../support/chained.ts'
import { lines, text, valuesOf } from '../support/ics.ts'
import { issueOf } from '../support/issue.ts'

const third = thirdPlayed(secondPlayed(firstPlayed()))
const bodyOf = (issue: Issue): string => String(milestonesDocument(issue).body)

describe('the milestones in a calendar', () => {
  it('are the day on which each step ends, with what it delivers, who leads it and when it starts', () => {
    const body = bodyOf(issueOf(third))
    expect(valuesOf(body, 'BEGIN')).toEqual(['VCALENDAR', 'VEVENT', 'VEVENT'])
    expect(valuesOf(body, 'DTSTART;VALUE=DATE')).toEqual(['20270630', '20271231'])
    expect(valuesOf(body, 'SUMMARY').map(text)).toEqual([
      'Jalon 1\u00A0: Préparer, publier; puis\\ fêter',
      'Jalon 2\u00A0: Former',
    ])
    expect(valuesOf(body, 'DESCRIPTION').map(text)).toEqual([
      'Livrable\u00A0: Un jeu de données, ouvert\nPilote\u00A0: La direction des finances\nDébut\u00A0: 1er janvier 2027',
      'Début\u00A0: 1er juillet 2027',
    ])
    expect(valuesOf(body, 'X-WR-CALNAME').map(text)).toEqual([
      'Feuille de route, Je décris ma feuille de route',
    ])
  })

  it('are in English for those who chose it', () => {
    const body = bodyOf(issueOf(third, 'participants', 'en'))
    expect(valuesOf(body, 'SUMMARY').map(text)[1]).toBe('Milestone 2: Former')
    expect(valuesOf(body, 'DESCRIPTION').map(text)[1]).toBe('Start: 1 July 2027')
  })

  it('invite nobody, take no one’s time, and carry the day of issue', () => {
    const body = bodyOf(issueOf(third))
    const names = new Set(lines(body).map(([name]) => name))
    for (const name of ['ATTENDEE', 'ORGANIZER', 'VALARM']) expect(names).not.toContain(name)
    expect(valuesOf(body, 'TRANSP')).toEqual(['TRANSPARENT', 'TRANSPARENT'])
    expect(valuesOf(body, 'DTSTAMP')).toEqual(['20261123T132100Z', '20261123T132100Z'])
    expect(valuesOf(body, 'METHOD')).toEqual(['PUBLISH'])
    expect(milestonesDocument(issueOf(third)).fileName).toMatch(/^jalons-2026-11-23.*\.ics$/u)
  })

  it('are the same events in a later edition, and tell no account', () => {
    const issue = issueOf(third)
    const later = { ...issue, now: issue.now + 86_400_000, lang: 'en' as const }
    const ids = valuesOf(bodyOf(issue), 'UID')
    expect(new Set(ids).size).toBe(2)
    expect(valuesOf(bodyOf(later), 'UID')).toEqual(ids)
    expect(bodyOf(issue)).toBe(bodyOf(issueOf(third)))
    expect(bodyOf(issue)).not.toMatch(/29:|19:meeting/u)
    const elsewhere = { ...issue, session: { ...issue.session, meetingId: '19:other' } }
    expect(valuesOf(bodyOf(elsewhere), 'UID')).not.toEqual(ids)
  })

  it('leave out a step without an end, and say so', () => {
    const bare = structuredClone(issueOf(third))
    const { steps } = bare.session.steer.shared['feuille-de-route'] as { steps: Record<string, object> }
    for (const step of Object.values(steps)) Object.assign(step, { start: '', end: '' })
    const body = bodyOf(bare)
    expect(valuesOf(body, 'BEGIN')).toEqual(['VCALENDAR'])
    expect(valuesOf(body, 'X-WR-CALDESC').map(text)).toEqual([
      'Sans date, et donc absentes de cet agenda\u00A0: étape 1 «\u00A0Préparer, publier; puis\\ fêter\u00A0» et étape 2 «\u00A0Former\u00A0».',
    ])
  })

  it.each(hostileTexts)('hold what people wrote, whatever it is: %s', (_what, hostile) => {
    const body = bodyOf(reworded(issueOf(third), 'Former', hostile))
    const shown = hostile.replace(/\r\n?|[\u0085\u2028\u2029]/gu, '\n').replace(/[^\P{Cc}\n]/gu, ' ')
    expect(text(valuesOf(body, 'SUMMARY')[1] ?? '')).toBe(`Jalon 2\u00A0: ${shown.toWellFormed()}`)
  })
})
