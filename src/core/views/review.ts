import { bounds } from '../bounds.ts'
import { nameOf, scribes, steers } from '../session/people.ts'
import { fieldsFor, fingerprintOf, ownFields, type Shown, targetOf } from '../session/review.ts'
import { type Amendment, type Letter, letters, type PersonId, type Session } from '../session/types.ts'
import { letterOf } from '../summary/letters.ts'
import {
  amendablesOf,
  isOver,
  isSameText,
  mayCorrect,
  mendedText,
  type Placed,
  shownText,
  toldText,
} from '../summary/review.ts'
import { said, say, type Text, type ViewData } from '../text.ts'
import type { Look } from './parts.ts'
import { choicesAmong } from './review-choices.ts'

type Data = { [key: string]: ViewData }

/** About this many inputs are held by one dialog; beyond, one chooses which text to mend. */
const inputsHeld = 14

/** The dialog in which someone corrects what she said herself: her own words, and nobody else's. */
export function correctDialog(look: Look, by: PersonId): Data | null {
  const { session, now, draft } = look
  if (!mayCorrect(session, by, now)) return null
  const own = ownFields(session, by, now)
  const asked = own.filter(({ one }) => targetOf(one) === draft.about)
  const shown = asked.length || own.length > inputsHeld ? asked : own
  return {
    ...form(shown, look, by),
    choices: shown.length
      ? []
      : choicesAmong(
          own.map(({ one }) => one),
          draft.about,
        ),
    about: asked.length ? (draft.about ?? '') : '',
    shown: shown.map((one) => String(own.indexOf(one))).join(),
    mine: earlier(session, by, now),
  }
}

/** The dialog in which the organising team completes a text: which one, then its words. */
export function completeDialog(look: Look, by: PersonId): Data | null {
  const { session, now, draft } = look
  if (!scribes(session, by) || !isOver(session)) return null
  const shown = fieldsFor(session, draft.about ?? '', now)
  return {
    ...form(shown, look, null),
    choices: shown.length ? [] : choicesAmong(amendablesOf(session, now), draft.about),
    target: shown.length ? (draft.about ?? '') : '',
  }
}

/** The inputs, under the title of their segment; nobody needs to read again that her name is hers. */
function form(shown: Shown[], look: Look, reader: PersonId | null): Data {
  const segments = [...new Set(shown.map(({ one }) => one.segment))]
  return {
    groups: segments.map((id) => {
      const here = shown.filter(({ one }) => one.segment === id)
      return {
        title: reader !== null && id === 'people' ? say('review.you') : (here[0]?.one.title ?? said('')),
        fields: here.map((each) => ({
          ...fieldView(each, look),
          label: (each.one.item === reader && each.one.field) || toldText(each.one),
        })),
      }
    }),
    was: shown.length ? fingerprintOf(shown) : '',
    formProblem: besideOthers(look),
  }
}

/** What is of no field is the notice at the top; where fields have theirs too, it stands under it. */
function besideOthers({ draft: { problems = {} } }: Look): Text | null {
  return Object.keys(problems).length > 1 ? (problems.form ?? null) : null
}

function fieldView(shown: Shown, look: Look): Data {
  const { id, one } = shown
  const { draft } = look
  const value = heldBy(shown, look)
  return {
    id,
    max: say('field.at-most', { max: one.max }),
    value: said(value),
    date: one.segment === 'context' && isDay(one.item),
    multiline: one.paragraph || (one.segment !== 'context' && one.max > bounds.organisation),
    problem: draft.problems?.[id] ?? null,
    stands:
      value === one.text || one.text === '' ? null : say('review.stands', { text: shownText(one, one.text) }),
  }
}

/** What was typed, unless the texts changed meanwhile and a facilitator has just refused those very words. */
function heldBy({ id, one, text }: Shown, { draft, session }: Look): string {
  if (!draft.typed) return text
  const typed = draft.typed[id] ?? ''
  const refused = session.review.amendments.some(
    (each) => each.state === 'refused' && isSameText(each, one) && each.after === typed,
  )
  return draft.problems?.form && refused ? text : typed
}

const isDay = (key: string): boolean => key === 'horizonStart' || key === 'horizonEnd'

