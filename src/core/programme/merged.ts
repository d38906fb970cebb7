import { probableTwins } from '../likeness.ts'
import { inCorner, inRank, type Point } from '../placement.ts'
import { carried, united } from '../session/carry.ts'
import type { Brought, Session } from '../session/types.ts'
import { weightedMean } from '../statistics.ts'
import type { SubjectLine, SubjectsPart } from '../summary/part.ts'
import { partsLike, partsOf } from '../summary/parts.ts'
import { said, say, type Text } from '../text.ts'
import { referenceOf } from '../views/carry.ts'
import { isOf } from './launch.ts'
import { areTwo, setOf } from './same.ts'
import type { Programme } from './types.ts'

/** A subject of one group, as the room of that group has seen it. */
export interface GroupSubject {
  /** How the archive finds it again. */
  reference: string
  group: number
  /** Place of its session among those of its group. */
  sitting: number
  session: Session
  line: SubjectLine
}

/** One subject of the merged sheet: of one group, or of several whose subjects the organiser says are one. */
export interface MergedSubject extends SubjectLine {
  of: GroupSubject[]
  /** What looks like it and is another subject, as the organiser says. */
  differs: SubjectLine[]
}

/** The subjects of all the groups, best placed first. */
export interface Merged {
  sessions: Session[]
  subjects: MergedSubject[]
  part: SubjectsPart
  /** Pairs of different groups that are probably one subject, most alike first. */
  twins: Pair[]
  /** Pairs that the organiser says are two, the last said last. */
  apart: Pair[]
}

interface Pair {
  a: MergedSubject
  b: MergedSubject
}

/** What the groups of the first workshop came to so far; what is sealed in a group stays out of it. */
export function merged(home: string, programme: Programme, sessions: Session[], now: number): Merged {
  const groups = groupSessions(home, programme.id, sessions)
  const all = groups.map((session, index) => ({
    session,
    part: subjectsIn(session, now),
    sitting: groups.slice(0, index).filter((one) => groupOf(one) === groupOf(session)).length,
  }))
  const given = all.flatMap(
    ({ session, part, sitting }) => part?.cards.map((line) => ofGroup(session, sitting, line)) ?? [],
  )
  const boards = all.flatMap(({ part }) => part ?? [])
  const model = boards.find(({ board }) => board !== null) ?? boards[0]
  const board = model?.board ?? null
  const ranked = togetherIn(given, programme.same)
    .map((some) => mergedLine(some, board))
    .sort((a, b) => inRank({ ...a, alone: a.votes === 1 }, { ...b, alone: b.votes === 1 }))
    .map((one, index) => ({ ...one, number: index + 1 }))
  const subjects = withDifferences(ranked, programme).map((one) => ({ ...one, groups: linesOf(one, board) }))
  return {
    sessions: groups,
    subjects,
    part: partOf(subjects, model),
    twins: twinsIn(subjects, programme),
    apart: apartIn(subjects, programme),
  }
}

/** The sessions of the groups, by group. */
export const groupSessions = (home: string, programme: string, sessions: Session[]): Session[] =>
  sessions
    .filter((one) => isOf(one, home, programme) && one.prepared?.step === 0)
    .sort((a, b) => groupOf(a) - groupOf(b) || a.launchedAt - b.launchedAt)

const groupOf = ({ prepared }: Session): number => prepared?.group ?? 1

const subjectsIn = (session: Session, now: number): SubjectsPart | null =>
  partsLike(partsOf(session, now), 'subjects').at(-1) ?? null

const ofGroup = (session: Session, sitting: number, line: SubjectLine): GroupSubject => ({
  reference: referenceOf(session, line.id),
  group: groupOf(session),
  sitting,
  session,
  line,
})

/** In the order of the groups; those the organiser says are one stand together, at the place of the first. */
function togetherIn(all: GroupSubject[], same: string[][]): GroupSubject[][] {
  const sets = new Map<string, GroupSubject[]>()
  for (const one of all) {
    const key = setOf(one.reference, same).join('\n')
    sets.set(key, [...(sets.get(key) ?? []), one])
  }
  return [...sets.values()]
}

/** Said in the words of the group that voted most on it; placed at the mean, each group counting for its votes. */
function mergedLine(of: GroupSubject[], board: SubjectsPart['board']): MergedSubject {
  const lines = of.map(({ line }) => line)
  const lead = lines.toSorted((a, b) => b.votes - a.votes)[0] ?? emptyLine
  const at = placeOf(lines)
  const priority = lines.some((one) => one.priority)
  return {
    ...lead,
    authors: lines.flatMap(({ authors }) => authors),
    at,
    votes: lines.reduce((sum, { votes }) => sum + votes, 0),
    priority,
    divided: lines.some((one) => one.divided),
    byHand: lines.every((one) => one.byHand),
    wellPlaced: !priority && at !== null && board !== null && inCorner(at, board.scale),
    of,
    differs: [],
  }
}

const emptyLine: SubjectLine = {
  id: '',
  number: 0,
  title: '',
  sentence: '',
  authors: [],
  at: null,
  votes: 0,
  priority: false,
  divided: false,
  byHand: false,
  wellPlaced: false,
}

