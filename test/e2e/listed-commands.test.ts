import { afterEach, describe, expect, it } from 'vitest'
import { manifestShape, translated } from '../../src/package/manifest.ts'
import { removeFolder } from '../support/bot.ts'
import { bench, textIn } from '../support/packaging.ts'
import { seat } from '../support/seat.ts'
import {
  bot,
  claire,
  cleanUp,
  identity,
  later,
  meeting,
  others,
  ownChat,
  said,
  shows,
} from '../support/wire.ts'

afterEach(cleanUp)

const [paul] = others as [(typeof others)[0]]

/** The commands Teams offers in a place, as they are listed, in one language. */
function listed(lang: 'fr' | 'en', scope: string): string[] {
  const one = bench()
  later(() => removeFolder(one.folder))
  const files = one.made()
  const own = JSON.parse(textIn(files, 'manifest.json'))
  const manifest = manifestShape.parse(
    lang === 'fr' ? own : translated(own, JSON.parse(textIn(files, 'en.json'))),
  )
  return manifest.bots
    .flatMap(({ commandLists }) => commandLists)
    .filter(({ scopes }) => scopes.includes(scope))
    .flatMap(({ commands }) => commands.map(({ title }) => title))
}

/** What anyone may type is typed by another: the bot does not answer each line of someone who floods it. */
const byPaul = new Set([0, 2, 11])

/** Help, the join card, the facilitator's notes, the step gone back to, the documents and one's data. */
const opened = {
  fr: [
    'Ce que vous pouvez m’écrire',
    'Qui êtes-vous',
    'Aide-mémoire',
    /reste.10.min/u,
    'Compte rendu',
    'Voir mes données',
  ],
  en: ['What you can write', 'Who are you', 'Speaker notes', /10.min left/u, 'Meeting report', 'See my data'],
}

const lost =
  /Je n’ai pas compris|n’est pas possible à ce moment|Il manque quelques mots|I did not understand|not possible at this point|A few words are missing/u

describe('the commands that Teams lists', () => {
  it.each(['fr', 'en'] as const)(
    'open a workshop when they are typed from first to last: %s',
    { timeout: 60_000 },
    async (lang) => {
      const commands = listed(lang, 'groupChat')
      expect(listed(lang, 'team')).toEqual(commands)
      const connector = await meeting()
      await bot(connector)
      const host = seat(connector, claire)
      for (const [at, command] of commands.entries()) {
        const before = connector.requests.length
        await connector.send(byPaul.has(at) ? paul : claire, {
          type: 'message',
          text: `<at>Ouverture</at> ${command}`,
          locale: lang === 'fr' ? 'fr-FR' : 'en-GB',
        })
        await connector.until(() => connector.requests.length > before, 15_000)
        if (at === 2) await host.press('join', { ...identity('Claire', 'Martin'), lang })
      }
      expect(commands).toHaveLength(12)
      for (const text of opened[lang]) await shows(connector, text)
      expect(lost.exec(said(connector))).toBe(null)
    },
  )

  it.each(['fr', 'en'] as const)('each have their answer in one’s own chat: %s', async (lang) => {
    const connector = await meeting()
    const { botUrl } = await bot(connector)
    const chat = await ownChat(claire, botUrl)
    await chat.message(claire, 'n’importe quoi')
    await shows(chat, 'Je travaille dans la conversation d’une réunion')
    const commands = listed(lang, 'personal')
    for (const [at, command] of commands.entries()) {
      await chat.message(claire, command)
      await chat.until(() => chat.activities().length > at + 1, 15_000)
    }
    expect(commands).toHaveLength(3)
    const cards = chat.activities().map(({ card }) => JSON.stringify(card))
    expect(new Set(cards).size).toBe(1 + commands.length)
  })
})
