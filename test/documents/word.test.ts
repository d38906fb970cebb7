import { beforeAll, describe, expect, it } from 'vitest'
import type { Session } from '../../src/core/session/types.ts'
import { chaptersOf } from '../../src/core/summary/index.ts'
import { partsLike, partsOf } from '../../src/core/summary/parts.ts'
import type { Copy } from '../../src/core/text.ts'
import type { Issue } from '../../src/documents/issue.ts'
import { commitmentDocument } from '../../src/documents/word/commitment.ts'
import { deliverableDocument } from '../../src/documents/word/deliverable.ts'
import { reportDocument } from '../../src/documents/word/report.ts'
import { speak } from '../../src/locales/index.ts'
import { faultIn, type Opened, opened } from '../support/docx.ts'
import { issueOf } from '../support/issue.ts'
import type { Stage } from '../support/stage.ts'
import {
  actionTexts,
  headingTexts,
  playedCanvas,
  playedNothing,
  playedRoadmap,
  playedSubjects,
  subjectsAbout,
} from '../support/workshops.ts'

const makers = { report: reportDocument, deliverable: deliverableDocument, commitment: commitmentDocument }
const played: Record<'subjects' | 'canvas' | 'roadmap', Stage> = {
  subjects: playedSubjects({ subjects: subjectsAbout().slice(0, 20) }),
  canvas: playedCanvas(),
  roadmap: playedRoadmap(),
}

const made = async (name: keyof typeof played, kind: keyof typeof makers, copy: Copy = 'organisers') =>
  opened(await makers[kind](issueOf(played[name], copy)))

describe('the meeting report in Word', () => {
  let report: Opened
  let session: Session
  beforeAll(async () => {
    session = played.subjects.session()
    report = await made('subjects', 'report')
  })

  it('has a heading for each chapter of the summary, in its order', () => {
    const chapters = chaptersOf(session, 'organisers', played.subjects.now())
    expect(chapters.length).toBeGreaterThan(10)
    expect(report.headings.filter(({ style }) => style === 'Heading1').map(({ text }) => text)).toEqual(
      chapters.map(({ title }) => speak(title, issueOf(played.subjects))),
    )
  })

  it('tells every subject, every name, every note and every figure of the session', () => {
    for (const [title, sentence] of subjectsAbout().slice(0, 20)) {
      expect(report.text).toContain(title)
      expect(report.text).toContain(sentence)
    }
    for (const one of Object.values(session.participants)) expect(report.text).toContain(one.firstName)
    for (const note of session.notes) expect(report.text).toContain(note.text)
    expect(report.text).toContain('paul@asso.example')
    expect(report.text).toContain('Un mot de lea, sans détour.')
  })

  it('shows its pictures with a text that says the same', () => {
    const pictures = [
      ...(report.parts['word/document.xml'] ?? '').matchAll(/<wp:docPr [^>]*descr="([^"]+)"/gu),
    ]
    expect(pictures).toHaveLength(2)
    for (const card of partsLike(partsOf(session, 0), 'subjects')[0]?.cards ?? [])
      expect(pictures[0]?.[1]).toContain(card.title.replace(/&/gu, '&amp;'))
  })

  it('says in which language it is, and numbers its pages', () => {
    expect(report.parts['word/styles.xml']).toContain('<w:lang w:val="fr-FR"')
    const feet = Object.entries(report.parts).filter(([name]) => name.startsWith('word/footer'))
    expect(feet.map(([, xml]) => xml).join()).toMatch(/PAGE[\s\S]*NUMPAGES/u)
  })

  it('has a table of contents that is filled in and asks nothing when it opens', () => {
    const xml = report.parts['word/document.xml'] ?? ''
    expect(xml).toMatch(/TOC \\/u)
    expect(xml).not.toContain('w:dirty="true"')
    expect(report.parts['word/settings.xml']).not.toContain('updateFields')
    const toc = /<w:sdtContent>([\s\S]*?)<\/w:sdtContent>/u.exec(xml)?.[1] ?? ''
    for (const { text } of report.headings.filter(({ style }) => style === 'Heading1'))
      expect(toc).toContain(text)
  })

  it('says again the header of each table, and cuts no row in two', () => {
    const tables = [...(report.parts['word/document.xml'] ?? '').matchAll(/<w:tbl>[\s\S]*?<\/w:tbl>/gu)]
    const listed = tables.filter(([table]) => table.includes('<w:tblHeader/>'))
    expect(listed.length).toBeGreaterThan(5)
    for (const [table] of tables)
      expect(table.match(/<w:cantSplit\/>/gu)).toHaveLength((table.match(/<w:tr>/gu) ?? []).length)
  })

  it('gives no address to participants', async () => {
    const forAll = await made('subjects', 'report', 'participants')
    expect(forAll.text).toContain('Version des participants')
    expect(Object.values(forAll.parts).join('\n')).not.toContain('asso.example')
  })
})

