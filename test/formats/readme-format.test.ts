import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { plannedMinutes } from '../../src/core/format.ts'
import { theRoom, type Viewer } from '../../src/core/phases/contract.ts'
import { liveSlot } from '../../src/core/session/effects.ts'
import { seatOf } from '../../src/core/session/place.ts'
import { chaptersOf } from '../../src/core/summary/index.ts'
import { postOf } from '../../src/core/summary/post.ts'
import { viewOf } from '../../src/core/views/index.ts'
import { markdownOf } from '../../src/documents/markdown.ts'
import { readScript } from '../../src/formats/index.ts'
import { draw, readOn } from '../cards/drawn.ts'
import { freshFolder, removeFolder, startBot } from '../support/bot.ts'
import { type Guest, startConnector, wordsIn } from '../support/connector.ts'
import { seat } from '../support/seat.ts'
import { ideas, joining, person, type Stage, stage } from '../support/stage.ts'

const root = resolve(import.meta.dirname, '../..')
const readme = readFileSync(join(root, 'README.md'), 'utf8')
const [script = ''] = [...readme.matchAll(/```yaml\n([\s\S]*?)```/gu)].map((found) => found[1] ?? '')

function retrospective() {
  const read = readScript(script, 'README.md')
  if ('misread' in read) throw new Error(read.misread.map((one) => JSON.stringify(one)).join('\n'))
  return read.format
}

const team = ['paul', 'lea', 'tom']

/** Marie has launched the README's format, her team has joined, and it runs. */
function started(): Stage {
  const here = stage(retrospective()).does('marie', {
    do: 'launch',
    format: 'retrospective',
    name: 'Marie Durand',
  })
  for (const name of team) here.does(name, joining(name))
  return here.does('marie', { do: 'start' })
}

function atMatrix(): Stage {
  const here = started().does('marie', { do: 'next' })
  here.says('paul', ideas('Des réunions plus courtes', 'Une demi-heure au lieu d’une heure.'))
  here.says('lea', ideas('Un tableau partagé', 'Voir d’un coup d’œil qui fait quoi.'))
  here.says('tom', ideas('Un jour sans réunion', 'Le jeudi pour avancer.'))
  return here
    .does('marie', { do: 'next' })
    .says('marie', { do: 'cards-show-all' })
    .does('marie', { do: 'next' })
}

const cardsOf = (here: Stage) => {
  const seat = seatOf(here.session(), 'choix', here.now())
  return [...(seat?.phase.harvest(seat.place) ?? [])].sort((a, b) => (a.number ?? 0) - (b.number ?? 0))
}

/** The same impact and ease for each of the three cards, in their order. */
const rating = (here: Stage, votes: [impact: number, ease: number][]) => ({
  do: 'rate-save',
  ...Object.fromEntries(
    cardsOf(here).flatMap(({ id }, index) => [
      [`d-${id}`, String(votes[index]?.[0])],
      [`f-${id}`, String(votes[index]?.[1])],
    ]),
  ),
})

function rated(): Stage {
  const here = atMatrix()
  for (const who of team)
    here.says(
      who,
      rating(here, [
        [5, 5],
        [2, 4],
        [4, 1],
      ]),
    )
  return here.says('marie', { do: 'reveal' })
}

/** What someone reads on the live card, or on the form of the segment, in French. */
function reads(here: Stage, viewer: Viewer, slot = liveSlot(here.session())): string {
  const view = viewOf(here.session(), slot, viewer, here.now())
  return view ? readOn(draw(view)).join('\n') : ''
}

const formOf = (here: Stage) => liveSlot(here.session()).replace('step/', 'form/')

