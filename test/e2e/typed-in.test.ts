import { afterEach, describe, expect, it } from 'vitest'
import { wordsIn } from '../support/connector.ts'
import { linksIn, wordsAt } from '../support/finished.ts'
import type { Seat } from '../support/seat.ts'
import { bot, cleanUp, lobby, meeting, shows } from '../support/wire.ts'

afterEach(cleanUp)

const at = '<at>Ouverture</at>'

/** Typed commands, each waited for by what it shows. */
async function types(who: Seat, ...commands: string[]): Promise<void> {
  for (const command of commands) await who.types(`${at} ${command}`)
}

describe('formats #2 and #3 alone, from typed-in material, over the wire', () => {
  it('format #2 goes from a subject written in the chat to a canvas in the summary', {
    timeout: 90_000,
  }, async () => {
    const connector = await meeting()
    const { log } = await bot(connector)
    const { host, seats } = await lobby(connector, 'format-2')
    const [paul, lea] = seats as [Seat, Seat]
    await types(host, 'sujet de départ Les cantines : choisir les menus ensemble')
    await shows(connector, 'choisir les menus ensemble')

    await host.press('start')
    await shows(connector, 'Étape 1 sur 7')
    for (const step of [2, 3, 4]) {
      await host.press('next')
      await shows(connector, `Étape ${step} sur 7`)
    }
    await paul.press('prompts-give', {
      'p-permet': 'de manger mieux',
      'p-table': 'les parents et les cuisiniers',
    })
    await shows(connector, 'les parents et les cuisiniers')
    await types(host, 'reprendre la phrase 1')
    await types(host, 'reformuler titre Des cantines choisies ensemble')
    await shows(connector, 'Des cantines choisies ensemble')

    await host.press('next')
    await shows(connector, 'Étape 5 sur 7')
    await host.press('silence')
    for (const one of seats) await one.press('own-done', { idea1: `Idée de ${one.who.name}` })
    await host.press('own-show-all')
    await shows(connector, 'Idée de Paul Petit')

    await host.press('next')
    await shows(connector, 'Étape 6 sur 7')
    await types(lea, 'proposer 3 Une commission des menus, deux fois par an')
    await shows(connector, 'Une commission des menus')
    await types(host, 'reprendre proposition 1', 'rubrique 1 Les menus, c’est nous', 'plus tard rubrique 4')
    await shows(connector, '2 rubriques remplies sur 9')
    await host.press('next')
    await host.press('next')
    const summary = await summaryOf(connector)
    for (const text of [
      'Les menus, c’est nous',
      'Une commission des menus',
      'Léa Roux',
      'Des cantines choisies ensemble',
      'Idée de Paul Petit',
    ])
      expect(summary).toContain(text)
    const late = await lea.press('propose', { heading: 'titre', text: 'Une idée tardive' })
    expect(wordsIn(late)).toContain('terminé')
    expect(JSON.stringify(late)).toContain('Une idée tardive')
    expect(connector.activities().length).toBeLessThanOrEqual(24)
    expect(log.told.filter((one) => one.level === 'error')).toEqual([])
  })

  it('format #3 goes from a canvas typed in to a roadmap, and says which step goes past the horizon', {
    timeout: 90_000,
  }, async () => {
    const connector = await meeting()
    const { log } = await bot(connector)
    const { host, seats } = await lobby(connector, 'format-3')
    const [paul] = seats as [Seat]
    await types(host, 'horizon 2027 2028')
    await host.press('start')
    await shows(connector, 'Étape 1 sur 7')
    for (const step of [2, 3]) {
      await host.press('next')
      await shows(connector, `Étape ${step} sur 7`)
    }
    await types(host, 'rubrique 1 Un budget que chacun comprend', 'rubrique 3 Publier le budget en images')
    await shows(connector, '2 rubriques remplies sur 9')
    for (const step of [4, 5]) {
      await host.press('next')
      await shows(connector, `Étape ${step} sur 7`)
    }
    await types(paul, 'idée 1 publier dix graphiques')
    await shows(connector, 'publier dix graphiques')
    await types(
      host,
      'formuler idées 1 : Publier dix graphiques',
      'formuler Former les agents : aux mots simples',
    )
    await shows(connector, '2 sous-actions formulées')

    await host.press('next')
    await shows(connector, 'Étape 6 sur 7')
    await types(host, 'retenir 1', 'retenir 2')
    await shows(connector, 'Former les agents')
    await types(host, 'durée 1 6', 'durée 2 24')
    await shows(connector, /À vérifier/u)
    await types(host, 'rubrique 2 Les finances de la commune')
    await shows(connector, /3 rubriques sur 9/u)
    await host.press('next')
    await host.press('next')
    const summary = await summaryOf(connector)
    for (const text of [
      'Publier dix graphiques',
      'Paul Petit',
      'Former les agents',
      'Les finances de la commune',
    ])
      expect(summary).toContain(text)
    expect(log.told.filter((one) => one.level === 'error')).toEqual([])
  })
})

async function summaryOf(connector: Awaited<ReturnType<typeof meeting>>): Promise<string> {
  await shows(connector, 'Télécharger')
  const card = connector.activities().at(-1)?.card
  expect(wordsIn(card)).not.toMatch(/undefined|\[object/u)
  return wordsAt(linksIn(card)[0] ?? '')
}