describe('the deliverable in Word', () => {
  it('of format #1 is the subject sheet: the matrix, the priorities, every card with its place', async () => {
    const sheet = await made('subjects', 'deliverable')
    const [part] = partsLike(partsOf(played.subjects.session(), 0), 'subjects')
    expect(part?.cards).toHaveLength(20)
    for (const card of part?.cards ?? []) {
      expect(sheet.headings.map(({ text }) => text)).toContain(`${card.number}. ${card.title}`)
      expect(sheet.text).toContain(card.sentence)
    }
    expect(sheet.text.match(/Désirabilité [\d,]+ · Faisabilité [\d,]+ · 10 avis/gu)).toHaveLength(20)
    expect(sheet.text.match(/★ prioritaire/gu)).toHaveLength(2)
  })

  it('of format #2 is the canvas: every heading with its text, or the words that it is to be completed', async () => {
    const canvas = await made('canvas', 'deliverable')
    for (const text of Object.values(headingTexts)) expect(canvas.text).toContain(text)
    expect(canvas.text).not.toContain('À compléter')
    expect(canvas.parts['word/document.xml']).toContain('w:orient="landscape"')
    const { utilite: _none, ...others } = headingTexts
    const partly = opened(await deliverableDocument(issueOf(playedCanvas({ headings: others }))))
    expect(partly.text.match(/À compléter/gu)).toHaveLength(1)
  })

  it('of format #3 is the canvas, the sub-actions and the roadmap, in that order', async () => {
    const { text } = await made('roadmap', 'deliverable')
    const order = ['Titre de l’engagement', 'Sous-actions', 'Feuille de route'].map((words) =>
      text.indexOf(words),
    )
    expect(order).toEqual(order.toSorted((a, b) => a - b))
    for (const [title, sentence] of actionTexts) {
      expect(text).toContain(title)
      expect(text).toContain(sentence)
    }
    for (const step of partsLike(partsOf(played.roadmap.session(), 0), 'roadmap')[0]?.steps ?? []) {
      expect(text).toContain(step.deliverable)
      expect(text).toContain(step.lead)
      expect(text).toContain(speak({ date: step.end }, issueOf(played.roadmap)))
    }
    expect(text).toContain('après l’horizon')
  })
})

describe('the sheet of a commitment', () => {
  it('arranges what was said, names where, and leaves to be completed what nobody said', async () => {
    const { text } = await made('roadmap', 'commitment')
    for (const words of Object.values(headingTexts)) expect(text).toContain(words)
    expect(text).toContain('Source\u00A0: Mon engagement porte sur…')
    expect(text).toContain('1er janvier 2027')
    expect(text).toMatch(/Institution porteuse\nÀ compléter/u)
    expect(text).toMatch(/Redevabilité\nÀ compléter/u)
    expect(text).toContain('Livrable public numéro 1')
  })

  it('is named after the commitment, and marks what is missing and what does not hold', async () => {
    const here = playedRoadmap()
    const { text, headings } = await made('roadmap', 'commitment')
    expect(headings[0]).toEqual({ style: 'Title', text: headingTexts.titre })
    expect(text).toContain('après l’horizon')
    expect(text.indexOf(headingTexts.reponse ?? '')).toBeLessThan(text.indexOf(headingTexts.sujet ?? ''))
    const bare = JSON.parse(
      JSON.stringify(here.session())
        .replaceAll('Livrable public numéro 1', '')
        .replaceAll('Service des finances', ''),
    ) as Session
    const sheet = opened(await commitmentDocument({ ...issueOf(here), session: bare })).text
    expect(sheet.match(/À compléter/gu)?.length).toBe((text.match(/À compléter/gu)?.length ?? 0) + 3)
  })

  it('has no milestone where there is no roadmap, and says so', async () => {
    const { text } = await made('canvas', 'commitment')
    expect(text).toMatch(/Les jalons et leurs livrables vérifiables\nÀ compléter/u)
  })
})

