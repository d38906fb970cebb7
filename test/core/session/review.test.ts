import { describe, expect, test } from 'vitest'
import { bounds } from '../../../src/core/bounds.ts'
import { carryOut, type Meeting, meetingRecord } from '../../../src/core/meeting.ts'
import type { Ask } from '../../../src/core/session/asks.ts'
import { fieldsFor, fingerprintOf, ownFields } from '../../../src/core/session/review.ts'
import type { Session } from '../../../src/core/session/types.ts'
import { chaptersOf } from '../../../src/core/summary/index.ts'
import { partsOf } from '../../../src/core/summary/parts.ts'
import {
  amendablesOf,
  editionOf,
  pendingCorrections,
  reviewChapter,
} from '../../../src/core/summary/review.ts'
import { ideas, joining, lobbyWith, type Stage } from '../../support/stage.ts'

/** Awa and Luc gave a subject each, which the room has seen and placed; the workshop is over. */
function over(): Stage {
  const here = lobbyWith('awa', 'luc').does('marie', { do: 'start' })
  goTo(here, 'silent-ideation')
  here.says('awa', ideas('Budget lisible')).says('luc', ideas('Cantines', 'Un jury pour les menus.'))
  goTo(here, 'subject-cards').says('marie', { do: 'cards-show-all' })
  return goTo(here, 'matrix').says('marie', { do: 'reveal' }).does('marie', { do: 'end' })
}

function goTo(here: Stage, phase: string): Stage {
  while (phaseNow(here.session()) !== phase) here.does('marie', { do: 'next' })
  return here
}

const phaseNow = ({ steer: { position }, format }: Session): string | undefined =>
  position.status === 'running' ? format.segments[position.index]?.phase : undefined

const cardOf = (here: Stage, author: string) => {
  const found = amendablesOf(here.session(), here.now()).find(
    (one) => one.key === 'title' && one.segment === 'qualifier' && one.authors.includes(author),
  )
  if (!found) throw new Error(`no card by ${author}`)
  return found
}

/** What `who` sends from her dialog, all her texts in it, with this one changed. */
function correction(here: Stage, who: string, change: Record<string, string>): Ask {
  const shown = ownFields(here.session(), who, here.now())
  const texts = Object.fromEntries(shown.map(({ id, text }) => [id, text]))
  const changes = Object.entries(change).map(([key, text]) => {
    const found = shown.findLast(({ one }) => one.key === key)
    return [found?.id ?? '', text]
  })
  return {
    do: 'correct',
    shown: shown.map((_, index) => index).join(),
    was: fingerprintOf(shown),
    ...texts,
    ...Object.fromEntries(changes),
  }
}

const amendments = (here: Stage) => here.session().review.amendments
const settling = (here: Stage, accept: 'true' | 'false', index = 0): Ask => ({
  do: 'settle',
  correction: amendments(here)[index]?.id ?? '',
  accept,
})

const subjects = (here: Stage) =>
  partsOf(here.session(), here.now()).flatMap((part) =>
    part.part === 'subjects' ? part.cards.map(({ title }) => title) : [],
  )

