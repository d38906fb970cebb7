import { afterEach, describe, expect, it } from 'vitest'
import { type Guest, type TestConnector, wordsIn } from '../support/connector.ts'
import { linksIn, wordsAt } from '../support/finished.ts'
import { seat } from '../support/seat.ts'
import {
  bot,
  claire,
  cleanUp,
  identity,
  lobby,
  meeting,
  others,
  ownChat,
  said,
  shows,
} from '../support/wire.ts'

afterEach(cleanUp)

const [paul, lea] = others as [Guest, Guest]

/** Types in her own chat with the bot, and reads its reply. */
async function tells(chat: TestConnector, who: Guest, text: string): Promise<string> {
  const before = chat.activities().length
  await chat.send(who, { type: 'message', text })
  await chat.until(() => chat.activities().length > before, 8000)
  return wordsIn(chat.activities().at(-1)?.card)
}

describe('in her own chat, someone whose card fails', () => {
  it('answers the whole of format #1, and it counts as hers; what is sealed stays so', {
    timeout: 120_000,
  }, async () => {
    const connector = await meeting()
    const { botUrl, log } = await bot(connector)
    const { host, seats } = await lobby(connector)
    const alone = await ownChat(paul, botUrl)
    const writes = (text: string) => tells(alone, paul, text)
    expect(await writes('où en est-on')).toContain('Avant l’atelier')

    await host.press('start')
    expect(await writes('clair')).toContain('Étape 1 sur 7')
    await shows(connector, /1 sur 4/u)
    await host.press('next')
    await shows(connector, 'Étape 2 sur 7')
    expect(await writes('raison Je reçois le public')).toContain('C’est noté')
    await host.press('next')
    await host.press('next')
    await shows(connector, 'Vos sujets')

    expect(await writes('paul@example.org')).toContain('Votre adresse vous sera demandée à la conclusion')
    expect(await writes('Fin des files : Afficher l’attente en ligne.')).toContain(
      'Fin des files : Afficher l’attente en ligne.',
    )
    await shows(connector, 'Étape 4 sur 7')
    expect(await writes('Un budget lisible : Le publier en images.')).toContain('Un budget lisible')
    expect(await writes('Un troisième : De trop.')).toMatch(/déjà écrit 2/u)
    const corrected = await writes('1 Les files d’attente : Afficher l’attente en ligne.')
    expect(corrected).toContain('Les files d’attente')
    expect(corrected).not.toContain('Fin des files')
    const finished = await writes('terminé')
    expect(finished).toContain('Un budget lisible')
    expect(finished).toContain('Vous avez terminé')
    expect(finished).not.toContain('« terminé »')
    await shows(connector, /1 sur 4/u)
    for (const word of ['Les files d’attente', 'Un budget lisible', 'Je reçois le public'])
      expect(said(connector)).not.toContain(word)
    for (const one of seats.slice(1)) expect(await one.reads()).not.toContain('Les files d’attente')

    await host.press('next')
    await host.press('cards-show-all')
    await shows(connector, 'Les files d’attente')
    await host.press('next')
    await shows(connector, 'Vos avis')
    expect(await writes('étape')).toContain('Un budget lisible')
    expect(await writes('1 5 4')).toMatch(/Sujet 1.*5 et 4/u)
    const receipt = await writes('2 - 3')
    expect(receipt).toContain('Vous avez donné tous vos avis')
    expect(receipt).not.toContain('Le publier en images')
    expect(await writes('9 5 4')).toContain('Il n’y a pas de sujet 9')
    expect(await writes('1 7 4')).toContain('deux avis de 1 à 5')
    expect(await writes('terminé')).toContain('vous avez terminé')
    expect(await writes('étape')).not.toContain('formulaire')
    expect(said(connector)).not.toMatch(/désirabilité 5/iu)
    await host.press('reveal')
    await shows(connector, /désirabilité 5/iu)

    await host.press('next')
    await shows(connector, 'Restons en contact')
    expect(await writes('1 4')).toContain('Question 1')
    expect(await writes('paul@example.org')).toContain('L’équipe d’organisation')
    expect(await writes('courriel paul@example.fr')).toContain('L’équipe d’organisation')
    expect(await writes('4 Le temps de silence')).toContain('Question 4')
    await host.press('next')
    await shows(connector, 'Télécharger')
    const report = await wordsAt(linksIn(connector.activities().at(-1)?.card)[0] ?? '')
    expect(report).toContain('Les files d’attente')
    expect(await writes('clair')).toContain('Vous ne participez à aucun atelier en cours')
    expect(log.told.filter((one) => one.level === 'error')).toEqual([])
  })

  it.each([
    [
      'fr',
      'rejoindre Paul, Petit',
      'terminé',
      'pas terminé',
      'Vous n’avez encore rien écrit',
      'Un budget lisible',
    ],
    ['en', 'join Paul, Petit', 'done', 'not done', 'You have not written anything yet', 'A readable budget'],
  ] as const)(
    'is told in "%s" what is missing, and nothing of it is lost',
    { timeout: 60_000 },
    async (...told) => {
      const [, joins, done, again, nothing, example] = told
      const connector = await meeting()
      const { botUrl } = await bot(connector)
      const { host } = await lobby(connector)
      for (const verb of ['start', 'next', 'next', 'next']) await host.press(verb)
      await shows(connector, 'Étape 4 sur 7')
      const alone = await ownChat(paul, botUrl)
      await tells(alone, paul, joins)
      const finished = await tells(alone, paul, done)
      expect(finished).toContain(nothing)
      expect(finished).toContain(example)
      const long = `Question de confiance ${'x'.repeat(500)}`
      for (const text of [long, 'Question de confiance :', `Question de confiance : ${long}`])
        expect(await tells(alone, paul, text)).toContain('Question de confiance')
      expect(await tells(alone, paul, `Cantines : ${long}`)).toMatch(/400/u)
      expect(await tells(alone, paul, ':')).not.toMatch(/compris|understand/u)
      await shows(connector, /0 sur 4/u)
      await tells(alone, paul, 'Budget : en images')
      expect(await tells(alone, paul, again)).toContain('Budget')
    },
  )

  it('finds in each exercise of format #2 what to type, and it is kept', {
    timeout: 120_000,
  }, async () => {
    const connector = await meeting()
    const { botUrl, log } = await bot(connector)
    const { host } = await lobby(connector, 'format-2')
    await host.types('sujet de départ Les cantines : choisir les menus ensemble')
    for (const verb of ['start', 'next', 'next', 'next']) await host.press(verb)
    await shows(connector, 'Étape 4 sur 7')
    const alone = await ownChat(paul, botUrl)
    const writes = async (text: string) => (await tells(alone, paul, text)).replace(/\s/gu, ' ')
    expect(await writes('étape')).toContain('compléter 2 votre phrase')
    expect(await writes('compléter 1 de manger mieux')).toContain('C’est noté')
    await host.press('next')
    await shows(connector, 'Étape 5 sur 7')
    expect(await writes('terminé')).toContain('Vous n’avez encore rien écrit')
    expect(await writes('Ouvrir plus')).toContain('« Ouvrir plus » n’est pas noté')
    const idea = await writes('Des menus votés chaque mois')
    expect(idea).toContain('Des menus votés chaque mois')
    expect(idea).toContain('Pour finir, écrivez « terminé »')
    expect(await writes('je n’ai pas terminé')).not.toContain('je n’ai pas terminé')
    await host.press('silence')
    await host.types('suivant')
    await shows(connector, 'Les idées d’une personne restent à découvrir')
    await host.types('suivant quand même')
    await shows(connector, 'Étape 6 sur 7')
    expect(said(connector)).not.toContain('Des menus votés chaque mois')
    expect(await writes('étape')).toContain('proposer 2 votre texte')
    expect(await writes('proposer 3 Une commission des menus')).toContain('C’est noté')
    expect(log.told.filter((one) => one.level === 'error')).toEqual([])
  })

  it('gets one reply to a line that is delivered twice', { timeout: 60_000 }, async () => {
    const connector = await meeting()
    const { botUrl } = await bot(connector)
    const { host } = await lobby(connector)
    await host.press('start')
    const chat = await ownChat(paul, botUrl)
    const twice = { type: 'message', id: 'same', text: 'clair' }
    await chat.send(paul, twice)
    await chat.send(paul, twice)
    await chat.until(() => chat.activities().length > 0, 8000)
    expect(await tells(chat, paul, 'étape')).toContain('Étape 1 sur 7')
    expect(chat.activities()).toHaveLength(2)
  })

  it('leads the workshop as well, when she is the one who facilitates', { timeout: 60_000 }, async () => {
    const connector = await meeting()
    const { botUrl } = await bot(connector)
    await lobby(connector)
    const hers = await ownChat(claire, botUrl)
    expect(await tells(hers, claire, 'commencer')).toContain('La suite s’affiche dans la conversation')
    await shows(connector, 'Étape 1 sur 7')
    expect(await tells(hers, claire, 'suivant')).toContain('Étape 2 sur 7')
    const his = await ownChat(paul, botUrl)
    expect(await tells(his, paul, 'suivant')).toMatch(/animation/u)
    expect(await tells(his, paul, 'lancer')).toContain('se lance dans la conversation de la réunion')
    expect(said(connector)).not.toContain('Étape 3 sur 7')
  })

  it('is told that this way exists, and what she may write there', { timeout: 60_000 }, async () => {
    const connector = await meeting()
    const { botUrl } = await bot(connector)
    const { host } = await lobby(connector)
    await host.press('start')
    await seat(connector, paul).types('aide')
    await shows(connector, 'Écrivez-moi dans notre conversation privée')
    const help = await tells(await ownChat(paul, botUrl), paul, 'aide')
    for (const word of ['mes ateliers', 'changer d’atelier', 'clair', 'mes données'])
      expect(help).toContain(word)
    expect(help).not.toContain('suivant')
    for (const _ of [2, 3, 4]) await host.press('next')
    await shows(connector, 'Étape 4 sur 7')
    const silent = await tells(await ownChat(paul, botUrl), paul, 'aide')
    expect(silent).toContain('Écrivez «\u00A0titre\u00A0: une phrase\u00A0»')
  })

  it('who is in no workshop gets a sentence that says how to be', { timeout: 60_000 }, async () => {
    const connector = await meeting()
    const { botUrl } = await bot(connector)
    await lobby(connector)
    const stranger: Guest = { id: '29:mallory', name: 'Paul Petit', aadObjectId: 'aad-mallory' }
    const chat = await ownChat(stranger, botUrl)
    for (const text of ['clair', 'suivant', 'étape', 'note une idée'])
      expect(await tells(chat, stranger, text)).toContain('Vous ne participez à aucun atelier en cours')
  })

  it('nor does one hear of a workshop one has left, or of the next one of the same meeting', {
    timeout: 60_000,
  }, async () => {
    const connector = await meeting()
    const { botUrl } = await bot(connector)
    const { host } = await lobby(connector)
    const his = await ownChat(paul, botUrl)
    await tells(his, paul, 'partir')
    expect(await tells(his, paul, 'étape')).toContain('Vous ne participez à aucun atelier en cours')
    await host.types('annuler l’atelier')
    await shows(connector, 'annulé')
    await host.types('lancer')
    await shows(connector, 'Qui êtes-vous')
    const hers = await ownChat(lea, botUrl)
    expect(await tells(hers, lea, 'étape')).toContain('Vous ne participez à aucun atelier en cours')
  })
})

