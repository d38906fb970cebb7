import type { Calendar } from '../programme/calendar.ts'
import {
  type LetterFor,
  type ProgrammeLetter,
  programmeLetter,
  programmeLetters,
  silentOf,
} from '../programme/letters.ts'
import { papersOf } from '../programme/papers.ts'
import { planPicture, planWords } from '../programme/plan-picture.ts'
import type { Programme } from '../programme/types.ts'
import { type PaperId, type PaperOf, say, type Text, type ViewData } from '../text.ts'

type Data = { [key: string]: ViewData }

/** What the letters are drawn from; `group` is as it was asked for. */
interface Looking {
  programme: Programme
  now: number
  calendar: Calendar
  group: string
}

/** The picture of the back-planning with its words, and what there is to take away. */
export function planPapers(programme: Programme): Data {
  const has = papersOf(programme, 1).includes('plan-picture')
  const stamp = String(programme.touchedAt)
  return {
    picture: has ? { ...paper('plan-picture', programme), stamp } : null,
    pictureText: has ? planWords(planPicture(programme)) : null,
    hasChanged: programme.replannedAt !== null,
    papersHelp: papersHelp(programme),
    papers: has
      ? [
          { title: say('papers.calendar'), url: paper('plan-calendar', programme) },
          { title: say('papers.picture-download'), url: paper('plan-picture', programme) },
        ]
      : [],
  }
}

const papersHelp = ({ replannedAt }: Programme): Text =>
  replannedAt === null
    ? say('papers.plan-help')
    : say('papers.replanned-on', { day: { day: replannedAt }, time: { time: replannedAt } })

/** A sheet for each role. */
export const teamPapers = (programme: Programme): Data => ({
  papers: (['brief-referent', 'brief-challenger', 'brief-note-taker'] as const).map((one) => ({
    title: say(`papers.${one}`),
    url: paper(one, programme),
  })),
})

/** The three letters for one group, and what each of them still lacks. */
export function lettersPage({ programme, now, calendar, group: asked }: Looking): Data {
  const group = groupIn(programme, asked)
  const look = { programme, group, now, today: calendar.dayAt(now) }
  const several = programme.groups > 1
  return {
    several,
    forGroup: several ? say('papers.for-group', { group }) : null,
    groups: several
      ? Array.from({ length: programme.groups }, (_, index) => ({
          group: String(index + 1),
          title: say('programme.group', { group: index + 1 }),
          style: index + 1 === group ? 'positive' : 'default',
        }))
      : [],
    letters: programmeLetters.map((one) => letterRow(one, look)),
  }
}

function letterRow(letter: ProgrammeLetter, look: LetterFor): Data {
  const { text, lacks } = programmeLetter(letter, look)
  const name = say(`papers.letter-${letter}`)
  return {
    letter,
    name,
    when: whenSent(letter, look),
    lacks: lacks.length ? say('papers.lacks', { lacks: { listing: lacks } }) : null,
    label: say('papers.letter-field', { name }),
    text,
    download: say(`papers.letter-${letter}-file`),
    url: paper(letter, look.programme, look.group),
  }
}

function whenSent(letter: ProgrammeLetter, look: LetterFor): Text {
  if (letter !== 'chasing') return say(`papers.letter-${letter}-when`)
  const silent = silentOf(look)
  return look.programme.guests.length
    ? say('papers.letter-chasing-when', { count: silent.length, names: { listing: silent } })
    : say('papers.letter-chasing-nobody')
}

/** The first group where the one that was asked for is none of hers. */
function groupIn({ groups }: Programme, asked: string): number {
  const group = Number(asked)
  return Number.isInteger(group) && group >= 1 && group <= groups ? group : 1
}

const paper = (id: PaperId, { id: programme }: Programme, group = 1): PaperOf => ({
  paper: id,
  programme,
  group,
})