describe('a correction', () => {
  test('waits for the facilitator, and changes nothing until then', () => {
    const here = over().does('awa', correction(over(), 'awa', { title: 'x' }))
    expect(here.session().review.amendments).toMatchObject([
      { kind: 'correction', by: 'awa', before: 'Budget lisible', after: 'x', state: 'waiting' },
    ])
    expect(subjects(here)).toContain('Budget lisible')
    expect([pendingCorrections(here.session()), editionOf(here.session())]).toEqual([1, 1])
  })

  test('once accepted, stands everywhere the text did, in a new edition', () => {
    const here = over()
    here.does('awa', correction(here, 'awa', { title: 'Budget illustré' }))
    here.does('marie', settling(here, 'true'))
    expect(subjects(here)).toEqual(expect.arrayContaining(['Budget illustré', 'Cantines']))
    const told = JSON.stringify(chaptersOf(here.session(), 'participants', here.now()))
    expect(told).toContain('Budget illustré')
    expect(editionOf(here.session())).toBe(2)
  })

  test('is asked once where her card says again what she wrote in silence, and mends both', () => {
    const here = over()
    const shown = ownFields(here.session(), 'awa', here.now())
    expect(shown.filter(({ one }) => one.text === 'Budget lisible').map(({ one }) => one.segment)).toEqual([
      'qualifier',
    ])
    here.does('awa', correction(here, 'awa', { title: 'Budget illustré' }))
    here.does('marie', settling(here, 'true'))
    const told = () => JSON.stringify(chaptersOf(here.session(), 'participants', here.now()))
    expect(told()).not.toContain('Budget lisible')
    here.does('marie', settling(here, 'false'))
    expect(told()).not.toContain('Budget illustré')
    expect(told().match(/Budget lisible/gu)?.length).toBeGreaterThan(2)
  })

  test('never shows what is still sealed, not even to who facilitates', () => {
    const here = goTo(lobbyWith('awa').does('marie', { do: 'start' }), 'silent-ideation')
    here.says('awa', ideas('Un secret')).does('marie', { do: 'end' })
    expect(JSON.stringify(amendablesOf(here.session(), here.now()))).not.toContain('secret')
  })

  test('keeps the record in the shape that is stored', () => {
    const here = over()
    here.does('awa', correction(here, 'awa', { title: 'Budget illustré' }))
    here.does('marie', settling(here, 'true'))
    expect(meetingRecord.safeParse(JSON.parse(JSON.stringify(here.meeting()))).success).toBe(true)
  })

  test('refused, leaves what stands; accepted later, stands; refused again, is gone', () => {
    const here = over()
    here.does('awa', correction(here, 'awa', { title: 'Budget illustré' }))
    here.does('marie', settling(here, 'false'))
    expect(subjects(here)).toContain('Budget lisible')
    here.does('marie', settling(here, 'true'))
    expect(subjects(here)).toContain('Budget illustré')
    here.does('marie', settling(here, 'false'))
    expect(subjects(here)).toContain('Budget lisible')
    expect(amendments(here)[0]).toMatchObject({ state: 'refused', settledBy: 'marie', settledAt: here.now() })
  })

  test('is settled once: the second facilitator to say the same is told it is done', () => {
    const here = over()
    here.does('marie', { do: 'name-role', person: 'luc', role: 'co-facilitator' })
    here.does('awa', correction(here, 'awa', { title: 'Budget illustré' }))
    const accepted = settling(here, 'true')
    here.does('luc', accepted)
    expect(here.tries('marie', accepted)?.refusal).toBe('already')
  })

  test('accepted after the text has changed, remembers what stood there', () => {
    const here = over()
    here.does('awa', correction(here, 'awa', { title: 'Budget illustré' }))
    const { segment, item } = cardOf(here, 'awa')
    here.does('marie', completion(here, `${segment}/${item}`, { title: 'Le budget' }))
    here.does('marie', settling(here, 'true'))
    expect(amendments(here)[0]).toMatchObject({ before: 'Le budget', after: 'Budget illustré' })
    expect(subjects(here)).toContain('Budget illustré')
  })

  test('is not taken back over somebody’s later words', () => {
    const here = over()
    here.does('awa', correction(here, 'awa', { title: 'Budget illustré' }))
    here.does('marie', settling(here, 'true'))
    const { segment, item } = cardOf(here, 'awa')
    here.does('marie', completion(here, `${segment}/${item}`, { title: 'Le budget' }))
    expect(here.tries('marie', settling(here, 'false'))).toMatchObject({
      refusal: 'invalid',
      problems: { correction: { say: 'review.changed-since' } },
    })
    expect(subjects(here)).toContain('Le budget')
  })

  test('replaces the one that waits for the same text, and is withdrawn by writing what stands', () => {
    const here = over()
    here
      .does('awa', correction(here, 'awa', { title: 'Un' }))
      .does('awa', correction(here, 'awa', { title: 'Deux' }))
    expect(amendments(here).map(({ after }) => after)).toEqual(['Deux'])
    here.does('awa', correction(here, 'awa', { title: 'Budget lisible' }))
    expect(amendments(here)).toEqual([])
  })

  test('of one’s own name is one too', () => {
    const here = over()
    here.does('awa', correction(here, 'awa', { lastName: 'Diop' }))
    here.does('marie', settling(here, 'true'))
    expect(here.session().participants.awa?.lastName).toBe('Diop')
  })

  test('never reaches somebody else’s words, whatever the card sends', () => {
    const here = over()
    const count = ownFields(here.session(), 'awa', here.now()).length
    const forged: Ask = { do: 'correct', shown: `${count},999,-1,x`, [`f-${count}`]: 'pris', 'f-999': 'pris' }
    expect(here.tries('awa', forged)?.refusal).toBe('invalid')
    const luc = cardOf(here, 'luc')
    const mixed: Ask = { do: 'correct', [`f-${luc.segment}/${luc.item}`]: 'pris', title: 'pris' }
    expect(here.tries('awa', mixed)?.refusal).toBe('invalid')
    expect(amendments(here)).toEqual([])
  })

  test('asks for a change', () => {
    const here = over()
    expect(here.tries('awa', correction(here, 'awa', {}))).toMatchObject({
      refusal: 'invalid',
      problems: { form: { say: 'review.nothing' } },
    })
  })

  test('is not made over a text that changed while it was being written', () => {
    const here = over()
    const written = correction(here, 'awa', { sentence: 'Autrement.' })
    const { segment, item } = cardOf(here, 'awa')
    here.does('marie', completion(here, `${segment}/${item}`, { title: 'Le budget' }))
    expect(here.tries('awa', written)).toMatchObject({
      refusal: 'invalid',
      problems: { form: { say: 'review.changed' } },
    })
    expect(amendments(here).filter(({ kind }) => kind === 'correction')).toEqual([])
  })

  test('is not hindered by those of others', () => {
    const here = over()
    const written = correction(here, 'awa', { title: 'Budget illustré' })
    here.does('luc', correction(here, 'luc', { title: 'Les cantines' }))
    here.does('awa', written)
    expect(pendingCorrections(here.session())).toBe(2)
  })

  test('is as bounded as the text it mends', () => {
    const here = over()
    for (const text of ['', 'é'.repeat(bounds.title + 1)])
      expect(here.tries('awa', correction(here, 'awa', { title: text }))?.refusal).toBe('invalid')
    here.does('awa', correction(here, 'awa', { title: '=1+1 <b>\u202E\u0000"' }))
    expect(amendments(here)[0]?.after).toBe('=1+1 <b> "')
  })

  test('is one of twenty at most for one person', () => {
    const here = over()
    for (let index = 0; index < bounds.corrections; index += 1) {
      here.does('awa', correction(here, 'awa', { title: `Titre ${index}` }))
      here.does('marie', settling(here, 'true', index))
    }
    expect(here.tries('awa', correction(here, 'awa', { title: 'Encore' }))?.refusal).toBe('full')
    here.does('luc', correction(here, 'luc', { title: 'Les cantines' }))
  })

  test('comes after the end: while the workshop runs, people change what they wrote in the exercises', () => {
    const here = goTo(lobbyWith('awa').does('marie', { do: 'start' }), 'silent-ideation')
    expect(here.tries('awa', { do: 'correct', 'f-0': 'Awa' })?.refusal).toBe('not-now')
    const cancelled = lobbyWith('awa').does('marie', { do: 'cancel' })
    expect(cancelled.tries('awa', { do: 'correct', 'f-0': 'Awa' })?.refusal).toBe('not-now')
  })

  test('is signalled by who took part, and settled by who facilitates', () => {
    const here = over()
    expect(here.tries('zoe', { do: 'correct', 'f-0': 'Zoé' })?.refusal).toBe('join-first')
    here.does('awa', correction(here, 'awa', { title: 'Budget illustré' }))
    here.does('marie', { do: 'name-role', person: 'luc', role: 'note-taker' })
    for (const who of ['awa', 'luc', 'zoe'])
      expect(here.tries(who, settling(here, 'true'))?.refusal).toBe('facilitator-only')
    expect(here.tries('marie', { do: 'settle', correction: 'm0-0', accept: 'true' })?.refusal).toBe('unknown')
  })
})

