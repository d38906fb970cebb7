import { strFromU8, unzipSync } from 'fflate'
import { afterEach, describe, expect, it } from 'vitest'
import { bundleOf } from '../../src/documents/bundle.ts'
import { csvDocument } from '../../src/documents/csv.ts'
import type { Issue } from '../../src/documents/issue.ts'
import { dataDocument } from '../../src/documents/json.ts'
import { letterDocument } from '../../src/documents/letter.ts'
import { pictureDocument } from '../../src/documents/picture-document.ts'
import { firstPlayed, lobbyOf } from '../support/chained.ts'
import { issueOf } from '../support/issue.ts'

const first = firstPlayed()

const filesOf = (issue: Issue) => [
  { id: 'subjects' as const, rendered: csvDocument('subjects', issue) },
  { id: 'data' as const, rendered: dataDocument(issue) },
  { id: 'thanks' as const, rendered: letterDocument('thanks', issue) },
]

const opened = (body: string | Buffer): Record<string, Uint8Array> => unzipSync(Buffer.from(body))

describe('all the documents in one archive', () => {
  it('are whole, under their own names', () => {
    const issue = issueOf(first)
    const files = filesOf(issue)
    const { body, type, fileName } = bundleOf(files, issue)
    const inside = opened(body)
    expect(Object.keys(inside)).toEqual(['LISEZMOI.txt', ...files.map(({ rendered }) => rendered.fileName)])
    for (const { rendered } of files)
      expect(Buffer.from(inside[rendered.fileName] ?? []).equals(Buffer.from(rendered.body))).toBe(true)
    expect(type).toBe('application/zip')
    expect(fileName).toMatch(/^documents-atelier-2026-11-23.*\.zip$/u)
  })

  it('come with a page that says what each of them is', () => {
    const issue = issueOf(first)
    const page = strFromU8(opened(bundleOf(filesOf(issue), issue).body)['LISEZMOI.txt'] ?? new Uint8Array())
    for (const { rendered } of filesOf(issue)) expect(page).toContain(rendered.fileName)
    expect(page).toContain('Courriel de remerciement\u00A0:')
    expect(page).toContain('Établis le lundi 23 novembre 2026.\r\n')
    expect(page).toContain('Ce qui porte «\u00A0organisation\u00A0» dans son nom est pour l’équipe')
    expect(page).not.toContain('terminé')
  })

  it('say whom they are for, and where the workshop stood, in either language', () => {
    const issue = issueOf(lobbyOf(1), 'participants', 'en')
    const inside = opened(bundleOf([], issue).body)
    expect(Object.keys(inside)).toEqual(['README.txt'])
    const page = strFromU8(inside['README.txt'] ?? new Uint8Array())
    expect(page).toContain('Version for participants')
    expect(page).toContain('The workshop was not over')
  })

  it('lose no file to another of the same name', () => {
    const issue = issueOf(first)
    const rendered = { type: 'text/plain', body: 'un', fileName: 'note.txt' }
    const inside = opened(
      bundleOf(
        [
          { id: 'post', rendered },
          { id: 'post', rendered: { ...rendered, body: 'deux' } },
        ],
        issue,
      ).body,
    )
    expect(strFromU8(inside['note.txt'] ?? new Uint8Array())).toBe('un')
    expect(strFromU8(inside['note-2.txt'] ?? new Uint8Array())).toBe('deux')
  })

  const zone = process.env.TZ
  afterEach(() => {
    process.env.TZ = zone ?? ''
  })

  it('are the same bytes whenever and wherever the archive is made', () => {
    const issue = issueOf(first)
    const made = ['Europe/Paris', 'America/Los_Angeles', 'Pacific/Auckland'].map((place) => {
      process.env.TZ = place
      return Buffer.from(bundleOf(filesOf(issue), issue).body).toString('base64')
    })
    expect(new Set(made).size).toBe(1)
  })

  it.each([0, Date.UTC(2200, 0, 1)])('can be made on any day of the clock: %i', (now) => {
    const issue = { ...issueOf(first), now }
    expect(Object.keys(opened(bundleOf([], issue).body))).toEqual(['LISEZMOI.txt'])
  })
})

describe('a picture as a document', () => {
  it('is the session’s, and none where there is nothing to draw', () => {
    expect(pictureDocument('matrix', issueOf(first))).toMatchObject({
      type: 'image/png',
      fileName: expect.stringMatching(/^matrice-2026-11-23.*\.png$/u),
    })
    const { body = '' } = pictureDocument('participation', issueOf(first)) ?? {}
    expect(Buffer.from(body).subarray(1, 4).toString()).toBe('PNG')
    expect(pictureDocument('timeline', issueOf(first))).toBeNull()
    expect(pictureDocument('participation', issueOf(lobbyOf(1)))).toBeNull()
  })
})
