import { afterEach, describe, expect, it } from 'vitest'
import { fill } from '../../src/room/simulate-answers.ts'
import { offersIn } from '../../src/room/simulate-cards.ts'
import { type Part, partOf, personas } from '../../src/room/simulate-texts.ts'
import type { Language } from '../../src/room/views.ts'
import { type Bench, bench, sit } from './seat.ts'
import { card, cardAnswer, execute, type Heard, text } from './tiny-bot.ts'

const field = (id: string, label = id, rest: object = {}) => ({ type: 'Input.Text', id, label, ...rest })
const choice = (id: string, titles: Record<string, string>) => ({
  type: 'Input.ChoiceSet',
  id,
  label: id,
  value: '',
  choices: Object.entries(titles).map(([value, title]) => ({ title, value })),
})

const headings = {
  fr: {
    a: 'Titre de l’engagement',
    b: 'Mon engagement porte sur…',
    c: 'Mon engagement c’est…',
    d: 'Mon engagement va…',
    e: 'Mon engagement répond à…',
    f: 'Mon engagement est utile car…',
    g: 'Transparence',
    h: 'Participation',
    i: 'Collaboration',
  },
  en: {
    a: 'Title of the commitment',
    b: 'My commitment is about…',
    c: 'My commitment is…',
    d: 'My commitment will…',
    e: 'My commitment answers…',
    f: 'My commitment is useful because…',
    g: 'Transparency',
    h: 'Participation',
    i: 'Collaboration',
  },
}

const canvas = (language: Language = 'fr') =>
  card([choice('heading', headings[language]), field('text')], {
    actions: [execute('Je propose', 'propose', { version: '1' }), execute('Retenir', 'proposal-take')],
  })

const prompts = card(
  [
    field('p-permet', 'Il permet de…'),
    field('p-table', 'Il met autour de la table…'),
    field('p-horizon', 'Il est réalisable à l’horizon…'),
  ],
  { actions: [execute('Donner', 'prompts-give')] },
)

const ideas = card(
  ['idea1', 'idea2', 'idea3'].map((id) => field(id)),
  { actions: [execute('J’ai terminé', 'own-done'), execute('Enregistrer', 'own-save')] },
)

const starters = card(
  [
    choice('starter', { could: 'Nous pourrions…', need: 'Nous aurions besoin de…', what: 'Et si…' }),
    field('text'),
  ],
  { actions: [execute('Il ne manque rien', 'nothing-missing'), execute('Donner', 'starter-give')] },
)

const estimates = card([choice('step', { s1: 'Étape 1', s2: 'Étape 2' }), field('text')], {
  actions: [execute('Donner', 'estimate-give')],
})

/** What one of them would send for this card. */
function answersOf(part: Part, source: object, { turn = 0, language = 'fr' as Language } = {}) {
  const [offer] = offersIn(source)
  return fill(offer?.inputs ?? [], { part, language, turn })
}

const everyone = (language: Language = 'fr'): Part[] =>
  personas(language).flatMap(({ id }) => partOf(id, language) ?? [])

describe('what simulated people write on a shared sheet', () => {
  it.each(['fr', 'en'] as const)('suits the heading they chose, and no two say the same (%s)', (language) => {
    const given = everyone(language).flatMap((part) =>
      [0, 1, 2].map((turn) => answersOf(part, canvas(language), { turn, language })),
    )
    const chosen = new Set(given.map(({ heading }) => heading))
    expect([...chosen].sort()).toEqual(Object.keys(headings[language]))
    const texts = given.map(({ text }) => text)
    expect(texts.every((each) => typeof each === 'string' && each.length > 5 && each.length <= 300)).toBe(
      true,
    )
    expect(new Set(texts).size).toBe(texts.length)
    for (const [id, label] of Object.entries(headings[language])) {
      const here = new Set(given.filter(({ heading }) => heading === id).map((each) => each.text))
      const list = everyone(language)[0]?.says.headings.find(({ texts: all }) =>
        all.some((one) => here.has(one)),
      )
      expect(
        [...here].filter((one) => !list?.texts.includes(String(one))),
        label,
      ).toEqual([])
    }
  })

  it('completes one to three sentences by their beginning, and leaves the others out', () => {
    const [sophie, karim, helene] = everyone()
    const given = [sophie, karim, helene].map((part) => (part ? answersOf(part, prompts) : {}))
    expect(given.map((each) => Object.keys(each))).toEqual([
      ['p-permet'],
      ['p-table', 'p-horizon'],
      ['p-permet', 'p-table', 'p-horizon'],
    ])
    expect(given[0]?.['p-permet']).toBe('suivre une démarche de bout en bout sans avoir à téléphoner')
    expect(given[1]?.['p-horizon']).toMatch(/^(de|d’)/u)
    const unknown = card([field('p-x', 'Ce qui a bien marché')], {
      actions: [execute('Donner', 'prompts-give')],
    })
    expect(sophie && answersOf(sophie, unknown)['p-x']).toMatch(/^Je commencerais/u)
  })

  it('gives each person’s own ideas, as many as they have', () => {
    const given = everyone().map((part) => Object.values(answersOf(part, ideas)))
    expect(new Set(given.map((each) => each.length))).toEqual(new Set([1, 2, 3]))
    expect(new Set(given.flat()).size).toBe(given.flat().length)
  })

  it('ends the sentence that was begun, and says something of a step', () => {
    const [sophie] = everyone()
    if (!sophie) throw new Error('nobody')
    expect(answersOf(sophie, starters)).toEqual({
      starter: 'could',
      text: 'afficher l’avancement de chaque demande sur une page unique',
    })
    expect(answersOf(sophie, starters, { turn: 1 })).toMatchObject({
      starter: 'need',
      text: expect.stringMatching(/^une? /u),
    })
    expect(answersOf(sophie, starters, { turn: 2 })).toMatchObject({
      starter: 'what',
      text: expect.stringMatching(/^on /u),
    })
    expect(answersOf(sophie, estimates)).toEqual({
      step: 's1',
      text: 'Comptez trois mois, le temps de réunir tout le monde.',
    })
  })

  it('is no longer than the field', () => {
    const narrow = card([field('text', 'Texte', { maxLength: 12 }), choice('heading', headings.fr)], {
      actions: [execute('Je propose', 'propose')],
    })
    for (const part of everyone()) expect(String(answersOf(part, narrow).text).length).toBeLessThanOrEqual(12)
  })
})