/** What an organiser sends from the dialog of one item. */
function completion(here: Stage, target: string, change: Record<string, string>): Ask {
  const shown = fieldsFor(here.session(), target, here.now())
  const texts = Object.fromEntries(shown.map(({ id, text }) => [id, text]))
  const changes = Object.fromEntries(Object.entries(change).map(([key, text]) => [`f-${key}`, text]))
  return { do: 'complete', target, was: fingerprintOf(shown), ...texts, ...changes }
}

describe('a completion', () => {
  test('stands at once, with who wrote it and when', () => {
    const here = over().wait(3)
    here.does('marie', completion(here, 'context/nextSteps', { text: 'Une réunion en mars.' }))
    expect(here.session().context.nextSteps).toBe('Une réunion en mars.')
    expect(amendments(here)).toMatchObject([
      { kind: 'completion', state: 'accepted', by: 'marie', at: here.now(), before: '', settledBy: 'marie' },
    ])
    expect([pendingCorrections(here.session()), editionOf(here.session())]).toEqual([0, 2])
  })

  test('is checked as it would be in the preparation', () => {
    const here = over()
    const link = (text: string) => here.tries('marie', completion(here, 'context/questionnaire', { text }))
    expect(link('javascript:alert(1)')).toMatchObject({
      refusal: 'invalid',
      problems: { 'f-text': { say: 'problem.link' } },
    })
    expect(link('https://questionnaire.gouv.fr/1')).toBeNull()
  })

  test('may empty what is not needed, and nothing else', () => {
    const here = over()
    const { segment, item } = cardOf(here, 'awa')
    expect(here.tries('marie', completion(here, `${segment}/${item}`, { title: '' }))?.refusal).toBe(
      'invalid',
    )
    here.does('marie', completion(here, 'people/awa', { position: '' }))
    expect(here.session().participants.awa?.position).toBe('')
  })

  test('mends a note, which keeps its time and its author', () => {
    const here = lobbyWith('awa')
      .does('marie', { do: 'start' })
      .does('marie', { do: 'note', text: 'Bonjour' })
    const before = here.does('marie', { do: 'end' }).session().notes[0]
    here.does('marie', completion(here, `notes/${before?.id}`, { text: 'Bonjour à tous' }))
    expect(here.session().notes).toEqual([{ ...before, text: 'Bonjour à tous' }])
  })

  test('belongs to the organising team', () => {
    const here = over()
    expect(here.tries('awa', completion(here, 'context/nextSteps', { text: 'x' }))?.refusal).toBe(
      'organisers-only',
    )
    here.does('marie', { do: 'name-role', person: 'luc', role: 'note-taker' })
    here.does('luc', completion(here, 'context/nextSteps', { text: 'x' }))
  })

  test('is refused where there is no such text, where nothing changes, and over words nobody read', () => {
    const here = over()
    expect(here.tries('marie', { do: 'complete', target: 'people/zoe' })?.refusal).toBe('unknown')
    expect(here.tries('marie', completion(here, 'people/awa', {}))).toMatchObject({
      problems: { form: { say: 'review.nothing' } },
    })
    const late = completion(here, 'context/subject', { text: 'Autre' })
    here.does('marie', { do: 'prepare', subject: 'Un sujet' })
    expect(here.tries('marie', late)).toMatchObject({ problems: { form: { say: 'review.changed' } } })
  })
})

