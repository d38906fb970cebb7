import {
  differencesIn,
  type Merged,
  type MergedSubject,
  merged,
  mergedReference,
  shortName,
} from '../programme/merged.ts'
import { said, say, sheetIds, type Text, type ViewData } from '../text.ts'
import type { OfferChoice } from './carry.ts'
import type { ProgrammeLook } from './programme.ts'

type Data = { [key: string]: ViewData }

/** Subjects on one card, and in its lists of choices; the documents hold them all. */
const pageSize = 10
const listed = 50
/** Pairs pointed out at once. */
const pairsShown = 4
/** Pairs told apart that a card offers to bring near again, the last ones; the sheet tells of them all. */
const apartShown = 12

/** The groups' subjects as one sheet, ranked as on the matrix, with what may be one subject and is two. */
export function mergedPage({ programme, now, home = '', held = [], draft }: ProgrammeLook): Data {
  const sheet = merged(home, programme, held, now)
  const { subjects, twins, apart } = sheet
  const pages = Math.max(1, Math.ceil(subjects.length / pageSize))
  const at = Math.min(Math.max(draft.at || 0, 0), pages - 1)
  return {
    none: subjects.length === 0,
    count: say('merged.count', {
      count: subjects.length,
      groups: new Set(sheet.sessions.map(({ prepared }) => prepared?.group)).size,
      of: programme.groups,
    }),
    open: openText(sheet),
    picture: pictureOf(sheet, programme.id),
    pictureText: sheet.part.pictureText,
    papers: sheetIds
      .filter((one) => subjects.length > 0 && (one !== 'merged-matrix' || sheet.part.picture !== null))
      .map((paper) => ({
        title: say(`merged.get-${paper}`),
        url: { paper, programme: programme.id, group: 1 },
      })),
    twins: twins.slice(0, pairsShown).map(({ a, b }) => ({
      one: nameOf(a),
      other: nameOf(b),
      a: choiceText(a),
      b: choiceText(b),
    })),
    apart: apart
      .toReversed()
      .slice(0, apartShown)
      .map((pair) => ({ value: pairName(pair), title: pairText(pair) })),
    rows: subjects.slice(at * pageSize, (at + 1) * pageSize).map(rowOf),
    at: String(at),
    newer: at > 0 ? String(at - 1) : '',
    older: at + 1 < pages ? String(at + 1) : '',
    choices: subjects.slice(0, listed).map((one) => ({ value: nameOf(one), title: choiceText(one) })),
    mayUnite: subjects.length > 1,
    oneProblem: draft.problems?.one ?? null,
    chosen: { one: draft.typed?.one ?? '', other: draft.typed?.other ?? '' },
  }
}

/** Its address is another as soon as a point moves. */
const pictureOf = ({ part: { picture } }: Merged, programme: string): ViewData =>
  picture && {
    paper: 'merged-matrix',
    programme,
    group: 1,
    stamp: picture.points
      .map(
        ({ number, x, y, priority, divided }) =>
          `${number}${priority ? 'p' : ''}${divided ? 'd' : ''}${Math.round(x * 10)}_${Math.round(y * 10)}`,
      )
      .join('-'),
  }

const nameOf = ({ of: [first] }: MergedSubject): string => (first ? shortName(first) : '')

const choiceText = ({ number, title, of }: MergedSubject): Text =>
  say('merged.choice', {
    number,
    title: said(title),
    count: of.length,
    groups: { listing: [...new Set(of.map(({ group }) => group))].map((one) => said(String(one))) },
  })

type Pair = Merged['apart'][number]

/** Two short names, as one choice. */
const pairName = ({ a, b }: Pair): string => `${nameOf(a)}/${nameOf(b)}`

const pairText = ({ a, b }: Pair): Text =>
  say('merged.pair', { one: a.number, title: said(a.title), other: b.number, like: said(b.title) })

/** Which groups are still at it: what they give later will come in. */
function openText({ sessions }: Merged): Text | null {
  const open = sessions.filter(({ steer }) => steer.position.status !== 'closed')
  return open.length
    ? say('merged.open', {
        count: open.length,
        groups: { listing: open.map(({ prepared }) => said(String(prepared?.group ?? 1))) },
      })
    : null
}

function rowOf(one: MergedSubject): Data {
  return {
    number: String(one.number),
    title: said(one.title),
    sentence: said(one.sentence),
    priority: one.priority,
    marks: marksOf(one),
    groups: [...(one.groups ?? [])],
    several: one.of.length > 1,
    name: nameOf(one),
  }
}

function marksOf(one: MergedSubject): Text | null {
  const found = [
    ...(one.priority ? [say('matrix.mark-priority')] : []),
    ...(one.wellPlaced ? [say('matrix.mark-well-placed')] : []),
    ...(one.divided ? [say('matrix.mark-divided')] : []),
    ...(one.at ? [] : [say('merged.not-placed')]),
  ]
  return found.length ? { listing: found } : null
}

/** What a session may start from, of the merged sheet: each subject under a reference of its own. */
export const mergedChoices = ({ subjects, sessions }: Merged): OfferChoice[] =>
  subjects.map((one) => ({
    reference: mergedReference(one),
    title: one.title,
    number: one.number,
    priority: one.priority,
    from: {
      title: fromText(one),
      at: Math.max(0, ...sessions.map(({ launchedAt }) => launchedAt)),
    },
  }))

/** Whoever chooses is told what it is not to be taken for; the room that starts from it is not: that is another group's. */
function fromText({ of, differs }: MergedSubject): Text {
  const groups = [...new Set(of.map(({ group }) => group))]
  const about = { groups: { listing: groups.map((each) => said(String(each))) }, count: groups.length }
  return differs.length
    ? say('merged.from-apart', { ...about, subjects: differencesIn(differs) })
    : say('merged.from', about)
}
