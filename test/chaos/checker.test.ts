import { readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Recorded } from '../support/connector.ts'
import { type Findings, findings, type Remains } from './checker.ts'
import type { Entry } from './ledger.ts'

const start = Date.parse('2026-11-25T10:00:00Z')
const second = (seconds: number): number => start + seconds * 1000

const subject = (version: number) => ({ title1: 'Les cantines', sentence1: `Phrase ${version}.` })
const email = { email: 'paul@example.org' }
const rating = (value: string) => ({ 'Les cantines': value })

const gave = (
  about: 'subjects' | 'ratings' | 'address',
  fields: Record<string, string>,
  at: number,
): Entry => ({
  did: 'gave',
  who: 'paul',
  about,
  fields,
  at: second(at),
})
const told = (
  about: 'subjects' | 'ratings' | 'address',
  fields: Record<string, string>,
  at: number,
): Entry => ({
  did: 'told',
  who: 'paul',
  about,
  fields,
  since: second(at - 1),
  at: second(at),
})
const read = (step: number, at: number, deadline: number | null, rang = false): Entry => ({
  did: 'read',
  at: second(at),
  status: deadline === null ? 'paused' : 'running',
  step,
  deadline: deadline === null ? null : second(deadline),
  rang,
})

/** One person who gives a subject twice, rates it and leaves her address, in two steps of which the first rings. */
const entries = (): Entry[] => [
  { did: 'moved', step: 1, at: second(0) },
  read(1, 1, 60),
  { did: 'saw', step: 1, until: '10:01', at: second(2) },
  gave('subjects', subject(1), 9),
  told('subjects', subject(1), 10),
  gave('subjects', subject(2), 19),
  told('subjects', subject(2), 20),
  read(1, 61, 60, true),
  { did: 'moved', step: 2, at: second(200) },
  read(2, 201, 300),
  gave('ratings', rating('4/3'), 209),
  told('ratings', rating('4/3'), 210),
  gave('address', email, 219),
  told('address', email, 220),
  { did: 'moved', step: 3, at: second(230) },
  { did: 'fetched', text: 'Compte rendu : Les cantines.' },
]

const record = () => ({
  sessions: [
    {
      format: {
        segments: [
          { id: 'idees', phase: 'silent-ideation', title: { fr: 'Les idées' } },
          { id: 'fin', phase: 'conclusion', title: { fr: 'La fin' } },
          { id: 'cartes', phase: 'subject-cards', title: { fr: 'Les cartes' } },
          { id: 'matrice', phase: 'matrix', title: { fr: 'La matrice' } },
        ],
      },
      participants: { paul: { firstName: 'Paul', lastName: 'Petit' } },
      answers: {
        idees: { paul: { ideas: [{ title: 'Les cantines', sentence: 'Phrase 2.' }], edits: 2 } },
        fin: { paul: { ...email, edits: 1 } },
        matrice: { paul: { votes: { c1: { y: 4, x: 3 } }, edits: 1 } },
      },
      steer: {
        position: { status: 'closed' },
        shared: { cartes: { cards: { c1: { title: 'Les cantines', state: 'on' } } } },
      },
      steps: ['step/idees/1', 'ring/idees/4', 'step/fin/5'],
    },
  ],
  outbox: [] as { slot: string; state: string }[],
})

const post = (text: string, at: number, more: Partial<Recorded> = {}): Recorded => ({
  method: 'POST',
  path: '/v3/conversations/19:a/activities',
  query: new URLSearchParams(),
  headers: {},
  body: { attachments: [{ content: { type: 'TextBlock', text } }] },
  raw: Buffer.from(''),
  at: second(at),
  status: 201,
  done: true,
  held: null,
  messageId: `m${at}`,
  ...more,
})
const ring = 'Les idées : le temps est écoulé'

interface Left {
  entries: Entry[]
  record: ReturnType<typeof record>
  requests: Recorded[]
  words: string[]
}

/** What is found once this was done to what an honest workshop left. */
function found(change: (left: Left) => void = () => {}): Findings {
  const left: Left = {
    entries: entries(),
    record: record(),
    requests: [post('Étape 1 sur 2', 0), post(ring, 61), post('Étape 2 sur 2', 200)],
    words: ['Étape 1 sur 2', ring, 'Étape 2 sur 2'],
  }
  change(left)
  const remains: Remains = {
    ledger: { meeting: '19:a', entries: left.entries },
    record: JSON.stringify(left.record),
    requests: left.requests,
    chat: left.words.map((text) => ({ type: 'TextBlock', text })),
  }
  return findings([remains])
}