describe('a text to send', () => {
  test('is the organisers’ own wording once they gave one, and the composed one again after', () => {
    const here = over()
    here.does('marie', { do: 'letter', letter: 'thanks', text: 'Chères toutes,\nmerci.' })
    expect(here.session().review.letters).toEqual({ thanks: 'Chères toutes,\nmerci.' })
    here.does('marie', { do: 'letter', letter: 'thanks', text: 'peu importe', back: 'true' })
    expect(here.session().review.letters).toEqual({})
    expect(here.tries('marie', { do: 'letter', letter: 'thanks', text: '' })?.refusal).toBe('already')
  })

  test('is theirs alone, and bounded', () => {
    const here = over()
    expect(here.tries('awa', { do: 'letter', letter: 'post', text: 'x' })?.refusal).toBe('organisers-only')
    const long = 'a'.repeat(bounds.letter + 1)
    expect(here.tries('marie', { do: 'letter', letter: 'post', text: long })?.refusal).toBe('invalid')
  })

  test('may be prepared while the workshop runs', () => {
    const here = lobbyWith('awa').does('marie', { do: 'start' })
    here.does('marie', { do: 'letter', letter: 'post', text: 'Nous y sommes.' })
    expect(here.session().review.letters.post).toBe('Nous y sommes.')
  })
})

