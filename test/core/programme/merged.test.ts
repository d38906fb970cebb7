import { describe, expect, it } from 'vitest'
import { takenFrom } from '../../../src/core/brought.ts'
import { carryOutPlan, emptyMeeting } from '../../../src/core/meeting.ts'
import type { ProgrammeAsk } from '../../../src/core/programme/asks.ts'
import {
  type Merged,
  merged,
  mergedBrought,
  shortName,
  subjectNamed,
} from '../../../src/core/programme/merged.ts'
import type { Programme } from '../../../src/core/programme/types.ts'
import { chainOf } from '../../../src/core/session/chain.ts'
import type { Session } from '../../../src/core/session/types.ts'
import type { Text } from '../../../src/core/text.ts'
import { originDialog } from '../../../src/core/views/carry.ts'
import { mergedChoices } from '../../../src/core/views/programme-merged.ts'
import { speak } from '../../../src/locales/index.ts'
import {
  asOf,
  calendar,
  type Given,
  home,
  played,
  programmeOf,
  rated,
  startedFrom,
} from '../../support/groups.ts'
import { person, twoPm } from '../../support/stage.ts'

const programme = programmeOf()
const now = twoPm + 3_600_000

const session = (group: number, given: Given[]): Session => asOf(played(given).session(), programme, group)

const one = session(1, [
  {
    title: 'Les menus des cantines',
    votes: [
      [2, 2],
      [2, 2],
      [2, 2],
    ],
  },
  {
    title: 'Le budget en clair',
    votes: [
      [5, 3],
      [5, 3],
      [5, 3],
    ],
    priority: true,
  },
])
const two = session(2, [
  { title: 'Les menus des cantines scolaires', votes: [[5, 5]] },
  {
    title: 'Les horaires des piscines',
    votes: [
      [4, 4],
      [4, 4],
    ],
  },
])

const sheetOf = (sessions: Session[], told: Partial<Programme> = {}): Merged =>
  merged(home, { ...programme, ...told }, sessions, now)

const titles = ({ subjects }: Merged): string[] => subjects.map(({ title }) => title)

const referencesOf = ({ subjects }: Merged, ...some: string[]): string[] =>
  subjects
    .filter(({ title }) => some.includes(title))
    .flatMap(({ of }) => of.map(({ reference }) => reference))

const united = () => {
  const apart = sheetOf([one, two])
  return sheetOf([one, two], { same: [referencesOf(apart, ...menusOfBoth)] })
}

/** The programme after its organiser said this of its subjects. */
function said(before: Programme, ask: ProgrammeAsk): Programme {
  const meeting = { ...emptyMeeting(home), programmes: [before] }
  const command = { ask, by: before.owner, at: now, lang: 'fr' as const, calendar, key: null }
  const verdict = carryOutPlan(meeting, command, {})
  if (verdict.done !== true) throw new Error(JSON.stringify(verdict))
  return verdict.meeting.programmes[0] ?? before
}
const menusOfBoth = ['Les menus des cantines', 'Les menus des cantines scolaires']

const menusPair = (): string[] => referencesOf(sheetOf([one, two]), ...menusOfBoth)

const ratings = (value: number, voters: number): [number, number][] =>
  Array.from({ length: voters }, () => [value, value])

const groupsOf = ({ of }: Merged['subjects'][number]): string => of.map(({ group }) => group).join()

const spoken = (text: Text): string =>
  speak(text, { lang: 'fr', zone: 'Europe/Paris' }).replaceAll('\u00A0', ' ')

const lastLine = (lines: Text[] = []): string => spoken({ listing: lines.slice(-1) })

