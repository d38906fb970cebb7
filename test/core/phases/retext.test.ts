import { describe, expect, test } from 'vitest'
import { offersOf } from '../../../src/core/session/carry.ts'
import { chainOf } from '../../../src/core/session/chain.ts'
import { outcomeKeys } from '../../../src/core/session/outcome.ts'
import { fieldsFor, targetOf } from '../../../src/core/session/review.ts'
import type { Session } from '../../../src/core/session/types.ts'
import { chaptersOf } from '../../../src/core/summary/index.ts'
import { partsOf } from '../../../src/core/summary/parts.ts'
import { amendablesOf, isSameText, type Placed } from '../../../src/core/summary/review.ts'
import { ideas, joining, type Stage, stage } from '../../support/stage.ts'
import { kitFormat } from '../../support/workshops.ts'

/** The kit's format with this number, up to a segment at a time; Awa and Luc take part. */
function workshop(number: 1 | 2 | 3): Stage {
  const { id } = kitFormat(number)
  const here = stage(kitFormat(number)).does('marie', { do: 'launch', format: id, name: 'Marie Durand' })
  for (const who of ['marie', 'awa', 'luc']) here.does(who, joining(who))
  return here
}

function upTo(here: Stage, segment: string): Stage {
  if (here.session().steer.position.status === 'lobby') here.does('marie', { do: 'start' })
  while (segmentNow(here.session()) !== segment) here.does('marie', { do: 'next' })
  return here
}

const segmentNow = ({ steer: { position }, format }: Session): string | undefined =>
  position.status === 'running' ? format.segments[position.index]?.id : undefined

const over = (here: Stage): Stage => here.does('marie', { do: 'end' })

function subjects(): Stage {
  const here = upTo(workshop(1), 'tour-de-table')
  here.says('awa', { do: 'reason', reason: 'Je reçois le public.' })
  upTo(here, 'identifier').says('awa', ideas('Budget lisible')).says('luc', ideas('Cantines'))
  upTo(here, 'qualifier').says('marie', { do: 'cards-show-all' })
  here.says('marie', { do: 'card-add', title: 'Guichets', sentence: 'Moins d’attente.', author: 'luc' })
  here.does('marie', { do: 'note', text: 'Prévoir une salle.' })
  return over(upTo(here, 'classer').says('marie', { do: 'reveal' }))
}

function canvas(): Stage {
  const here = workshop(2).does('marie', { do: 'amend', 'f-title': 'Le budget', 'f-sentence': 'Lisible.' })
  upTo(here, 'reformuler')
    .says('awa', { do: 'prompts-give', 'p-permet': 'mieux informer', 'p-ambition': 'tout ouvrir' })
    .says('luc', { do: 'prompts-give', 'p-permet': 'gagner la confiance' })
    .says('marie', { do: 'compose', prompt: 'permet', text: 'Informer', sources: 'awa#1' })
    .says('marie', { do: 'compose', prompt: 'ambition', text: 'Ouvrir' })
  upTo(here, 'engagements')
    .says('awa', { do: 'own-done', idea1: 'Publier', idea2: 'Relire' })
    .says('luc', { do: 'own-done', idea1: 'Écouter' })
    .says('marie', { do: 'own-show-all' })
    .says('marie', { do: 'heard-add', text: 'Comparer', author: 'luc' })
  upTo(here, 'canevas')
    .says('marie', { do: 'heading-write', heading: 'titre', text: 'Un budget clair' })
    .says('awa', { do: 'propose', heading: 'utilite', text: 'On comprend l’impôt.' })
  return over(here)
}

function roadmap(): Stage {
  const here = workshop(3)
    .does('marie', { do: 'prepare', horizonStart: '2027-01-01', horizonEnd: '2028-12-31' })
    .does('marie', { do: 'amend', 'f-titre': 'Un budget clair', 'f-sujet': 'Le budget.' })
  upTo(here, 'sous-actions')
    .says('awa', { do: 'starter-give', starter: 'agents', text: 'former les agents' })
    .says('marie', { do: 'sub-action-add', title: 'Publier', sentence: 'Dix images.', author: 'awa' })
    .says('marie', { do: 'sub-action-add', title: 'Former', author: 'luc' })
  const [first = ''] = Object.keys((here.session().steer.shared['sous-actions'] as { list: object }).list)
  const added = { do: 'step-add', title: 'Publier', takes: first, deliverable: 'Dix images', months: '4' }
  upTo(here, 'feuille-de-route').says('marie', added)
  const [step = ''] = Object.keys(
    (here.session().steer.shared['feuille-de-route'] as { steps: object }).steps,
  )
  return over(here.says('luc', { do: 'estimate-give', step, text: 'Six mois suffisent.' }))
}