describe('a review', () => {
  test('is no move: undoing the end keeps it, and so does undoing what came before', () => {
    const here = goTo(lobbyWith('awa').does('marie', { do: 'start' }), 'silent-ideation')
    here.says('awa', ideas('Budget lisible'))
    goTo(here, 'subject-cards').says('marie', { do: 'cards-show-all' })
    const { item } = cardOf(here, 'awa')
    here.says('marie', { do: 'card-edit', card: item, title: 'Le budget', sentence: 'Lisible.' })
    const moves = here.does('marie', { do: 'end' }).session().moves.length
    here
      .does('awa', correction(here, 'awa', { title: 'Budget illustré' }))
      .does('marie', settling(here, 'true'))
    here.does('marie', { do: 'letter', letter: 'post', text: 'Merci' })
    expect(here.session().moves.length).toBe(moves)
    const kept = here.session().review
    here.does('marie', { do: 'undo' })
    expect(here.session().steer.position.status).toBe('running')
    expect([cardOf(here, 'awa').text, here.session().review]).toEqual(['Budget illustré', kept])
    here.does('marie', { do: 'undo' })
    expect([cardOf(here, 'awa').text, here.session().review]).toEqual(['Budget illustré', kept])
    here.does('marie', { do: 'redo' })
    expect(cardOf(here, 'awa').text).toBe('Budget illustré')
  })

  test('waits while the workshop has started again, and loses nothing of what waits', () => {
    const here = over()
    here.does('awa', correction(here, 'awa', { title: 'Budget illustré' })).does('marie', { do: 'undo' })
    expect(here.tries('marie', settling(here, 'true'))?.refusal).toBe('not-now')
    here.does('marie', { do: 'end' }).does('marie', settling(here, 'true'))
    expect(subjects(here)).toContain('Budget illustré')
  })

  test('goes on when another workshop has begun in the meeting, and edits its own closing card alone', () => {
    const here = over()
    const first = here.session()
    here.does('marie', { do: 'launch', format: 'format-1', name: 'Marie Durand' })
    const summary = first.steps.findLast((slot) => slot.startsWith('summary/'))
    const later: [string, Ask][] = [
      ['awa', correctionOf(first, 'awa')],
      ['marie', { do: 'prepare', contact: 'marie@ville.fr' }],
      ['marie', { do: 'complete', target: 'people/luc', 'f-firstName': 'Luc', 'f-lastName': 'Petit' }],
      ['marie', { do: 'letter', letter: 'thanks', text: 'Merci.' }],
    ]
    let meeting: Meeting = { ...here.meeting(), outbox: [] }
    for (const [by, ask] of later) {
      const verdict = carryOut(meeting, { by, at: here.now(), ask, key: null, session: first.id }, {})
      if (verdict.done !== true) throw new Error(JSON.stringify(verdict))
      expect(verdict.meeting.outbox).toMatchObject([{ do: 'edit', session: first.id, slot: summary }])
      expect(verdict.meeting.sessions[1]).toEqual(here.session())
      meeting = { ...verdict.meeting, outbox: [] }
    }
    const [one] = meeting.sessions[0]?.review.amendments ?? []
    const settled: Ask = { do: 'settle', correction: one?.id ?? '', accept: 'true' }
    expect(
      carryOut(meeting, { by: 'marie', at: 1, ask: settled, key: null, session: first.id }, {}).done,
    ).toBe(true)
    const note: Ask = { do: 'note', text: 'Trop tard' }
    expect(
      carryOut(meeting, { by: 'marie', at: 1, ask: note, key: null, session: first.id }, {}),
    ).toMatchObject({
      refusal: { refusal: 'closed' },
    })
  })
})

const correctionOf = (session: Session, who: string): Ask => {
  const shown = ownFields(session, who, 0)
  const [first, ...others] = shown
  return {
    do: 'correct',
    shown: shown.map((_, index) => index).join(),
    [first?.id ?? '']: 'Awa-Marie',
    ...Object.fromEntries(others.map(({ id, text }) => [id, text])),
  }
}

describe('the chapter of what was mended', () => {
  test('tells it in order with its day; only the organisers read what stood there before', () => {
    const here = over()
    here.does('awa', correction(here, 'awa', { title: 'Budget illustré' }))
    here.does('luc', correction(here, 'luc', { title: 'Les cantines' }))
    here.wait(5).does('marie', completion(here, 'context/nextSteps', { text: 'Une réunion.' }))
    here.wait(5).does('marie', settling(here, 'true'))
    const team = JSON.stringify(reviewChapter(here.session(), 'organisers'))
    const people = JSON.stringify(reviewChapter(here.session(), 'participants'))
    expect(team.indexOf('Une réunion.')).toBeLessThan(team.indexOf('Budget illustré'))
    expect(team).toContain('Budget lisible')
    expect(team).toContain('"say":"review.still-waiting","with":{"count":1}')
    expect(people).toContain('Budget illustré')
    for (const absent of ['Budget lisible', 'review.still-waiting', 'Les cantines'])
      expect(people).not.toContain(absent)
  })

  test('is empty as long as nothing was', () => {
    expect(reviewChapter(over().session(), 'organisers').blocks).toEqual([])
  })
})

test('someone who joined late corrects her own words and no others', () => {
  const here = lobbyWith('awa')
    .does('marie', { do: 'start' })
    .does('zoe', joining('zoe'))
    .does('marie', { do: 'end' })
  const texts = ownFields(here.session(), 'zoe', here.now())
  expect(texts.map(({ one }) => [one.item, one.key])).toEqual([
    ['zoe', 'firstName'],
    ['zoe', 'lastName'],
    ['zoe', 'position'],
    ['zoe', 'organisation'],
  ])
})
