import { describe, expect, it } from 'vitest'
import { copyOf, documentsOf } from '../../src/core/summary/documents.ts'
import type { Copy, DocumentId } from '../../src/core/text.ts'
import { render } from '../../src/documents/index.ts'
import type { Rendered } from '../../src/documents/issue.ts'
import { opened } from '../support/docx.ts'
import { issueOf } from '../support/issue.ts'
import { ideas, type Stage, workshopAt } from '../support/stage.ts'
import { playedCanvas, playedNothing, playedRoadmap, playedSubjects } from '../support/workshops.ts'

const played = {
  '#1': () => playedSubjects({ people: 10 }),
  '#2': () => playedCanvas({ people: 10 }),
  '#3': () => playedRoadmap({ people: 10 }),
}
const always: DocumentId[] = [
  'report',
  'team-report',
  'steering',
  'thanks',
  'post',
  'summary',
  'participation',
  'data',
  'all',
]
const own: Record<keyof typeof played, DocumentId[]> = {
  '#1': ['deliverable', 'subjects', 'matrix'],
  '#2': ['deliverable', 'commitment'],
  '#3': ['deliverable', 'commitment', 'sub-actions', 'roadmap', 'milestones', 'timeline'],
}
const teamOnly: DocumentId[] = ['team-report', 'steering', 'thanks', 'post', 'data', 'all']

async function everyDocument(here: Stage, copy: Copy): Promise<Map<DocumentId, Rendered>> {
  const made = new Map<DocumentId, Rendered>()
  for (const id of documentsOf(here.session(), copy, here.now()))
    made.set(id, await render(id, issueOf(here, copy === 'organisers' ? copyOf(id) : copy)))
  return made
}

/** Every word of a document, unzipped where it is a Word file. */
const textIn = async (made: Rendered): Promise<string> =>
  made.fileName.endsWith('.docx') ? opened(made).text : made.body.toString()

describe('the documents of a workshop', () => {
  it.each(Object.keys(played) as (keyof typeof played)[])(
    'of format %s are all made, each with a name of its own',
    async (format) => {
      const made = await everyDocument(played[format](), 'organisers')
      expect([...made.keys()].sort()).toEqual([...always, ...own[format]].sort())
      const names = [...made.values()].map(({ fileName }) => fileName)
      expect(new Set(names).size).toBe(names.length)
      for (const name of names)
        expect(name).toMatch(
          /^[a-z0-9-]+-2026-11-23(?:-organisation)?\.(?:docx|csv|json|ics|png|md|txt|zip)$/u,
        )
      for (const { body } of made.values()) expect(body.length).toBeGreaterThan(100)
    },
  )

  it.each(Object.keys(played) as (keyof typeof played)[])(
    'of format %s, in the participants’ version, are neither the team’s own nor hold an address',
    async (format) => {
      const made = await everyDocument(played[format](), 'participants')
      expect([...made.keys()].filter((id) => teamOnly.includes(id))).toEqual([])
      expect(made.has('report')).toBe(true)
      for (const [id, { fileName, body }] of made) {
        expect([id, fileName]).toEqual([id, expect.not.stringContaining('organisation')])
        expect([id, body.toString('latin1').includes('asso.example')]).toEqual([id, false])
      }
    },
  )

  it('that an organiser is given to publish hold no address; hers alone do', async () => {
    const made = [...(await everyDocument(played['#1'](), 'organisers'))].filter(([id]) => id !== 'all')
    const holding = made.flatMap(([id, one]) =>
      (one.fileName.endsWith('.docx') ? opened(one).text : one.body.toString()).includes('asso.example')
        ? [id]
        : [],
    )
    expect(holding).toEqual(['team-report', 'data'])
    for (const [id, { fileName }] of made)
      expect([id, fileName.includes('-organisation')]).toEqual([id, copyOf(id) === 'organisers'])
  })

  it('take less than two seconds of work all together, for ten people and forty subjects', async () => {
    const here = played['#1']()
    await everyDocument(here, 'organisers')
    const before = process.cpuUsage()
    for (const id of documentsOf(here.session(), 'organisers', here.now()))
      if (id !== 'all') await render(id, issueOf(here, 'organisers'))
    const { user, system } = process.cpuUsage(before)
    expect((user + system) / 1e6).toBeLessThan(2)
  })

  it('hold nothing of what is still sealed: neither what is written in silence, nor the votes of others', async () => {
    const here = workshopAt('identifier', 'paul', 'lea')
      .says('paul', ideas('Sous scellé', 'Une phrase que personne n’a lue.'))
      .says('lea', ideas('Aussi sous scellé'))
    const words = async () =>
      (await Promise.all([...(await everyDocument(here, 'organisers')).values()].map(textIn))).join('\n')
    expect(await words()).not.toMatch(/scellé|personne n’a lue/u)
    here.does('marie', { do: 'next' }).says('marie', { do: 'cards-show-all' })
    expect(await words()).toMatch(/Sous scellé/u)
    here.does('marie', { do: 'next' })
    const cards = Object.keys((here.session().steer.shared.qualifier as { cards: object }).cards)
    here.says('paul', {
      do: 'rate-save',
      ...Object.fromEntries(
        cards.flatMap((id) => [
          [`d-${id}`, '5'],
          [`f-${id}`, '4'],
        ]),
      ),
    })
    const before = documentsOf(here.session(), 'organisers', here.now())
    expect(before).not.toContain('matrix')
    expect(JSON.parse(String((await render('data', issueOf(here, 'organisers'))).body))).toMatchObject({
      subjectSheets: [
        {
          cards: [
            { at: null, votes: 0 },
            { at: null, votes: 0 },
          ],
        },
      ],
    })
    here.says('marie', { do: 'reveal' })
    expect(documentsOf(here.session(), 'organisers', here.now())).toContain('matrix')
  })

  it('tell free comments in nobody’s order, and without the address someone left in one', async () => {
    const here = playedSubjects({
      people: 3,
      subjects: [
        ['A', 'B.'],
        ['C', 'D.'],
        ['E', 'F.'],
      ],
    })
    here.says(
      'paul',
      { do: 'feedback-save', 'q-utile': 'Zut, écrivez à paul.martin@ville.example' },
      'conclusion',
    )
    here.says('lea', { do: 'feedback-save', 'q-utile': 'Bravo' }, 'conclusion')
    const text = opened(await render('team-report', issueOf(here))).text
    expect(text).not.toContain('ville.example')
    expect(text.indexOf('Bravo')).toBeLessThan(text.indexOf('Zut, écrivez à […]'))
  })

  it('say in the middle of a segment how long it has lasted, and how late the workshop is, as the régie does', async () => {
    const here = workshopAt('identifier', 'paul').wait(7)
    const text = opened(await render('report', issueOf(here))).text
    expect(text).toContain('Durée\u00A0: 7\u00A0min (prévu\u00A0: 10\u00A0min)')
    expect(text).toContain('En avance de 30\u00A0min')
    const offered = documentsOf(here.session(), 'organisers', here.now())
    expect(offered).not.toContain('thanks')
    expect(offered).not.toContain('post')
    expect(offered).toContain('steering')
  })

  it('that would be empty are not offered', () => {
    const here = playedNothing()
    const offered = documentsOf(here.session(), 'organisers', here.now())
    expect(offered).toEqual(['report', 'team-report', 'steering', 'thanks', 'post', 'summary', 'data', 'all'])
  })

  it('of a workshop where nobody said anything are made all the same', async () => {
    for (const { body } of (await everyDocument(playedNothing(), 'organisers')).values())
      expect(body.length).toBeGreaterThan(50)
  })
})
