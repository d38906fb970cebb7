import { describe, expect, it } from 'vitest'
import { renderPaper } from '../../src/documents/papers/index.ts'
import { commitmentDocument } from '../../src/documents/word/commitment.ts'
import { deliverableDocument } from '../../src/documents/word/deliverable.ts'
import { reportDocument } from '../../src/documents/word/report.ts'
import { opened } from '../support/docx.ts'
import { issueOf } from '../support/issue.ts'
import { officeFound, type Pages, pagesOf } from '../support/office.ts'
import { begun, lookAt, prepared, whole } from '../support/programme.ts'
import {
  headingTexts,
  kitFormat,
  playedCanvas,
  playedNothing,
  playedRoadmap,
  playedSubjects,
  subjectsAbout,
} from '../support/workshops.ts'

const office = officeFound()
const briefs = ['brief-referent', 'brief-challenger', 'brief-note-taker'] as const

const full = (words: string, length: number): string =>
  words.repeat(Math.ceil(length / words.length)).slice(0, length)

/** Every heading as long as its script lets it be. */
const fullest = (words: string) => {
  const [canvas] = kitFormat(2).segments.filter(({ phase }) => phase === 'canvas')
  const { headings } = Object(canvas).options as { headings: { id: string; max: number }[] }
  return Object.fromEntries(headings.map(({ id, max }) => [id, full(words, max)]))
}

describe.skipIf(!office)('in LibreOffice', () => {
  const subjects = playedSubjects({ subjects: subjectsAbout() })
  const roadmap = playedRoadmap()
  let seen: Record<string, Pages> = {}
  const read = async (): Promise<Record<string, Pages>> => {
    if (Object.keys(seen).length) return seen
    const makers = {
      report: reportDocument(issueOf(subjects)),
      'report-en': reportDocument(issueOf(roadmap, 'organisers', 'en')),
      sheet: deliverableDocument(issueOf(subjects)),
      canvas: deliverableDocument(issueOf(playedCanvas())),
      'canvas-empty': deliverableDocument(issueOf(playedCanvas({ headings: { titre: 'Un titre' } }))),
      'canvas-full': deliverableDocument(
        issueOf(playedCanvas({ headings: fullest('Une phrase assez longue, ') })),
      ),
      'canvas-lines': deliverableDocument(issueOf(playedCanvas({ headings: fullest('un mot\n') }))),
      'canvas-capitals': deliverableDocument(issueOf(playedCanvas({ headings: fullest('WAGONS MMMM ') }))),
      roadmap: deliverableDocument(issueOf(roadmap)),
      commitment: commitmentDocument(issueOf(roadmap)),
      nothing: reportDocument(issueOf(playedNothing())),
      ...Object.fromEntries(briefs.map((brief) => [brief, renderPaper(brief, lookAt(prepared(whole)))])),
      'brief-begun': renderPaper('brief-referent', lookAt(prepared(begun))),
    }
    const made = await Promise.all(
      Object.entries(makers).map(async ([name, making]) => [name, (await making).body as Buffer] as const),
    )
    seen = pagesOf(office ?? '', Object.fromEntries(made))
    return seen
  }

  it('every document opens, with pages to read', async () => {
    const pages = await read()
    expect(Object.entries(pages).filter(([, { count, text }]) => count === 0 || text.trim() === '')).toEqual(
      [],
    )
  }, 120_000)

  it.each(['canvas', 'canvas-empty', 'canvas-full', 'canvas-lines', 'canvas-capitals'])(
    'the %s is one landscape page',
    async (name) => {
      const { count, sizes } = (await read())[name] as Pages
      expect(count).toBe(1)
      expect(sizes[0]?.width).toBeGreaterThan(sizes[0]?.height ?? 0)
    },
    120_000,
  )

  it('the roadmap’s file has its canvas lying, its list standing, its timeline lying', async () => {
    const { sizes } = (await read()).roadmap as Pages
    expect(sizes.slice(0, 3).map(({ width, height }) => width > height)).toEqual([true, false, true])
  }, 120_000)

  it.each(briefs)(
    'no page of the %s ends with a heading, or holds next to nothing',
    async (name) => {
      const { count, text } = (await read())[name] as Pages
      const { headings } = opened(await renderPaper(name, lookAt(prepared(whole))))
      const sheets = text.split('\f').slice(0, count)
      const lines = sheets.map((one) => one.split('\n').filter((line) => line.trim() !== ''))
      for (const page of lines) {
        const last = page.filter((line) => !/Page \d+ sur \d+/u.test(line)).at(-1)
        expect(headings.map((one) => one.text)).not.toContain(last)
      }
      for (const page of lines.slice(0, -1)) expect(page.length).toBeGreaterThan(15)
      expect(sheets.at(-1)?.replaceAll('\u00A0', ' ')).toContain(' : fin de l’atelier')
    },
    120_000,
  )

  it('the pages hold what the session holds, and number themselves', async () => {
    const pages = await read()
    for (const [title] of subjectsAbout()) expect(flat(pages.sheet)).toContain(title)
    for (const text of Object.values(headingTexts)) expect(flat(pages.canvas)).toContain(text)
    expect(flat(pages.report)).toMatch(/Page 1 sur \d+/u)
    expect(flat(pages['report-en'])).toMatch(/Page 1 of \d+/u)
    expect(flat(pages.commitment)).toContain('À compléter')
    for (const { text } of Object.values(pages))
      expect(text).not.toMatch(/undefined|\[object|NaN|#REF|Error!/u)
  }, 120_000)
})

const flat = (pages: Pages | undefined): string => (pages?.text ?? '').replace(/\s+/gu, ' ')
