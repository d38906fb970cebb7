import { describe, expect, it } from 'vitest'
import { letterDocument } from '../../src/documents/letter.ts'
import { firstPlayed, hostileTexts, lobbyOf, prepared, reworded } from '../support/chained.ts'
import { issueOf } from '../support/issue.ts'

const first = firstPlayed()

describe('a letter as a file', () => {
  it('opens right in the simplest editor', () => {
    const { body, type, fileName } = letterDocument('thanks', issueOf(first))
    expect(type).toBe('text/plain; charset=utf-8')
    expect(fileName).toMatch(/^courriel-de-remerciement-2026-11-23.*\.txt$/u)
    expect(body).toMatch(/^\uFEFFObjet\u00A0: merci [^\r\n]*\r\n\r\nBonjour à toutes et à tous,\r\n\r\n/u)
    expect(body).toMatch(/[^\r\n]\r\n$/u)
    expect(String(body).replaceAll('\r\n', '')).not.toMatch(/[\r\n]/u)
  })

  it('is the organisers’ own wording where they gave one', () => {
    const issue = issueOf(first)
    const review = { ...issue.session.review, letters: { steering: 'Madame,\n\nVoici.' } }
    const { body } = letterDocument('steering', { ...issue, session: { ...issue.session, review } })
    expect(body).toBe('\uFEFFMadame,\r\n\r\nVoici.\r\n')
  })

  it('is in the language of the session', () => {
    const issue = issueOf(first)
    const english = { ...issue, session: { ...issue.session, lang: 'en' as const } }
    expect(letterDocument('steering', english).body).toContain(
      '\r\n\r\nFor the attention of the steering body\r\n\r\n',
    )
    expect(letterDocument('steering', { ...issue, lang: 'en' }).body).toContain('À l’attention de')
  })

  it('says little before the workshop, and nothing wrong', () => {
    const { body } = letterDocument('thanks', issueOf(lobbyOf(1)))
    expect(body).not.toMatch(/ressort|questionnaire|\r\n\r\n\r\n/u)
  })

  it.each(hostileTexts)('holds what people wrote, whatever it is: %s', (_what, hostile) => {
    const { body } = letterDocument('thanks', reworded(issueOf(first), prepared.subject, hostile))
    const shown = hostile.replace(/\r\n?|[\u0085\u2028\u2029]/gu, '\n').replace(/[^\P{Cc}\n]/gu, ' ')
    expect(String(body).replaceAll('\r\n', '\n')).toContain(`Sujet\u00A0: ${shown}\n`)
    expect(String(body).replaceAll('\r\n', '')).not.toMatch(/\p{Cc}/u)
  })
})