const session = ({ record: { sessions } }: Left) =>
  sessions[0] as ReturnType<typeof record>['sessions'][number]
const nothing: Findings = { lost: [], twice: [], rings: [], doubled: [], limits: [], ends: [], ambiguous: [] }

const faults: [what: string, where: keyof Findings, change: (left: Left) => void][] = [
  [
    'an answer that is not in the record',
    'lost',
    (left) => void Reflect.deleteProperty(session(left).answers.fin, 'paul'),
  ],
  [
    'an answer that is in the record as it was before',
    'lost',
    (left) => {
      session(left).answers.idees.paul.ideas = [{ title: 'Les cantines', sentence: 'Phrase 1.' }]
    },
  ],
  [
    'a part of an answer that had been taken out',
    'lost',
    (left) => void session(left).answers.idees.paul.ideas.push({ title: 'Autre', sentence: 'Phrase.' }),
  ],
  [
    'an answer that was gone for a while and given again',
    'lost',
    (left) => {
      const again = left.entries.findIndex((one) => one.did === 'told' && one.at === second(20)) + 1
      left.entries.splice(again, 0, told('subjects', subject(1), 22), gave('subjects', subject(2), 23))
      session(left).answers.idees.paul.edits = 3
    },
  ],
  [
    'a receipt that is there no more',
    'lost',
    (left) => void left.entries.splice(7, 0, told('subjects', {}, 22), gave('subjects', subject(2), 23)),
  ],
  [
    'a rating that is another',
    'lost',
    (left) => {
      session(left).answers.matrice.paul.votes.c1 = { y: 4, x: 2 }
    },
  ],
  [
    'an address that is gone',
    'lost',
    (left) => {
      session(left).answers.fin.paul.email = ''
    },
  ],
  [
    'an answer that is carried out more often than it was given',
    'twice',
    (left) => {
      session(left).answers.matrice.paul.edits = 2
    },
  ],
  [
    'a subject that stands twice among someone’s own',
    'twice',
    (left) => {
      const { ideas } = Object.assign(session(left).answers.idees.paul, { edits: 0 })
      left.entries = left.entries.filter((one) => !('about' in one && one.about === 'subjects'))
      ideas.push(...ideas)
    },
  ],
  [
    'a subject that everyone is shown twice',
    'twice',
    (left) =>
      void Object.assign(session(left).steer.shared.cartes.cards, {
        c2: { title: 'Les cantines', state: 'on' },
      }),
  ],
  [
    'a subject that nobody gave',
    'twice',
    (left) => {
      Object.assign(session(left).steer.shared.cartes.cards, { c2: { title: 'Les routes', state: 'on' } })
      left.entries.push({ did: 'fetched', text: 'Les cantines, les routes : Les routes.' })
    },
  ],
  ['a second workshop', 'twice', (left) => void left.record.sessions.push(session(left))],
  [
    'a ring that never came',
    'rings',
    (left) => {
      session(left).steps = ['step/idees/1', 'step/fin/5']
      left.requests.splice(1, 1)
    },
  ],
  ['a ring that nobody was shown', 'rings', (left) => void left.requests.splice(1, 1)],
  ['a ring that was recorded twice', 'rings', (left) => void session(left).steps.push('ring/idees/9')],
  ['a ring that was posted twice', 'rings', (left) => void left.requests.push(post(`${ring}.`, 62))],
  [
    'a ring before its time',
    'rings',
    (left) => void Object.assign(left.requests[1] as Recorded, { at: second(59) }),
  ],
  [
    'a ring for a deadline that a pause had moved',
    'rings',
    (left) => void left.entries.splice(2, 0, read(1, 30, null), read(1, 40, 70)),
  ],
  ['a deadline that moved by itself', 'rings', (left) => void left.entries.splice(2, 0, read(1, 30, 58))],
  [
    'a deadline that people were not told',
    'rings',
    (left) => void left.entries.push({ did: 'saw', step: 1, until: '10:02', at: second(3) }),
  ],
  ['a message that stands twice', 'doubled', (left) => void left.requests.push(post('Étape 2 sur 2', 240))],
  [
    'more than the platform allows',
    'limits',
    (left) =>
      void left.requests.push(
        ...Array.from({ length: 8 }, (_, index) => post(`Mot ${index}`, 300 + index / 10)),
      ),
  ],
  [
    'a workshop that is not over',
    'ends',
    (left) => {
      session(left).steer.position.status = 'running'
    },
  ],
  ['a workshop that could not go on', 'ends', (left) => void left.entries.push({ did: 'stuck', why: 'x' })],
  [
    'a subject that the summary leaves out',
    'ends',
    (left) => void left.entries.push({ did: 'fetched', text: 'Compte rendu' }),
  ],
  [
    'a card that still counts the time',
    'ends',
    (left) => void left.words.push('Étape 1 sur 2\nFin à 10 h 01'),
  ],
  [
    'a create without answer',
    'ambiguous',
    (left) => void left.requests.push(post('Étape 3', 240, { status: null, done: false, messageId: null })),
  ],
  [
    'a message that stays in doubt',
    'ambiguous',
    (left) => void left.record.outbox.push({ slot: 'form/fin/5', state: 'unsure' }),
  ],
]

