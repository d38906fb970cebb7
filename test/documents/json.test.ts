import { readFileSync } from 'node:fs'
import { type Schema, Validator } from 'jsonschema'
import { describe, expect, it } from 'vitest'
import { merged, mergedBrought } from '../../src/core/programme/merged.ts'
import type { Issue } from '../../src/documents/issue.ts'
import { dataDocument, schemaId } from '../../src/documents/json.ts'
import {
  firstPlayed,
  hostileTexts,
  idOf,
  lobbyOf,
  paulsAddress,
  prepared,
  reworded,
  secondPlayed,
  thirdPlayed,
} from '../support/chained.ts'
import { asOf, home, played, programmeOf, startedFrom } from '../support/groups.ts'
import { issueOf } from '../support/issue.ts'
import { twoPm } from '../support/stage.ts'

const schema = JSON.parse(
  readFileSync(new URL('../../src/documents/summary.schema.json', import.meta.url), 'utf8'),
) as Schema & { $id: string }

/** The validator knows no `urn:` and would not find the definitions of a schema named so. */
const { $id, ...unnamed } = schema
const wrong = (data: unknown): string[] =>
  new Validator().validate(data, unnamed).errors.map((one) => one.stack)

type Data = Record<string, unknown>

/** Every part of the schema that says of what type something is, with its place. */
function parts(of: unknown, place: string): [place: string, part: Data][] {
  if (typeof of !== 'object' || of === null) return []
  const here = { ...of } as Data
  const inside = Object.entries(here).flatMap(([key, one]) => parts(one, `${place}/${key}`))
  return typeof here.type === 'string' || Array.isArray(here.type) ? [[place, here], ...inside] : inside
}

const dataOf = (issue: Issue): Data => JSON.parse(String(dataDocument(issue).body)) as Data

const first = firstPlayed()
const second = secondPlayed(first)
const third = thirdPlayed(second)

