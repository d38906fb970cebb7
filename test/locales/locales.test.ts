import { readdirSync, readFileSync } from 'node:fs'
import { IntlMessageFormat } from 'intl-messageformat'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { refusalNames, subjectKeys } from '../../src/core/phases/contract.ts'
import { phaseKinds } from '../../src/core/phases/index.ts'
import { programmeLetters } from '../../src/core/programme/letters.ts'
import { milestoneKinds } from '../../src/core/programme/planning.ts'
import { ask } from '../../src/core/session/asks.ts'
import { context, lacks, profiles, roles } from '../../src/core/session/types.ts'
import { commitmentKeys } from '../../src/core/summary/commitment.ts'
import { documentIds, paperIds, said, say, sheetIds, type Text } from '../../src/core/text.ts'
import { hasKey, messages, speak, wordName, words } from '../../src/locales/index.ts'
import { commandGroups } from '../../src/teams/help.ts'

const root = new URL('../../', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, root), 'utf8')
const sources = filesIn('src', '.ts')
  .filter((path) => !path.startsWith('src/room/'))
  .map(read)
  .join('\n')
const templates = filesIn('cards', '.json').map(read).join('\n')

function filesIn(folder: string, end: string): string[] {
  const names = readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
  return names.filter((name) => name.endsWith(end)).map((name) => `${folder}/${name}`)
}

const sections = new Set([...messages('fr').keys()].map((key) => key.split('.')[0] ?? ''))
const moves = [...sources.matchAll(/\bmove: ([^\n]+)/g)]
  .flatMap(([, rest = '']) => [...rest.matchAll(/'([a-z]+(?:-[a-z]+)*)'/g)])
  .map(([, name = '']) => name)
  .filter((name) => name !== 'on' && !refusalNames.some((one) => one === name))
const commands = Object.values(commandGroups).flatMap((group) => Object.keys(group))
const asks = ask.options.map((option) => option.shape.do.value)

/** What the code puts in the place of `${…}` in a key. */
const variants: Record<string, readonly string[]> = {
  'context.*': Object.keys(context.shape),
  'context.*-hint': Object.keys(context.shape),
  'subject.*': subjectKeys,
  'profile.*': profiles,
  'role.*': roles,
  'refusal.*': refusalNames,
  'lobby.lacks-*': lacks,
  'move.*': [...moves, 'start', 'next', 'back', 'skip', 'floor-done', 'floor-passed', 'floor-later'],
  'command.*': commands,
  'help.does-*': commands,
  'help.*': ['now', ...Object.keys(commandGroups)],
  'typed.done-*': asks.filter((one) =>
    [
      'join',
      'leave',
      'prepare',
      'name-role',
      'contribute',
      'note',
      'phase',
      'choose-group',
      'choose-planned',
    ].includes(one),
  ),
  'welcome.text-*': ['meeting', 'chat', 'personal'],
  'doctor.*': ['fine', 'known', 'wrong'],
  'link.*': ['expired', 'altered', 'gone'],
  'document.*': [...documentIds, ...['subjects', 'canvas', 'roadmap'].map((kind) => `deliverable-${kind}`)],
  'document-kind.*': documentIds,
  'documents.*': ['publish', 'to-send', 'for-team', 'pictures', 'files'],
  'participation.of-*': profiles,
  'documents.mine-*': ['waiting', 'accepted', 'refused'],
  'commitment.*': commitmentKeys,
  'programme.from-*': ['novice', 'subject', 'commitment'],
  'programme.to-*': ['subject', 'canvas', 'roadmap'],
  'programme.to-*-title': ['subject', 'canvas', 'roadmap'],
  'programme.part-*': ['dates', 'content', 'team', 'guests', 'rehearse'],
  'programme.go-*': [
    ...['dates', 'content', 'team', 'guests', 'plan'],
    ...['follow', 'board', 'merged', 'rehearse', 'drop'],
  ],
  'programme.answer-*': ['waiting', 'yes', 'no', 'off'],
  'board.state-*': ['waiting', 'lobby', 'running', 'paused', 'adjourned', 'closed'],
  'merged.file-*': sheetIds,
  'merged.get-*': sheetIds,
  'board.count-*': ['waiting', 'lobby', 'running', 'paused', 'adjourned', 'closed'],
  'milestone.*': [...milestoneKinds],
  'milestone.*-help': [...milestoneKinds],
  'recall.*': ['subject', 'canvas'],
  'team.*': ['referent', 'challenger', 'note-taker'],
  'team.*-does': ['referent', 'challenger', 'note-taker'],
  'planning.*': milestoneKinds.filter((kind) => kind !== 'sitting'),
  'planning.moment-*': ['before', 'workshop', 'after'],
  'papers.*': ['brief-referent', 'brief-challenger', 'brief-note-taker'],
  'papers.name-*': paperIds,
  'papers.letter-*': programmeLetters,
  'papers.letter-*-file': programmeLetters,
  'papers.letter-*-when': programmeLetters.filter((one) => one !== 'chasing'),
  'brief.note-*': phaseKinds(),
  'commitment.*-heading': ['identity', 'substance', 'values'],
  'word.*': [
    ...['subjects', 'canvas', 'roadmap'].map((kind) => `file-${kind}`),
    ...[
      'number',
      'sub-action',
      'headings',
      'authors',
      'step',
      'start',
      'end',
      'deliverable',
      'lead',
      'needs',
    ],
  ],
}