const mended = (here: Stage, one: Placed, text: string): Stage => {
  const target = targetOf(one)
  const others = fieldsFor(here.session(), target, here.now()).map((each) => [each.id, each.text])
  return here.does('marie', { do: 'complete', target, ...Object.fromEntries(others), [`f-${one.key}`]: text })
}

/** Valid wherever it is written, and nowhere else. */
function otherText({ segment, item }: Placed): string {
  if (segment !== 'context') return 'Tout autre chose'
  if (item === 'questionnaire') return 'https://exemple.gouv.fr/autre'
  return item === 'horizonStart' || item === 'horizonEnd' ? '2028-06-30' : 'Tout autre chose'
}

/** Every value a session holds, by where it is. */
function leaves(value: unknown, at = ''): [string, unknown][] {
  if (typeof value !== 'object' || value === null) return [[at, value]]
  return Object.entries(value).flatMap(([key, one]) => leaves(one, `${at}/${key}`))
}

/** What is counted and remembered besides the words: how often a text was written, and by whom. */
const kept = /\/(edits|version|by|editedBy\/\d+)$/u

const told = ({ segment, item, key, text }: Placed) => [segment, item, key, text]

/** What differs or is gone, besides the review itself and the count of changes. */
function changes(before: Session, after: Session): [string, unknown][] {
  const [stood, stands] = [new Map(leaves(before)), new Map(leaves(after))]
  return [...new Set([...stood.keys(), ...stands.keys()])]
    .filter((at) => stood.get(at) !== stands.get(at))
    .filter((at) => !at.startsWith('/review/') && at !== '/count' && !kept.test(at))
    .map((at) => [at, stands.get(at)])
}

describe.each([
  ['format 1', subjects],
  ['format 2', canvas],
  ['format 3', roadmap],
])('each text of the %s', (_name, played) => {
  const here = played()
  const all = amendablesOf(here.session(), here.now())

  test.each(all.map((one) => [`${targetOf(one)} ${one.key}`, one] as const))(
    'is mended alone: %s',
    (_text, one) => {
      const fresh = played()
      const before = fresh.session()
      const text = otherText(one)
      mended(fresh, one, text)
      const texts = amendablesOf(fresh.session(), fresh.now())
      expect(texts.map(told)).toEqual(
        all.map((each) => told(isSameText(each, one) ? { ...each, text } : each)),
      )
      const changed = changes(before, fresh.session())
      expect(changed.map(([, value]) => value)).toEqual([text])
      const where = changed[0]?.[0] ?? ''
      expect(where.split('/')).toContain(one.segment === 'people' ? 'participants' : one.segment)
    },
  )
})

describe('the texts that may be mended', () => {
  const segmentsOf = (here: Stage) =>
    new Set(amendablesOf(here.session(), here.now()).map(({ segment }) => segment))

  test('come from every exercise in which people write', () => {
    expect([...segmentsOf(subjects())]).toEqual(
      expect.arrayContaining(['context', 'people', 'notes', 'tour-de-table', 'identifier', 'qualifier']),
    )
    expect([...segmentsOf(canvas())]).toEqual(
      expect.arrayContaining(['reformuler', 'engagements', 'canevas']),
    )
    expect([...segmentsOf(roadmap())]).toEqual(
      expect.arrayContaining(['canevas', 'sous-actions', 'feuille-de-route']),
    )
  })

  test('are each named once, and none is without a label', () => {
    for (const here of [subjects(), canvas(), roadmap()]) {
      const names = amendablesOf(here.session(), here.now()).map((one) => `${targetOf(one)} ${one.key}`)
      expect(new Set(names).size).toBe(names.length)
    }
  })

  test('include the headings nobody filled, for the organisers to complete', () => {
    const here = canvas()
    const empty = amendablesOf(here.session(), here.now()).filter(
      ({ segment, text, needed }) => segment === 'canevas' && text === '' && !needed,
    )
    expect(empty.map(({ item }) => item)).toContain('participation')
  })
})

test('a subject mended on its card is mended on the matrix, in the documents and in what the next workshop is offered', () => {
  const here = subjects()
  const card = amendablesOf(here.session(), here.now()).find(
    ({ segment, key, authors }) => segment === 'qualifier' && key === 'title' && authors.includes('awa'),
  )
  if (!card) throw new Error('no card')
  mended(here, card, 'Budget illustré')
  const session = here.session()
  const now = here.now()
  const everywhere = {
    parts: partsOf(session, now),
    chapters: chaptersOf(session, 'participants', now),
    offers: offersOf(session, now),
    origins: chainOf(session, outcomeKeys(session, now), now),
  }
  for (const [where, what] of Object.entries(everywhere))
    expect([where, JSON.stringify(what).includes('Budget illustré')]).toEqual([where, true])
})