/** What she signalled before, and what became of it. */
function earlier(session: Session, by: PersonId, now: number): ViewData[] {
  const mine = session.review.amendments.filter((one) => one.kind === 'correction' && one.by === by)
  const texts = mine.length ? amendablesOf(session, now) : []
  return mine.toReversed().map((one) => ({
    what: mendedText(one, session, texts),
    after: afterText(one),
    state: stateOf(one),
  }))
}

function stateOf({ state }: Amendment): Text {
  switch (state) {
    case 'waiting':
      return say('review.waiting')
    case 'accepted':
      return say('review.accepted')
    case 'refused':
      return say('review.refused')
  }
}

const afterText = (one: Amendment): Text => (one.after ? shownText(one, one.after) : say('review.emptied'))

/** Corrections on one page: each may be as long as the text it mends. */
const pageSize = 5

/** The dialog in which a facilitator settles corrections: those that wait first, oldest first; then the latest settled. */
export function correctionsDialog({ session, now, draft }: Look, by: PersonId): Data | null {
  if (!steers(session, by) || !isOver(session)) return null
  const all = session.review.amendments.filter(({ kind }) => kind === 'correction')
  const waiting = all.filter(({ state }) => state === 'waiting')
  const settled = all
    .filter(({ state }) => state !== 'waiting')
    .sort((a, b) => (b.settledAt ?? 0) - (a.settledAt ?? 0))
  const listed = [...waiting, ...settled]
  const pages = Math.max(Math.ceil(listed.length / pageSize), 1)
  const page = Math.min(Math.max(Number.parseInt(draft.about ?? '0', 10) || 0, 0), pages - 1)
  const texts = amendablesOf(session, now)
  const rows = listed.slice(page * pageSize, (page + 1) * pageSize)
  const shown = (some: Amendment[]) =>
    rows.filter((one) => some.includes(one)).map((one) => correctionView(one, session, texts))
  return {
    none: listed.length === 0,
    waiting: shown(waiting),
    settled: shown(settled),
    page: pages > 1 ? say('review.page', { page: page + 1, pages }) : null,
    earlier: page > 0 ? String(page - 1) : '',
    later: page + 1 < pages ? String(page + 1) : '',
  }
}

function correctionView(one: Amendment, session: Session, texts: Placed[]): Data {
  const found = texts.find((text) => isSameText(text, one))
  const before = one.state === 'waiting' ? (found?.text ?? one.before) : one.before
  return {
    correction: one.id,
    who: say('review.signalled', { name: nameOf(session, one.by), day: { day: one.at } }),
    what: mendedText(one, session, texts),
    where: found && found.segment !== 'people' ? found.title : null,
    before: before ? shownText(one, before) : say('review.empty'),
    after: afterText(one),
    state: settledText(one, session),
    mayAccept: one.state !== 'accepted' && found !== undefined,
    mayRefuse: one.state !== 'refused',
  }
}

/** « Acceptée par Nadia Benali, lundi 23 novembre 2026 ». */
function settledText(one: Amendment, session: Session): Text | null {
  if (one.settledBy === null || one.settledAt === null) return null
  const values = { name: nameOf(session, one.settledBy), day: { day: one.settledAt } }
  return say(one.state === 'accepted' ? 'review.accepted-by' : 'review.refused-by', values)
}

/** The dialog of a text to send: what is composed, or the organising team's own wording. */
export function letterDialog({ session, now, draft }: Look, by: PersonId): Data | null {
  const letter = letters.find((one) => one === (draft.about ?? draft.typed?.letter))
  if (!letter || !scribes(session, by)) return null
  return {
    letter,
    title: letterName(letter),
    help: letter === 'post' ? say('review.post-help') : say('review.letter-help'),
    text: draft.typed?.text ? said(draft.typed.text) : (letterOf(letter, session, now) ?? said('')),
    max: say('field.at-most', { max: bounds.letter }),
    problem: draft.problems?.text ?? null,
    own: session.review.letters[letter] !== undefined,
  }
}

function letterName(letter: Letter): Text {
  switch (letter) {
    case 'thanks':
      return say('document.thanks')
    case 'post':
      return say('document.post')
    case 'steering':
      return say('document.steering')
  }
}