function usedKeys(): string[] {
  const literals = [...sources.matchAll(/'([a-z][a-z-]*\.[a-zA-Z][a-zA-Z0-9-]*)'/g)]
    .map(([, key = '']) => key)
    .filter((key) => sections.has(key.split('.')[0] ?? ''))
  const said = [...sources.matchAll(/\bsay(?:\(|: )'([^']+)'/g)].map(([, key = '']) => key)
  return [...new Set([...literals, ...said, ...variantKeys()])]
}

const patterns = (): string[] => [
  ...new Set(
    [...sources.matchAll(/\bsay(?:\(|: )`([^`]+)`/g)].map(([, key = '']) => key.replace(/\$\{[^}]+\}/g, '*')),
  ),
]

const variantKeys = (): string[] =>
  patterns().flatMap((pattern) => (variants[pattern] ?? []).map((one) => pattern.replace('*', one)))

const templateWords = (): [string, string][] =>
  [...templates.matchAll(/\bt\.([a-zA-Z]+)\.([a-zA-Z0-9]+)/g)].map(([, section = '', key = '']) => [
    section,
    key,
  ])

describe('the two languages', () => {
  test('have the same keys', () => {
    expect([...messages('en').keys()].sort()).toEqual([...messages('fr').keys()].sort())
  })

  test('give the same values their place in every sentence', () => {
    for (const [key, text] of messages('fr'))
      expect([key, valuesIn(messages('en').get(key) ?? '')]).toEqual([key, valuesIn(text)])
  })

  test('have every sentence the code says', () => {
    expect(usedKeys().filter((key) => !hasKey('fr', key) || !hasKey('en', key))).toEqual([])
  })

  test('have every sentence whose key is computed', () => {
    expect(patterns().filter((pattern) => !variants[pattern])).toEqual([])
  })

  test('have every word the cards show', () => {
    for (const lang of ['fr', 'en'] as const)
      expect(templateWords().filter(([section, key]) => !words(lang)[section]?.[key])).toEqual([])
  })

  test('hold no sentence that nothing says', () => {
    const used = new Set([...usedKeys(), ...templateWords().map(([section, key]) => `${section}.${key}`)])
    const idle = [...messages('fr').keys()].filter(
      (key) => !used.has(key) && !used.has(key.split('.').map(wordName).join('.')),
    )
    expect(idle).toEqual([])
  })
})

describe('French', () => {
  const scripts: [string, string][] = [
    ...filesIn('src/formats', '.yaml').map((path): [string, string] => [path, read(path)]),
    ...[...read('README.md').matchAll(/```yaml\n([\s\S]*?)```/gu)].map(
      ([, script = '']): [string, string] => ['README.md', script],
    ),
  ]
  const texts = [
    ...messages('fr').entries(),
    ...scripts.flatMap(([name, script]) =>
      frenchIn(parse(script)).map((text): [string, string] => [name, text]),
    ),
  ]

  test.each([
    ['a plain space before a high sign or inside guillemets', / [:;!?»%]|«(?!\u00A0)|[^\u00A0]»/u],
    ['a high sign without its space', /[\p{L}\p{N})»}][;!?]|[\p{L}»]:(?!\/\/)/u],
    ['a straight apostrophe or quotation mark', /['"]/u],
    ['three points instead of an ellipsis', /\.\.\./u],
    ['a plain space between a number and its unit', /[\d}] (?:min|h|s|%)(?!\p{L})/u],
    ['inclusive dots', /[·•.](?:e|es|ne|trice)s?\b(?!\.)/u],
    [
      'an English word',
      /\b(?:feedback|workshop|meeting|brainstorming|timing|challenge(?!ur\b)\w*|planning|deadline|reporting|checker|card|skip|join|mails?|template|bot)\b/iu,
    ],
  ])('has no %s', (_what, wrong) => {
    expect(texts.filter(([, text]) => wrong.test(text.replace(/\{\w+, (?:plural|number)/gu, '{')))).toEqual(
      [],
    )
  })
})

describe('a text is spoken', () => {
  const fr = { lang: 'fr' as const, zone: 'Europe/Paris' }
  const en = { lang: 'en' as const, zone: 'Europe/Paris' }
  const afternoon = Date.UTC(2026, 10, 23, 13, 32)

  test.each<[string, Text, string, string]>([
    ['a time of day', { time: afternoon }, '14\u00A0h\u00A032', '14:32'],
    ['a whole hour', { time: Date.UTC(2026, 6, 1, 7) }, '9\u00A0h', '09:00'],
    ['a day', { day: afternoon }, 'lundi 23 novembre 2026', 'Monday 23 November 2026'],
    [
      'the first of the month',
      { day: Date.UTC(2026, 11, 1) },
      'mardi 1er décembre 2026',
      'Tuesday 1 December 2026',
    ],
    ['a date', { date: '2027-08-31' }, '31 août 2027', '31 August 2027'],
    ['the first of a month', { date: '2027-09-01' }, '1er septembre 2027', '1 September 2027'],
    ['a month', { month: '2027-03-01' }, 'mars 2027', 'March 2027'],
    ['seconds', { lasting: 45_400 }, '45\u00A0s', '45\u00A0s'],
    ['almost a minute', { lasting: 59_700 }, '1\u00A0min', '1\u00A0min'],
    ['minutes', { lasting: 7 * 60_000 }, '7\u00A0min', '7\u00A0min'],
    ['hours', { lasting: 65 * 60_000 }, '1\u00A0h\u00A005', '1\u00A0h\u00A005'],
    ['a list', { listing: [said('Awa'), said('Luc'), said('Mia')] }, 'Awa, Luc et Mia', 'Awa, Luc and Mia'],
    ['both languages', { fr: 'oui', en: 'yes' }, 'oui', 'yes'],
    [
      'a sentence in a sentence',
      say('matrix.own-vote', {
        axisY: { fr: 'Désirabilité', en: 'Desirability' },
        axisX: { fr: 'Faisabilité', en: 'Feasibility' },
        y: say('matrix.no-opinion'),
        x: said('3'),
      }),
      'Désirabilité sans avis · Faisabilité 3',
      'Desirability no opinion · Feasibility 3',
    ],
    [
      'a plural',
      say('floor.task-soon', { name: said('Awa'), before: 1 }),
      'Écoutez Awa. Encore 1 personne avant vous.',
      'Listen to Awa. 1 person before you.',
    ],
  ])('%s', (_what, text, french, english) => {
    expect(speak(text, fr)).toBe(french)
    expect(speak(text, en)).toBe(english)
  })

  test('with what people wrote between marks, on demand', () => {
    expect(speak(say('floor.next', { name: said('Awa') }), { ...fr, mark: true })).toBe(
      'Ensuite\u00A0: \uE000Awa\uE001',
    )
  })

  test('or not at all: a key nobody wrote is a mistake', () => {
    expect(() => speak(say('no.such-key'), fr)).toThrow('no.such-key')
  })

  test('whatever a person’s words look like', () => {
    expect(speak(say('floor.next', { name: said('{count, plural} <b>') }), fr)).toBe(
      'Ensuite\u00A0: {count, plural} <b>',
    )
  })
})

test('every exercise has its own words', () => {
  for (const kind of phaseKinds()) expect(sections).toContain(kind)
})

function valuesIn(text: string): string[] {
  const names = new Set<string>()
  const walk = (nodes: unknown) => {
    if (Array.isArray(nodes)) nodes.forEach(walk)
    else if (typeof nodes === 'object' && nodes !== null) {
      const { type, value, ...rest } = nodes as { type?: number; value?: string }
      if (type !== undefined && type > 0 && type < 7 && typeof value === 'string') names.add(value)
      Object.values(rest).forEach(walk)
    }
  }
  walk(new IntlMessageFormat(text, 'fr').getAst())
  return [...names].sort()
}

function frenchIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(frenchIn)
  if (typeof value !== 'object' || value === null) return []
  const { fr, ...rest } = value as { fr?: unknown }
  return [...(typeof fr === 'string' ? [fr] : []), ...Object.values(rest).flatMap(frenchIn)]
}