describe('the checker of chaos', () => {
  it('finds nothing in what an honest workshop leaves', () => {
    expect(found()).toEqual(nothing)
  })

  it.each(faults)('finds %s, and nothing else', (_, where, change) => {
    const all = found(change)
    expect(all[where]).toHaveLength(1)
    expect({ ...all, [where]: [] }).toEqual(nothing)
  })

  it.each<[string, (left: Left) => void]>([
    [
      'what was given after the last receipt and is kept, though nobody said so',
      (left) => {
        left.entries.splice(7, 0, gave('subjects', subject(3), 30))
        session(left).answers.idees.paul = {
          ideas: [{ title: 'Les cantines', sentence: 'Phrase 3.' }],
          edits: 3,
        }
      },
    ],
    [
      'a deadline that a pause moved',
      (left) => {
        const rest = left.entries.filter((one) => one.did !== 'read' || one.step === 2)
        left.entries = [read(1, 1, 50), read(1, 30, null), read(1, 40, 60), read(1, 61, 60, true), ...rest]
      },
    ],
    [
      'a ring that may be in the chat',
      (left) => {
        left.requests.splice(1, 1)
        left.record.outbox.push({ slot: 'ring/idees/4', state: 'unsure' })
      },
    ],
    [
      'a message that someone asked to see again',
      (left) => {
        left.requests.push(post('Étape 2 sur 2', 240))
        left.entries.push({ did: 'asked', from: second(210), to: second(211) })
      },
    ],
  ])('lets pass %s', (_, change) => {
    expect({ ...found(change), ambiguous: [] }).toEqual(nothing)
  })

  it('says of a record that cannot be read that all is lost', () => {
    const ledger = { meeting: '19:a', entries: entries() }
    const all = findings([{ ledger, record: '{"sessions":[', requests: [], chat: [] }])
    expect(all.lost).toHaveLength(4)
    expect(all.ends).not.toEqual([])
  })

  it('and all it is made of know nothing of the bot', () => {
    const known = reached(join(import.meta.dirname, 'checker.ts'))
    expect(known.length).toBeGreaterThan(4)
    expect(known.filter((file) => !file.startsWith('test/'))).toEqual([])
  })
})

/** Every file of ours that runs when this one does: what is imported for its types alone does not. */
function reached(file: string, seen = new Set<string>()): string[] {
  if (seen.has(file)) return []
  seen.add(file)
  const imports = [
    ...readFileSync(file, 'utf8').matchAll(/^(?:import|export)\s([^'";]*?)\sfrom '(\.[^']+)'/gmu),
  ]
  for (const [, what = '', target = ''] of imports)
    if (!isTypes(what)) reached(resolve(dirname(file), target), seen)
  return [...seen].map((one) => relative(resolve(import.meta.dirname, '../..'), one))
}

const isTypes = (what: string): boolean =>
  what.startsWith('type ') ||
  what
    .replaceAll(/[{}]/gu, '')
    .split(',')
    .every((name) => name.trim() === '' || name.trim().startsWith('type '))