describe('the subjects of several groups', () => {
  it('are one sheet ranked as on the matrix, where one voice alone comes last', () => {
    expect(titles(sheetOf([one, two]))).toEqual([
      'Le budget en clair',
      'Les horaires des piscines',
      'Les menus des cantines',
      'Les menus des cantines scolaires',
    ])
  })

  it('keep their group, their number, their author and their votes', () => {
    const [budget] = sheetOf([one, two]).subjects
    const told = (budget?.groups ?? []).map((line) => speak(line, { lang: 'fr', zone: 'Europe/Paris' }))
    expect(told).toEqual([
      'Groupe 1, n°\u00A02\u00A0: «\u00A0Le budget en clair\u00A0», Lea Martin. Désirabilité 5 · Faisabilité 3 · 3 avis',
    ])
  })

  it('stand at the mean of all the votes where the organiser says that two are one', () => {
    const sheet = united()
    const menus = sheet.subjects.find(({ of }) => of.length === 2)
    // Three votes at 2, one at 5.
    expect(menus).toMatchObject({ title: 'Les menus des cantines', votes: 4, at: { x: 2.75, y: 2.75 } })
    expect(menus?.of.map(({ group }) => group)).toEqual([1, 2])
    expect(sheet.subjects).toHaveLength(3)
    expect(sheet.part.picture?.points).toHaveLength(3)
  })

  it('are pointed out where two groups probably gave the same, and no longer once they are one', () => {
    const pairs = ({ twins }: Merged) => twins.map(({ a, b }) => [a.title, b.title].sort())
    expect(pairs(sheetOf([one, two]))).toEqual([
      ['Les menus des cantines', 'Les menus des cantines scolaires'],
    ])
    expect(pairs(united())).toEqual([])
  })

  it('are no longer pointed out where the organiser says that they are two, until she makes them one', () => {
    const twins = (programme: Programme, sessions = [one, two]) =>
      merged(home, programme, sessions, now).twins.map(({ a, b }) => [a.title, b.title].sort().join(' / '))
    const [pair] = sheetOf([one, two]).twins
    const [a, b] = [pair?.a.of[0]?.reference ?? '', pair?.b.of[0]?.reference ?? '']
    const apart = said(programme, { do: 'programme-distinct', p: '1', one: a, other: b })
    expect(twins(apart)).toEqual([])
    // A third group that gave the same is still compared to each of the two.
    const three = session(3, [{ title: 'Les menus des cantines', votes: [[4, 4]] }])
    expect(twins(apart, [one, two, three])).toHaveLength(2)
    const whole = said(apart, { do: 'programme-same', p: '1', one: a, other: b })
    expect(twins(said(whole, { do: 'programme-apart', p: '1', one: a }))).toHaveLength(1)
  })

  it('say of each other that they are two, on the sheet and where the next workshop chooses', () => {
    const sheet = sheetOf([one, two], { distinct: [menusPair()] })
    expect(sheet.twins).toEqual([])
    expect(sheet.apart.map(({ a, b }) => [a.title, b.title])).toEqual([
      ['Les menus des cantines', 'Les menus des cantines scolaires'],
    ])
    expect(sheet.subjects).toHaveLength(4)
    const told = sheet.subjects.map(({ groups }) => lastLine(groups))
    expect(told.filter((line) => line.startsWith('À ne pas confondre'))).toEqual([
      'À ne pas confondre avec le n° 4, « Les menus des cantines scolaires »',
      'À ne pas confondre avec le n° 3, « Les menus des cantines »',
    ])
    expect(sheetOf([one, two]).subjects.flatMap(({ groups }) => groups ?? [])).toHaveLength(4)
    const choices = mergedChoices(sheet).map(({ from }) => spoken(from.title))
    expect(choices[2]).toBe(
      'Sujets réunis, groupe 1 ; à ne pas confondre avec le n° 4, « Les menus des cantines scolaires »',
    )
  })

  it('stay told apart when another group comes, whatever the ranking becomes', () => {
    const menus = [{ title: 'Les menus des cantines', votes: ratings(5, 3) }]
    const [earlier, later] = [session(1, menus), session(3, menus)]
    const before = { ...earlier, meetingId: '19:earlier', id: '7', launchedAt: earlier.launchedAt - 1 }
    const sheet = sheetOf([one, two, later, before], { distinct: [menusPair()] })
    const pairs = sheet.twins.map(({ a, b }) => [groupsOf(a), groupsOf(b)].toSorted().join(' and '))
    expect(pairs.toSorted()).toEqual(['1 and 2', '1 and 3', '1 and 3', '2 and 3'])
    expect(sheet.apart.map(({ a, b }) => [groupsOf(a), groupsOf(b)])).toEqual([['1', '2']])
  })

  it('are told apart from all that is one with one of them', () => {
    const third = session(3, [{ title: 'Les menus des cantines', votes: [[4, 4]] }])
    const [mine = '', other = ''] = menusPair()
    const [same = ''] = referencesOf(sheetOf([third]), 'Les menus des cantines')
    const told = { same: [[mine, same]], distinct: [[other, mine]] }
    expect(sheetOf([one, two, third], told).twins).toEqual([])
    expect(sheetOf([one, two, third], { ...told, same: [] }).twins).toHaveLength(2)
  })

  it('are called the same by a card drawn before another group came', () => {
    const [menus] = sheetOf([two]).subjects.filter(({ title }) => title.includes('menus'))
    const drawn = menus?.of[0] ? shortName(menus.of[0]) : ''
    expect(subjectNamed(sheetOf([one, two]), drawn)?.title).toBe('Les menus des cantines scolaires')
    expect(subjectNamed(sheetOf([one, two]), '1')?.title).toBe('Le budget en clair')
    expect(subjectNamed(sheetOf([one, two]), '9')).toBeNull()
  })

  it('are not pointed out within one group, which is for that group to say', () => {
    const alike = session(3, [
      { title: 'Le vélo en ville', votes: [[3, 3]] },
      { title: 'Le vélo dans la ville', votes: [[3, 3]] },
    ])
    expect(sheetOf([alike]).twins).toEqual([])
  })

  it('hold nothing that a group has not shown its own room', () => {
    const sealed = asOf(
      rated([
        {
          title: 'Les menus des cantines',
          votes: [
            [5, 5],
            [5, 5],
          ],
        },
      ]).session(),
      programme,
      1,
    )
    const [line] = sheetOf([sealed]).subjects
    expect(line).toMatchObject({ at: null, votes: 0 })
    expect(sheetOf([sealed]).part.picture).toBeNull()
  })

  it('leave rehearsals and other programmes out', () => {
    const { prepared } = one
    if (!prepared) throw new Error('not prepared')
    const rehearsed = { ...one, prepared: { ...prepared, rehearsal: true } }
    const other = { ...one, prepared: { ...prepared, programme: '2' } }
    expect(sheetOf([rehearsed, other]).subjects).toEqual([])
  })
})

