import { afterEach, describe, expect, it } from 'vitest'
import { type TestConnector, wordsIn } from '../support/connector.ts'
import { seat } from '../support/seat.ts'
import { bot, claire, cleanUp, lobby, meeting, others, ownChat, shows } from '../support/wire.ts'

afterEach(cleanUp)

const [paul] = others as [(typeof others)[0]]

/** What is answered to a line of one's own chat. */
async function answerTo(chat: TestConnector, who: (typeof others)[0], text: string): Promise<string> {
  const before = chat.activities().length
  await chat.message(who, text)
  await chat.until(() => chat.activities().length > before)
  return wordsIn(chat.activities().at(-1)?.card)
}

describe('workshops prepared by typing alone', () => {
  it('have their path, dates, content, team and guests, each line confirmed by the page it changed', {
    timeout: 60_000,
  }, async () => {
    const connector = await meeting()
    const { botUrl, log } = await bot(connector)
    const chat = await ownChat(claire, botUrl)
    const types = (text: string) => answerTo(chat, claire, text)
    expect(await types('aide')).not.toContain('rétroplanning')
    expect(await types('parcours zéro → canevas 16')).toContain('2 ateliers · 16 personnes · 2 groupes')
    expect(await types('date demain')).toContain('date 12/01/2027 14h30')
    const dates = await types('date 12/01/2099 14h30')
    for (const text of ['C’est enregistré', 'Quand se tiennent les ateliers']) expect(dates).toContain(text)
    const early = await types('date 2 05/01/2099 14h30')
    expect(early).toContain('Cet atelier doit venir après le précédent.')
    // Nothing is missing from it.
    expect(early).not.toContain('Il manque')
    expect(await types('équipe A, B, C, D')).toContain('vous en nommez 4')
    expect(await types('suite 01/06/2020 Trop tard')).toContain('Cette date est déjà passée')
    expect(await types('blablabla')).toContain(
      'Je n’ai pas compris cette demande. Voici ce que je peux faire',
    )
    expect(await types('objectif Choisir ensemble')).toContain('Ce que dit votre administration')
    expect(await types('équipe Claire Martin, Karim Benali')).toContain('L’équipe d’organisation')
    expect(await types('inviter Paul Petit, Mairie\nInès Faure')).toContain('Inès Faure')
    expect(await types('inviter Paul Petit\nZoé Noir')).toContain(
      'Une personne est ajoutée à la liste\u00A0; une autre y était déjà.',
    )
    expect(await types('inviter Paul Petit')).toContain('Cette personne était déjà sur la liste.')
    expect(await types('ne plus inviter Zoé Noir')).not.toContain('Zoé')
    expect(await types('confirme Paul')).toContain('1 confirmation')
    expect(await types('rétroplanning')).toContain('· n°\u00A01')
    expect(await types('fait 1')).toContain('✓')
    expect(await types('suite 01/06/2099 Réunir le groupe')).toContain('1er juin 2099')
    expect(await types('aide')).toContain('suite 01/06/2027 réunir le groupe')
    const hub = await types('programme 1')
    // One answer came, and the step « Envoyer les invitations » is still to be ticked off.
    expect(hub).toMatch(/○\s+Les invitations/u)
    for (const text of ['2 sur 3', '1 confirmée sur 2', '2 personnes']) expect(hub + text).toContain(text)
    expect(await types('programme 9 : fait 1')).toContain('n’est pas parmi les vôtres')
    expect(await types('mettre de côté')).toContain('est mis de côté')
    expect(await types('reprendre le programme')).not.toContain('est mis de côté.')
    expect(log.told.filter(({ level }) => level === 'error')).toEqual([])
  })

  it('is done in English too', { timeout: 60_000 }, async () => {
    const connector = await meeting()
    const { botUrl } = await bot(connector)
    const chat = await ownChat(claire, botUrl)
    expect(await answerTo(chat, claire, 'path nothing → roadmap 10')).toContain('3')
    expect(await answerTo(chat, claire, 'invite Ada Nkomo')).toContain('Ada Nkomo')
  })

  it('never takes what someone answers in the workshop she attends: there, a programme is named by its number', {
    timeout: 90_000,
  }, async () => {
    const connector = await meeting()
    const { botUrl } = await bot(connector)
    const { host } = await lobby(connector)
    const chat = await ownChat(paul, botUrl)
    await host.press('start')
    await shows(connector, 'Étape 1 sur 7')
    for (const step of [2, 3, 4]) {
      await host.press('next')
      await shows(connector, `Étape ${step} sur 7`)
    }
    const before = await answerTo(chat, paul, 'préparer')
    expect(before).toContain('D’où partez-vous')
    await seat(chat, paul).press('programme-begin', { from: 'novice', to: 'subject', people: '10' })
    const answered = await answerTo(chat, paul, 'Thème : les cantines des écoles')
    expect(answered).not.toContain('Ce que dit votre administration')
    const meant = await answerTo(chat, paul, 'rétroplanning')
    expect(meant).toContain('programme 1\u00A0: rétroplanning')
    const hub = await answerTo(chat, paul, 'programme 1')
    expect(hub).toContain('0 sur 1')
    expect(await answerTo(chat, paul, 'programme 1 : objectif Choisir')).toContain('C’est enregistré')
    expect(await answerTo(chat, paul, 'programme 7 : rétroplanning')).toContain('parmi les vôtres')
    expect(await answerTo(chat, paul, 'programme 7 des fêtes de la ville')).not.toContain('parmi les vôtres')
  })
})
