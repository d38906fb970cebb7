import { afterEach, describe, expect, it } from 'vitest'
import type { TestConnector } from '../support/connector.ts'
import { linksIn, wordsAt } from '../support/finished.ts'
import { type Seat, seat } from '../support/seat.ts'
import { bot, claire, cleanUp, meeting, others, ownChat, said } from '../support/wire.ts'

afterEach(cleanUp)

/** Two languages, one story: French first. */
const languages = { fr: 0, en: 1 } as const

describe.each(['fr', 'en'] as const)('format #1 by typed commands alone, over the wire, in "%s"', (lang) => {
  const its = (pair: readonly [string, string]): string => pair[languages[lang]]
  const types = (who: Seat, ...pair: [string, string]) => who.types(`<at>Ouverture</at> ${its(pair)}`)

  /** People who press nothing: all they have is the chat. */
  async function inTheChat() {
    const connector = await meeting({ people: [claire, ...named] })
    const { log, botUrl } = await bot(connector)
    await connector.installed(claire)
    const [paul, lea, tom] = named.map((one) => seat(connector, one))
    if (!paul || !lea || !tom) throw new Error('three people are expected')
    return { connector, log, botUrl, host: seat(connector, claire), paul, lea, tom }
  }

  /** What nobody else may read is typed in one’s own chat with the bot. */
  async function inPrivate({ who }: Seat, botUrl: string) {
    const chat = await ownChat(who, botUrl)
    return async (...pair: [string, string]) => {
      const before = chat.activities().length
      await chat.send(who, { type: 'message', text: its(pair), locale: lang })
      await chat.until(() => chat.activities().length > before)
    }
  }
  /** They type faster than Teams lets the bot speak: it waits, as it must. */
  const sees = (connector: TestConnector, ...pair: [string, string]) =>
    connector.until(() => plain(said(connector)).includes(plain(its(pair))), 40_000)

  it('is led, taken part in and ended, and its document opens', { timeout: 120_000 }, async () => {
    const { connector, log, botUrl, host, paul, lea, tom } = await inTheChat()
    const step = (number: number) => sees(connector, `Étape ${number} sur 7`, `Step ${number} of 7`)
    const next = async (number: number) => {
      await types(host, 'suivant', 'next')
      await step(number)
    }

    await types(host, 'lancer 1', 'launch 1')
    await sees(connector, 'Qui êtes-vous', 'Who are you')
    await types(host, 'rejoindre Claire Martin', 'join Claire Martin')
    await types(
      paul,
      'rejoindre Paul, Petit, juriste, Mairie, agent',
      'join Paul, Petit, lawyer, City, public servant',
    )
    await types(
      lea,
      'rejoindre Léa, Roux, , Les Amis du parc, association',
      'join Léa, Roux, , Friends, civil',
    )
    await types(tom, 'rejoindre Tom Blanc', 'join Tom Blanc')
    await types(host, 'complice Tom', 'note-taker Tom')
    await types(host, 'thème Les données ouvertes', 'theme Open data')
    await types(host, 'commencer', 'start')
    await step(1)

    await types(paul, 'clair', 'clear')
    await types(lea, 'question', 'question')
    await sees(connector, '1 sur 2', '1 of 2')
    await types(host, '+5', '+5')
    await types(host, 'pause', 'pause')
    await types(host, 'reprendre', 'resume')

    await next(2)
    await types(lea, 'raison Je jardine avec mes voisins', 'reason I garden with my neighbours')
    await types(host, 'ensuite Paul', 'then Paul')
    await types(host, 'merci', 'thanks')
    await types(paul, 'merci', 'thanks')
    await types(host, 'parole à Léa', 'floor to Léa')
    await sees(connector, 'Je jardine avec mes voisins', 'I garden with my neighbours')
    await types(lea, 'merci', 'thanks')
    await types(tom, 'je passe', 'pass')
    await sees(connector, '4 sur 4', '4 of 4')

    await next(3)
    await types(host, 'page suivante', 'next page')
    await sees(connector, 'Page 2 sur 5', 'Page 2 of 5')

    await next(4)
    await types(host, 'silence', 'silence')
    const paulAlone = await inPrivate(paul, botUrl)
    const leaAlone = await inPrivate(lea, botUrl)
    await paulAlone('Le budget : douze dessins', 'Le budget: douze dessins')
    await paulAlone('terminé', 'done')
    await leaAlone('Les parcs : ouverts', 'Les parcs: ouverts')
    await leaAlone('terminé', 'done')
    await sees(connector, '2 sur 2', '2 of 2')
    expect(said(connector)).not.toContain('douze dessins')

    await next(5)
    await types(host, 'parole à Paul', 'floor to Paul')
    await sees(connector, 'douze dessins', 'douze dessins')
    await types(paul, 'merci', 'thanks')
    await types(tom, 'sujet dit par Paul : Budget : lisible', 'subject said by Paul: Budget: lisible')
    await types(tom, 'distinguer 1 3', 'tell apart 1 3')
    await types(tom, 'fusionner 1 3', 'merge 1 3')
    await types(tom, 'retirer 2', 'remove 2')
    await types(tom, 'remettre 2', 'put back 2')
    await types(tom, 'carte 2 Les parcs : ouverts le soir', 'card 2 Les parcs: ouverts le soir')
    await sees(connector, 'ouverts le soir', 'ouverts le soir')

    await next(6)
    await paulAlone('1 5 4 ; 2 2 3', '1 5 4; 2 2 3')
    await leaAlone('1 4 4 ; 2 2 -', '1 4 4; 2 2 -')
    await sees(connector, '2 sur 2', '2 of 2')
    await types(host, 'dévoiler', 'reveal')
    await types(host, 'placer 1 5 4,5', 'place 1 5 4,5')
    await types(host, 'priorité 2', 'priority 2')
    await types(host, 'retirer la priorité 2', 'remove the priority 2')
    await types(host, 'priorité 1', 'priority 1')
    await sees(connector, 'Désirabilité 5 · Faisabilité 4,5', 'Desirability 5 · Feasibility 4.5')

    await next(7)
    await types(host, 'prochaines étapes Un groupe de travail', 'next steps Un groupe de travail')
    await types(paul, 'courriel paul@example.org', 'email paul@example.org')
    await leaAlone('1 4', '1 4')
    await types(host, 'note Une bonne séance', 'note Une bonne séance')
    await types(host, 'terminer', 'end')
    await sees(connector, 'Télécharger le compte rendu', 'Download the summary')

    const summary = await wordsAt(linksIn(connector.activities().at(-1)?.card)[0] ?? '')
    for (const text of ['Le budget', 'Paul Petit', 'ouverts le soir', 'Léa Roux', 'Un groupe de travail'])
      expect(summary).toContain(text)
    expect(summary).not.toContain('@example.org')
    expect(said(connector)).not.toMatch(misunderstood)
    expect(log.told.filter((one) => one.level === 'error')).toEqual([])
  })
})

/** Anonymous people cannot name the bot, and so type nothing to it. */
const named = others.filter((one) => one.aadObjectId)

/** With every space an ordinary one, and none of the marks that keep a direction apart. */
const plain = (text: string): string => text.replace(/[\u2068\u2069]/gu, '').replace(/\s/gu, ' ')

const misunderstood = /Je n’ai pas compris|Il manque quelques mots|I did not understand|words are missing/u