function placeOf(lines: SubjectLine[]): Point | null {
  const placed = lines.flatMap(({ at, votes }) => (at ? [{ at, weight: votes }] : []))
  const x = weightedMean(placed.map(({ at, weight }) => ({ value: at.x, weight })))
  const y = weightedMean(placed.map(({ at, weight }) => ({ value: at.y, weight })))
  return x === null || y === null ? null : { x, y }
}

const tenth = (value: number): number => Math.round(value * 10) / 10

type Board = SubjectsPart['board']

/** What each group made of it; first where it stands for them all, where they are several. */
const linesOf = (one: MergedSubject, board: Board): Text[] => [
  ...(board && one.at && one.of.length > 1
    ? [say('merged.all-groups', { ...placeText(one.at, board), votes: one.votes })]
    : []),
  ...one.of.map((each) => groupLine(each, board)),
  ...(one.differs.length ? [say('merged.differs', { subjects: differencesIn(one.differs) })] : []),
]

const differencesShown = 3

/** The first of them by number and title, and how many more there are. */
export function differencesIn(differs: SubjectLine[]): Text {
  const named = differs
    .slice(0, differencesShown)
    .map(({ number, title }) => say('merged.other-subject', { number, title: said(title) }))
  const left = differs.length - named.length
  return { listing: left ? [...named, say('merged.more', { count: left })] : named }
}

/** « Groupe 2, n° 3 : Paul Petit. Désirabilité 4 · Faisabilité 3 · 8 avis ». */
function groupLine({ group, line }: GroupSubject, board: Board): Text {
  const about = { group, number: line.number, title: said(line.title), names: namesOf(line) }
  return line.at && board
    ? say('merged.group-line-placed', { ...about, ...placeText(line.at, board), votes: line.votes })
    : say('merged.group-line', about)
}

const placeText = ({ x, y }: Point, board: NonNullable<Board>) => ({
  axisY: board.y,
  y: tenth(y),
  axisX: board.x,
  x: tenth(x),
})

const namesOf = ({ authors }: SubjectLine): Text => (authors.length ? { listing: authors } : said('–'))

function partOf(subjects: MergedSubject[], model: SubjectsPart | undefined): SubjectsPart {
  const board = model?.board ?? null
  const placed = subjects.filter(({ at }) => at !== null)
  return {
    part: 'subjects',
    cards: subjects,
    board,
    picture:
      board && model?.picture && placed.length
        ? { ...model.picture, points: placed.flatMap((one) => pointsOf(one)) }
        : null,
    pictureText:
      board && placed.length
        ? say('matrix.picture-text', {
            axisX: board.x,
            axisY: board.y,
            list: { listing: subjects.map((one) => pointText(one, board)) },
          })
        : null,
    rule: null,
  }
}

const pointsOf = ({ number, at, priority, divided }: MergedSubject) =>
  at ? [{ number, ...at, priority, divided }] : []

const pointText = ({ number, title, at }: MergedSubject, board: NonNullable<Board>): Text =>
  at
    ? say('matrix.point', { ...placeText(at, board), number, title: said(title) })
    : say('matrix.point-missing', { number, title: said(title) })

function withDifferences(subjects: MergedSubject[], told: Programme): MergedSubject[] {
  return subjects.map((one) => ({
    ...one,
    differs: subjects.filter((other) => other !== one && areTwo(namesIn(one), namesIn(other), told)),
  }))
}

const namesIn = ({ of }: MergedSubject): string[] => of.map(({ reference }) => reference)

/** Within one group it is for that group to say: only those of two groups are pointed out. */
function twinsIn(subjects: MergedSubject[], told: Programme): Pair[] {
  const items = subjects.map((subject) => ({
    id: String(subject.number),
    title: subject.title,
    sentence: subject.sentence,
    subject,
  }))
  return probableTwins(items)
    .map(({ a, b }) => ({ a: a.subject, b: b.subject }))
    .filter(({ a, b }) => new Set([...a.of, ...b.of].map(({ group }) => group)).size > 1)
    .filter(({ a, b }) => !areTwo(namesIn(a), namesIn(b), told))
}

/** What she said of a subject that is not shown, or no longer, waits. */
function apartIn(subjects: MergedSubject[], { distinct }: Programme): Pair[] {
  const holding = (reference = '') => subjects.find((one) => namesIn(one).includes(reference))
  return distinct.flatMap(([one, other]) => {
    const [a, b] = [holding(one), holding(other)]
    return a && b && a !== b ? [{ a, b }] : []
  })
}

/** How a card calls a subject of a group: shorter than its reference. */
export const shortName = ({ group, sitting, line }: GroupSubject): string =>
  [group, sitting, line.number].join('-')

/** The subject that a card calls so, by any of those it is made of, or that is typed by its number on the sheet. */
export const subjectNamed = ({ subjects }: Merged, name: string): MergedSubject | null =>
  subjects.find((one) => String(one.number) === name || one.of.some((each) => shortName(each) === name)) ??
  null

/** Ends the reference of a merged subject, after that of the first of those it is made of. */
export const mergedMark = 'merged'

export const mergedReference = ({ of: [first] }: MergedSubject): string =>
  `${first?.reference ?? ''}|${mergedMark}`

/** What a workshop that starts from this subject is given: the origins in every group. */
export const mergedBrought = ({ of }: MergedSubject, now: number): Brought | null =>
  united(of.flatMap(({ session, line }) => carried(session, line.id, now) ?? []))