describe('someone in several workshops', () => {
  const first = { conversationId: '19:meeting_one@thread.v2', meetingId: 'one' }
  const second = { conversationId: '19:meeting_two@thread.v2', meetingId: 'two' }

  async function twoWorkshops() {
    const one = await meeting(first)
    const two = await meeting(second)
    const { botUrl } = await bot(one)
    two.talkTo(botUrl)
    for (const connector of [one, two]) {
      const { host } = await lobby(connector)
      for (const verb of ['start', 'next', 'next', 'next']) await host.press(verb)
      await shows(connector, 'Vos sujets')
    }
    return { one, two, botUrl }
  }

  it('is asked which, once; what she wrote first is not lost, and nothing goes to the other', {
    timeout: 90_000,
  }, async () => {
    const { one, two, botUrl } = await twoWorkshops()
    const chat = await ownChat(paul, botUrl)
    expect(await tells(chat, paul, 'Un budget lisible : En images.')).toContain('Pour quel atelier')
    expect(await tells(chat, paul, '2')).toContain('Un budget lisible')
    expect(await tells(chat, paul, 'terminé')).not.toContain('Pour quel atelier')
    await shows(two, /1 sur 4/u)
    expect(said(one)).toMatch(/0 sur 4/u)
    await tells(chat, paul, 'changer d’atelier')
    const card = await seat(chat, paul).press('answer-there')
    expect(wordsIn(card)).toContain('vous écrivez désormais pour cet atelier')
    expect(wordsIn(card)).not.toContain('Un budget lisible')
  })

  it('cannot choose one she is not in, nor send an answer there, whatever her client sends', {
    timeout: 90_000,
  }, async () => {
    const { one, botUrl } = await twoWorkshops()
    const mallory: Guest = { id: '29:mallory', name: 'Mallory', aadObjectId: 'aad-mallory' }
    const third = await meeting({
      people: [claire, mallory],
      conversationId: '19:meeting_three@thread.v2',
      meetingId: 'three',
    })
    third.talkTo(botUrl)
    await third.installed(claire)
    await seat(third, claire).press('launch', { format: 'format-1' })
    await shows(third, 'Qui êtes-vous')
    await seat(third, mallory).press('join', identity('Mallory', 'Noir'))
    const chat = await ownChat(mallory, botUrl)
    await tells(chat, mallory, 'aide')
    const messageId = chat.activities().at(-1)?.id ?? ''
    const forged = { m: first.conversationId, s: '1', g: 'identifier', k: 'form/identifier/9', from: paul.id }
    const chosen = await chat.invoke(mallory, 'answer-there', { ...forged, verb: 'answer-there' }, messageId)
    expect(JSON.stringify(chosen.body)).toContain('Vous ne participez à aucun atelier en cours')
    for (const verb of ['ideas-done', 'next', 'join', 'rate-save']) {
      const data = {
        ...forged,
        verb,
        title1: 'Intrusion',
        sentence1: 'Intrusion.',
        firstName: 'X',
        lastName: 'Y',
      }
      await chat.invoke(mallory, verb, data, messageId)
      await chat.send(mallory, { type: 'message', value: data, replyToId: messageId })
      await chat.dialog(mallory, 'submit', { ...data, dialog: 'join' }, messageId)
    }
    await tells(chat, mallory, 'suivant')
    expect(said(one)).toMatch(/0 sur 4/u)
    expect(said(one)).not.toContain('Étape 5 sur 7')
    expect(said(chat)).not.toContain('Étape 4 sur 7')
  })

  it('reads nothing of what another wrote in hers', { timeout: 90_000 }, async () => {
    const { botUrl } = await twoWorkshops()
    const his = await ownChat(paul, botUrl)
    await tells(his, paul, 'Le secret de Paul : Une phrase.')
    await tells(his, paul, '1')
    const hers = await ownChat(lea, botUrl)
    expect(await tells(hers, lea, '1')).toContain('Pour quel atelier')
    await tells(hers, lea, '1')
    await tells(hers, lea, 'étape')
    expect(said(hers)).not.toContain('Le secret de Paul')
  })
})