describe('a simulated participant before a form that comes back', () => {
  let here: Bench
  afterEach(() => here?.close())

  async function withSimulated(count: number, behave: (heard: Heard) => unknown) {
    here = await bench({ behave: (heard) => (heard.type === 'invoke' ? behave(heard) : undefined) })
    here.clock.setSpeed(60)
    const anne = await sit(here.room, 'Anne Martin', 'organizer')
    await anne.post('simulated', { count, pace: 'fast' })
    return here.bot.hears((heard) => heard.type === 'installationUpdate')
  }

  const pressesOf = (verb: string, message?: string): Heard[] =>
    here.bot.heard.filter(
      (heard) => heard.value?.action?.verb === verb && (!message || heard.replyToId === message),
    )
  const authors = (presses: Heard[]): string[] => presses.map((heard) => heard.from.name).sort()

  it('proposes one to three times, then stops, and never takes what others proposed', async () => {
    const first = await withSimulated(3, () => cardAnswer(canvas()))
    const id = await here.bot.post(first, canvas())
    await here.bot.hears(() => pressesOf('propose', id).length === 6)
    // By the time another form has had all its answers, a fourth one to the first would have come.
    const other = await here.bot.post(first, canvas())
    await here.bot.hears(() => pressesOf('propose', other).length === 6)
    expect(authors(pressesOf('propose', id))).toEqual([
      ...Array.from({ length: 3 }, () => 'Hélène Moreau'),
      ...Array.from({ length: 2 }, () => 'Karim Benali'),
      'Sophie Lambert',
    ])
    const texts = pressesOf('propose', id).map((heard) => heard.value.action.data.text)
    expect(new Set(texts).size).toBe(6)
    expect(pressesOf('proposal-take')).toEqual([])
  })

  it('keeps what it wrote in silence, then says it is done', async () => {
    const receipt = card([text('Enregistré')], { actions: [execute('J’ai terminé', 'own-done')] })
    const first = await withSimulated(1, (heard) =>
      cardAnswer(heard.value.action.verb === 'own-save' ? receipt : card([text('Merci')])),
    )
    await here.bot.post(first, ideas)
    await here.bot.hears(() => pressesOf('own-done').length === 1)
    expect(Object.keys(pressesOf('own-save')[0]?.value.action.data)).toEqual(['idea1', 'idea2', 'idea3'])
    expect(pressesOf('own-done')[0]?.value.action.data).toEqual({})
  })

  it('writes only once the silence has begun', async () => {
    const told = (id: string) => card([{ ...text('Ce que chacun écrit reste caché.'), id }])
    const first = await withSimulated(1, () => cardAnswer(card([text('Merci')])))
    const step = await here.bot.post(first, told('silence-awaited'))
    await here.bot.post(first, ideas)
    const other = await here.bot.post(first, estimates)
    await here.bot.hears(() => pressesOf('estimate-give', other).length > 0)
    expect(pressesOf('own-save')).toEqual([])
    await here.bot.edit(first, step, told('silence'))
    await here.bot.hears(() => pressesOf('own-save').length === 1)
  })

  it('says nothing is missing once it has given what it had, with empty boxes', async () => {
    const first = await withSimulated(1, () => cardAnswer(starters))
    await here.bot.post(first, starters)
    await here.bot.hears(() => pressesOf('nothing-missing').length === 1)
    expect(pressesOf('starter-give')).toHaveLength(2)
    expect(pressesOf('nothing-missing')[0]?.value.action.data).toEqual({})
  })

  it('asks for the floor only if it is a volunteer, one in three, and once', async () => {
    const floor = card([], { actions: [execute('Je veux parler', 'floor-jump')] })
    const first = await withSimulated(6, () => cardAnswer(floor))
    const id = await here.bot.post(first, floor)
    await here.bot.hears(() => pressesOf('floor-jump').length === 2)
    await here.bot.edit(first, id, card([text('Une autre parle')]))
    await here.bot.edit(first, id, floor)
    const other = await here.bot.post(first, estimates)
    await here.bot.hears(
      () => new Set(pressesOf('estimate-give', other).map((heard) => heard.from.name)).size === 6,
    )
    expect(authors(pressesOf('floor-jump'))).toEqual(['Sophie Lambert', 'Thomas Girard'])
  })
})