describe('the retrospective of the README', () => {
  it('is a workshop of forty-five minutes, made of five exercises', () => {
    const format = retrospective()
    expect(plannedMinutes(format)).toBe(45)
    expect(format.segments.map(({ phase }) => phase)).toEqual([
      'tour-de-table',
      'silent-ideation',
      'subject-cards',
      'matrix',
      'conclusion',
    ])
  })

  it('opens with its own words, the facilitator first', () => {
    const here = started()
    expect(reads(here, theRoom)).toContain('Dites en deux phrases comment vous arrivez.')
    expect(reads(here, theRoom)).toContain('Votre humeur du jour')
    expect(reads(here, theRoom)).toContain('Marie')
  })

  it('asks its own questions in a silence of its own length, and seals the answers', () => {
    const here = started().does('marie', { do: 'next' })
    expect(reads(here, person('paul'), formOf(here))).toContain('Qu’est-ce qui nous a ralentis\u00A0?')
    here.says('marie', { do: 'silence' })
    here.says('paul', ideas('Des réunions plus courtes'))
    expect(reads(here, theRoom)).toContain('Silence jusqu’à 14\u00A0h\u00A005')
    expect(reads(here, person('lea'))).not.toContain('Des réunions plus courtes')
  })

  it('shows each idea at its author’s turn', () => {
    const here = started().does('marie', { do: 'next' }).says('paul', ideas('Des réunions plus courtes'))
    here.does('marie', { do: 'next' })
    expect(reads(here, theRoom)).not.toContain('Des réunions plus courtes')
    here.says('marie', { do: 'floor-done' })
    expect(reads(here, theRoom)).toContain('Des réunions plus courtes')
  })

  it('asks for votes on its own axes', () => {
    const here = atMatrix()
    expect(reads(here, person('paul'))).toContain('Qu’est-ce que cela changerait pour l’équipe\u00A0?')
    expect(reads(here, person('paul'), formOf(here))).toContain('5 – peu d’effort')
  })

  it('tells votes and places by the names of its own axes', () => {
    const here = rated()
    for (const text of [reads(here, person('paul'), formOf(here)), reads(here, theRoom)]) {
      expect(text).toMatch(/Impact 5 · Facilité 5/u)
      expect(text).not.toMatch(/désirabilité|faisabilité/iu)
    }
  })

  it('names what to do right away, from the votes', () => {
    const here = rated()
    const best = cardsOf(here)[0]
    here.says('marie', { do: 'prioritise', card: best?.id })
    expect(best).toMatchObject({ title: 'Des réunions plus courtes', mean: { x: 5, y: 5 } })
    expect(reads(here, theRoom)).toContain('Prioritaire')
    const seat = seatOf(here.session(), 'choix', here.now())
    expect(seat?.phase.picture(seat.place)).toMatchObject({
      corner: { fr: 'À faire tout de suite' },
      x: { title: { fr: 'Facilité' } },
      y: { title: { fr: 'Impact' } },
    })
  })

  it('ends on a summary that tells what was said, with nothing of the kit in it', () => {
    const here = rated()
    here.says('marie', { do: 'prioritise', card: cardsOf(here)[0]?.id }).does('marie', { do: 'next' })
    expect(reads(here, person('paul'), formOf(here))).toContain('Ce temps vous a-t-il été utile\u00A0?')
    here.says('paul', { do: 'feedback-save', 'q-utile': '3', 'q-prochaine': 'Commencer à l’heure.' })
    here.does('marie', { do: 'end' })
    const to = { lang: 'fr', zone: 'Europe/Paris' } as const
    const text = markdownOf(chaptersOf(here.session(), 'organisers', here.now()), {
      ...to,
      title: here.session().format.title.fr,
    })
    expect(text).toContain('# Rétrospective d’équipe')
    expect(text).toMatch(/Des réunions plus courtes \| Une demi-heure au lieu d’une heure\. \| Paul/u)
    expect(text).toMatch(/\| 1 \| Des réunions plus courtes \| 5 \| 5 \| 3 \|/u)
    expect(text).toContain('Commencer à l’heure.')
    expect(postOf(here.session(), here.now(), 'fr')).toContain(
      'Ce que nous changeons en premier\u00A0: «\u00A0Des réunions plus courtes\u00A0».',
    )
    expect(text).not.toMatch(/désirabilité|faisabilité|Gouvernement ouvert/iu)
  })
})

describe('the folder it is put in', () => {
  it('makes it one of the workshops a meeting may launch', { timeout: 30_000 }, async () => {
    const claire: Guest = { id: '29:claire', name: 'Claire Martin', aadObjectId: 'claire', role: 'Organizer' }
    const folder = freshFolder()
    writeFileSync(join(folder, 'retrospective.yaml'), script)
    const connector = await startConnector({ people: [claire], limits: false })
    const bot = await startBot({ FORMATS_DIR: folder })
    try {
      connector.talkTo(bot.botUrl)
      const shows = (text: string) =>
        connector.until(() => connector.activities().some((one) => wordsIn(one.card).includes(text)), 15_000)
      await connector.installed(claire)
      await shows('Rétrospective d’équipe')
      await shows('J’identifie des sujets Gouvernement Ouvert')
      await seat(connector, claire).types('lancer rétrospective')
      await shows('Les changements proposés, classés selon leur impact et leur effort.')
    } finally {
      await bot.close()
      await connector.close()
      removeFolder(bot.dataDir)
      removeFolder(folder)
    }
  })
})