describe('the data of a session', () => {
  it.each([
    ['#1', first],
    ['#2', second],
    ['#3', third],
    ['a lobby', lobbyOf(1)],
  ])('is valid against the published schema: %s, in either copy and language', (_name, here) => {
    for (const copy of ['organisers', 'participants'] as const)
      for (const lang of ['fr', 'en'] as const) expect(wrong(dataOf(issueOf(here, copy, lang)))).toEqual([])
  })

  it('names the schema it is valid against, and its version', () => {
    expect($id).toBe(schemaId)
    expect(dataOf(issueOf(first))).toMatchObject({ $schema: schemaId, version: 1, edition: 1 })
    expect(dataDocument(issueOf(first))).toMatchObject({ type: 'application/json; charset=utf-8' })
    expect(dataDocument(issueOf(first)).fileName).toMatch(/^donnees-2026-11-23.*\.json$/u)
  })

  it.each<[string, (data: Data) => unknown]>([
    ['a property nobody described', (data) => ({ ...data, meetingId: '19:meeting' })],
    ['no version', ({ version: _version, ...data }) => data],
    ['another version', (data) => ({ ...data, version: 2 })],
    ['a date that is none', (data) => ({ ...data, issuedAt: 'hier' })],
    ['a number as words', (data) => ({ ...data, plannedMinutes: '90' })],
    ['addresses in the participants’ copy', (data) => ({ ...data, copy: 'participants' })],
    ['no addresses in the organisers’ copy', ({ addresses: _addresses, ...data }) => data],
    ['a text left in two languages', (data) => ({ ...data, notes: [{ fr: 'x', en: 'x' }] })],
  ])('is refused by the schema with %s', (_what, mutated) => {
    expect(wrong(mutated(dataOf(issueOf(first))))).not.toEqual([])
  })

  it('has every property described, and no object open to others', () => {
    const undescribed = parts(schema, '#').filter(([, part]) => {
      const open = part.type === 'object' && part.additionalProperties !== false
      return open || (part.type !== 'null' && part.description === undefined)
    })
    expect(parts(schema, '#').length).toBeGreaterThan(100)
    expect(undescribed.map(([place]) => place)).toEqual([])
  })

  it('tells the session item by item', () => {
    const data = dataOf(issueOf(first))
    expect(data).toMatchObject({
      language: 'fr',
      status: 'closed',
      startedAt: '2026-11-23T13:00:00.000Z',
      closedAt: '2026-11-23T13:21:00.000Z',
      plannedMinutes: 90,
      lastedSeconds: 21 * 60,
      format: { id: 'format-1', title: 'J’identifie des sujets Gouvernement Ouvert' },
      context: prepared,
      profiles: [
        { profile: 'agent', people: 2 },
        { profile: 'civil-society', people: 1 },
        { profile: 'citizen', people: 1 },
      ],
      addresses: [{ name: 'Paul Martin', email: paulsAddress }],
      startedFrom: null,
      notes: [{ segment: 'identifier', by: 'Marie Durand', text: 'Un silence attentif.' }],
      subjectSheets: [
        {
          segment: 'classer',
          board: { x: 'Faisabilité', y: 'Désirabilité', scale: { min: 1, max: 5 } },
          cards: [
            {
              number: 2,
              title: 'Les budgets',
              authors: ['Lea Martin'],
              at: { x: 3, y: 4.5 },
              priority: true,
            },
            { number: 1, title: 'Les cantines', authors: ['Paul Martin'], votes: 2, priority: false },
          ],
        },
      ],
      canvases: [],
      amendments: [],
    })
    expect(data.segments).toContainEqual({
      id: 'identifier',
      exercise: 'silent-ideation',
      title: 'Identifier les sujets d’engagement de mon administration',
      begun: true,
      plannedMinutes: 10,
      spentSeconds: 180,
      answered: 2,
      contributions: 2,
    })
  })

  it('tells what the session started from, and what came of it', () => {
    expect(dataOf(issueOf(third))).toMatchObject({
      startedFrom: {
        shape: 'canvas',
        from: [
          { title: second.session().format.title.fr, group: null },
          { title: first.session().format.title.fr, group: null },
        ],
      },
      subActionLists: [
        { subActions: [{ number: 1, title: 'Former les agents', authors: ['Paul Martin'] }, {}] },
      ],
      roadmaps: [
        {
          steps: [{ number: 1, start: '2027-01-01', end: '2027-06-30', takes: ['Publier le budget'] }, {}],
          leftOut: ['Former les agents'],
        },
      ],
    })
  })

  it('names the group of each of the sessions it started from, where several groups gave one subject', () => {
    const programme = programmeOf()
    const groups = [1, 2].map((group) =>
      asOf(played([{ title: 'Les cantines', votes: [[4, 4]] }]).session(), programme, group),
    )
    const apart = merged(home, programme, groups, twoPm).subjects
    const same = [apart.flatMap(({ of }) => of.map(({ reference }) => reference))]
    const [both] = merged(home, { ...programme, same }, groups, twoPm).subjects
    const data = dataOf(issueOf(startedFrom(both ? mergedBrought(both, twoPm) : null)))
    expect(data).toMatchObject({ startedFrom: { from: [{ group: 1 }, { group: 2 }] } })
    expect(wrong(data)).toEqual([])
  })

  it('gives feedback as counts, and comments in an order that says nothing', () => {
    const here = firstPlayed()
    const says = (who: 'paul' | 'lea' | 'tom', comment: string) =>
      here.says(idOf(who), { do: 'feedback-save', 'q-satisfaction': '4', 'q-utile': comment }, 'conclusion')
    says('tom', 'Bien.').says(idOf('lea'), { do: 'feedback-save', 'q-utile': 'Trop court.' }, 'conclusion')
    const { opinions } = dataOf(issueOf(here, 'participants'))
    expect(JSON.stringify(opinions)).not.toMatch(/Paul|Lea|Tom|Martin/u)
    expect(opinions).toContainEqual(
      expect.objectContaining({
        average: 4,
        choices: [
          { choice: 'Pas du tout', people: 0 },
          { choice: 'Plutôt non', people: 0 },
          { choice: 'Plutôt oui', people: 0 },
          { choice: 'Tout à fait', people: 2 },
        ],
      }),
    )
    const said = (opinions as { comments: string[] }[]).flatMap(({ comments }) => comments)
    expect(said).toEqual(['Bien.', 'Trop court.'])
  })

  it('says the same session in every edition, and names no account and no meeting', () => {
    const later = { ...issueOf(first), now: first.now() + 86_400_000 }
    expect(dataOf(later).session).toBe(dataOf(issueOf(first)).session)
    expect(dataOf(issueOf(second)).session).toMatch(/^[0-9a-f]{32}$/u)
    for (const here of [first, second, third])
      expect(String(dataDocument(issueOf(here)).body)).not.toMatch(/29:|19:meeting/u)
  })

  it.each(hostileTexts)('keeps what people wrote to the letter: %s', (_what, text) => {
    const issue = reworded(issueOf(first), 'Les cantines', text)
    expect(wrong(dataOf(issue))).toEqual([])
    expect(JSON.stringify(dataOf(issue).subjectSheets)).toContain(JSON.stringify(text))
  })
})

describe('a correction accepted after the session', () => {
  it('stands in the data with what was there before, and grows the edition', () => {
    const issue = issueOf(first)
    const amendment = {
      id: 'a1',
      kind: 'correction' as const,
      segment: 'identifier',
      item: `${idOf('paul')}#1`,
      key: 'title',
      before: 'Les cantines',
      after: 'Les cantines scolaires',
      by: idOf('paul'),
      at: issue.now,
      state: 'accepted' as const,
      settledBy: idOf('marie'),
      settledAt: issue.now,
    }
    const amendments = [amendment, { ...amendment, id: 'a2', state: 'refused' as const }]
    const data = dataOf({ ...issue, session: { ...issue.session, review: { amendments, letters: {} } } })
    expect(wrong(data)).toEqual([])
    expect(data.edition).toBe(2)
    expect(data.amendments).toMatchObject([
      { kind: 'correction', before: 'Les cantines', after: 'Les cantines scolaires', by: 'Paul Martin' },
    ])
    expect(JSON.stringify(data)).not.toMatch(/29:1?[a-z]/u)
  })
})
