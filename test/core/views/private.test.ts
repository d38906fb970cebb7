import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Format } from '../../../src/core/format.ts'
import type { Text, ViewData } from '../../../src/core/text.ts'
import { say } from '../../../src/core/text.ts'
import { privateView } from '../../../src/core/views/index.ts'
import { readScript } from '../../../src/formats/index.ts'
import { speak } from '../../../src/locales/index.ts'
import { ideas, joining, type Stage, stage, workshopAt } from '../../support/stage.ts'

const formats: Format[] = ['format-1.yaml', 'format-2.yaml', 'format-3.yaml'].map((name) => {
  const file = new URL(`../../../src/formats/${name}`, import.meta.url)
  const read = readScript(readFileSync(file, 'utf8'), name)
  if ('misread' in read) throw new Error(JSON.stringify(read.misread))
  return read.format
})

/** Paul takes part in this workshop, at its step of this number. */
function atStep(format: Format, step: number): Stage {
  const here = stage(format)
    .does('marie', { do: 'launch', format: format.id, name: 'Marie Durand' })
    .does('paul', joining('paul'))
    .does('marie', { do: 'start' })
  for (let count = 0; count < step; count++) here.does('marie', { do: 'next' })
  return here
}

type Notice = NonNullable<Parameters<typeof privateView>[1]['notice']>
const seen = (here: Stage, lang: 'fr' | 'en', notice?: Notice) =>
  privateView(here.session(), {
    who: 'paul',
    lang,
    now: here.now(),
    ...(notice ? { notice, reply: { about: [1] } } : {}),
  }).data

const spoken = (value: ViewData | undefined, lang: 'fr' | 'en'): string =>
  value ? speak(value as Text, { lang, zone: 'Europe/Paris' }) : ''

describe.each(formats)('in one’s own chat, every step of $id', (format) => {
  it.each(format.segments.map(({ id }, step) => ({ id, step })))(
    '"$id" is told in terms of what one types: nobody is sent to a form that is not there',
    ({ step }) => {
      const here = atStep(format, step)
      const shown = { fr: seen(here, 'fr'), en: seen(here, 'en') }
      expect(spoken(shown.fr.task, 'fr')).not.toMatch(/formulaire/u)
      expect(spoken(shown.en.task, 'en')).not.toMatch(/\bform\b/u)
      expect(spoken(shown.fr.task, 'fr')).not.toBe('')
      expect(spoken(shown.fr.how, 'fr')).not.toBe('')
    },
  )
})

describe('what people call by its number', () => {
  it.each([
    ['format-2', 'reformulation'],
    ['format-2', 'canvas'],
    ['format-3', 'sub-actions'],
  ])('is listed with it, in %s, in the exercise of %s', (id, kind) => {
    const format = formats.find((one) => one.id === id)
    const step = format?.segments.findIndex(({ phase }) => phase === kind) ?? -1
    if (!format || step < 0) throw new Error(`${id} has no ${kind}`)
    const { items } = seen(atStep(format, step), 'fr') as { items: { number: string }[] }
    expect(items.map(({ number }) => number).slice(0, 3)).toEqual(['1', '2', '3'])
  })
})

describe('a reply', () => {
  const rating = () => {
    const here = workshopAt('identifier', 'paul', 'lea')
      .says('paul', ideas('Budget'))
      .says('lea', ideas('Cantines'))
      .does('marie', { do: 'next' })
      .says('marie', { do: 'cards-show-all' })
      .does('marie', { do: 'next' })
    const all = Object.keys((here.session().steer.shared.qualifier as { cards: object }).cards)
    const votes = all.flatMap((id) => [
      [`d-${id}`, '4'],
      [`f-${id}`, '5'],
    ])
    return here.says('paul', { do: 'rate-save', ...Object.fromEntries(votes) })
  }
  const noted: Notice = { text: say('typed.done-phase'), tone: 'good' }

  it('is short: what was just received, without the list, and the word that shows it again', () => {
    const here = rating()
    expect(seen(here, 'fr')).toMatchObject({ items: [{ number: '1' }, { number: '2' }], again: null })
    const reply = seen(here, 'fr', noted)
    expect(reply).toMatchObject({ items: [], again: { say: 'private.again' }, task: null })
    expect(reply.mine).toHaveLength(1)
    expect(spoken(reply.how, 'fr')).toContain('Vous avez donné tous vos avis')
  })

  it('tells how to write to someone who gave nothing yet, and only to her', () => {
    const here = workshopAt('identifier', 'paul')
    const attention: Notice = { text: say('private.nothing-subject'), tone: 'attention' }
    expect(spoken(seen(here, 'fr', attention).how, 'fr')).toContain('titre')
    here.says('paul', ideas('Budget'))
    expect(spoken(seen(here, 'fr', attention).how, 'fr')).toContain('Vous avez terminé')
  })
})