describe('a workshop that starts from a subject of two groups', () => {
  const menus = united().subjects.find(({ of }) => of.length === 2)
  const here = startedFrom(menus ? mergedBrought(menus, now) : null)
  const origin = () => {
    const look = { session: here.session(), slot: '', viewer: person('marie'), now, draft: {} }
    return JSON.stringify(originDialog({ ...look, draft: { about: 'sujet/subject' } }, 'marie'))
  }

  it('says which groups it is taken from', () => {
    const text = takenFrom(here.session())
    expect(text && speak(text, { lang: 'fr', zone: 'Europe/Paris' })).toContain('groupes 1 et 2')
  })

  it('keeps each of three groups in a generation of its own', () => {
    const three = session(3, [{ title: 'La cantine', votes: [[4, 4]] }])
    const apart = sheetOf([one, two, three])
    const same = [referencesOf(apart, ...menusOfBoth, 'La cantine')]
    const [all] = sheetOf([one, two, three], { same }).subjects.filter(({ of }) => of.length === 3)
    const brought = all ? mergedBrought(all, now) : null
    const starts = (brought?.fields[0]?.sources ?? []).map((key) => key.split('~')[0])
    expect(starts).toEqual(['1', '2', '3'])
    expect(brought?.lineage.map(({ group }) => group)).toEqual([1, 2, 3])
    for (const key of Object.keys(brought?.origins ?? {})) expect(key).toMatch(/^[123]~/u)
    expect(new Set(Object.keys(brought?.origins ?? {}).map((key) => key[0]))).toEqual(
      new Set(['1', '2', '3']),
    )
  })

  it('tells both groups, both authors and both votes', () => {
    const links = chainOf(here.session(), ['sujet/subject'], now)
    const rooms = links.filter(({ origin: { mean } }) => mean !== null)
    expect(rooms.map(({ from, origin: { votes, mean } }) => [from?.group, votes, mean])).toEqual([
      [1, 3, { x: 2, y: 2 }],
      [2, 1, { x: 5, y: 5 }],
    ])
    expect(rooms.map(({ from }) => from?.meeting)).toEqual(['19:group-1', '19:group-2'])
    expect(origin()).toContain('carry.from-group')
    expect(origin().match(/"said":"Paul Martin"/gu)?.length).toBeGreaterThan(1)
  })
})