const hostile: [string, string][] = [
  ['<w:p> & ]]> "citation" \'x\' &amp;', '<!-- --> <script>alert(1)</script> &#x0; &nbsp;'],
  ['=cmd|calc', '+1+1 @SUM(A1) -2'],
  ['\u0000\u0007\u001B[31m rouge \uFFFE', `${'mot '.repeat(90)}`],
  ['مرحبا بالعالم', 'שלום עולם 👩🏽‍💻 🇫🇷'],
  ['x'.repeat(118), 'y'.repeat(390)],
]

describe('what people wrote, in a Word document', () => {
  it.each(['report', 'deliverable'] as const)(
    'makes no %s that a program cannot open, and is all there',
    async (kind) => {
      const here = playedSubjects({ people: 3, subjects: hostile })
      const file = opened(await makers[kind](issueOf(here)))
      for (const [name, xml] of Object.entries(file.parts)) expect([name, faultIn(xml)]).toEqual([name, null])
      const cards = partsLike(partsOf(here.session(), 0), 'subjects')[0]?.cards ?? []
      expect(cards).toHaveLength(5)
      for (const { title, sentence } of cards) {
        expect(file.text).toContain(title)
        expect(file.text).toContain(sentence)
      }
    },
  )

  it('holds no sign that XML cannot, even from a record that was written before such signs were refused', async () => {
    const issue = issueOf(
      playedSubjects({
        people: 3,
        subjects: [
          ['Un titre ancien', 'Une phrase.'],
          ['Un autre', 'Une autre.'],
        ],
      }),
    )
    const old = JSON.parse(
      JSON.stringify(issue.session).replaceAll('Un titre ancien', 'Un titre\\u0000\\u001b\\ufffe ancien'),
    ) as Issue['session']
    for (const make of [reportDocument, deliverableDocument]) {
      const file = opened(await make({ ...issue, session: old }))
      for (const [name, xml] of Object.entries(file.parts)) expect([name, faultIn(xml)]).toEqual([name, null])
      expect(file.text).toContain('Un titre ancien')
    }
  })

  it('is told apart from broken XML by this test’s own eyes', () => {
    expect(faultIn('<a><b></a></b>')).not.toBeNull()
    expect(faultIn('<a>1 & 2</a>')).not.toBeNull()
    expect(faultIn('<a>\u0001</a>')).not.toBeNull()
    expect(faultIn('<a x="1"><b/>ok &amp; fine</a>')).toBeNull()
  })

  it('goes from right to left where its letters do', async () => {
    const here = playedSubjects({ people: 3, subjects: hostile })
    const xml = opened(await deliverableDocument(issueOf(here))).parts['word/document.xml']
    expect(xml).toMatch(/<w:rtl\/>(?:(?!<\/w:r>)[\s\S])*שלום/u)
  })
})

describe('a session with nothing in it yet', () => {
  it.each(['report', 'deliverable', 'commitment'] as const)('still makes a %s that says so', async (kind) => {
    const here = playedNothing()
    const file = opened(await makers[kind](issueOf(here)))
    for (const xml of Object.values(file.parts)) expect(faultIn(xml)).toBeNull()
    if (kind !== 'report') expect(file.text).toContain('Rien n’a encore été produit')
  })
})
