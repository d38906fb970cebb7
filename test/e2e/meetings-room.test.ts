import { describe, expect, it } from 'vitest'
import { chromiumPath, enterRoom, phone } from '../support/browser.ts'
import { button, chat, join, launch, next, reads } from '../support/in-chat.ts'
import { roomAndBrowser } from '../support/in-room.ts'

describe.skipIf(!chromiumPath)('a meeting and a personal chat in the room’s browser (needs Chromium)', () => {
  const { url, browser, errors } = roomAndBrowser()

  it('its end asks the facilitator; someone on a phone answers in her own chat', {
    timeout: 120_000,
  }, async () => {
    const claire = await enterRoom(browser(), url(), { name: 'Claire Martin', role: 'organizer' })
    await reads(claire, 'Lancer cet atelier')
    await launch(claire, 0)
    await reads(claire, 'Qui êtes-vous')
    // The room starts its meeting as someone enters: the welcome card offers the launch already.
    expect(await chat(claire).innerText()).not.toContain('La réunion a commencé')
    const luc = await enterRoom(browser(), url(), { name: 'Luc Roy', role: 'attendee', viewport: phone })
    await join(luc, 'Luc', 'Roy', 'Citoyen')
    await button(claire, 'Démarrer l’atelier').click()
    await reads(claire, 'Étape 1 sur 7')
    for (const step of [2, 3, 4]) await next(claire, step)

    await claire.getByRole('button', { name: 'Terminer la réunion' }).click()
    await reads(luc, 'Claire Martin peut le terminer ou le reprendre un autre jour')
    await button(claire, 'Reprendre plus tard').click()
    await reads(luc, 'L’atelier a été mis en pause')
    await claire.getByRole('button', { name: 'Rouvrir la réunion' }).click()
    await button(claire, 'Reprendre l’atelier').click()

    await luc.getByRole('button', { name: 'Conversations' }).click()
    await luc.getByText('Écrire à Ouverture en privé').click()
    const own = luc.getByPlaceholder(/mes ateliers/u)
    await own.fill('Un budget lisible : Le publier en images.')
    await luc.keyboard.press('Enter')
    await reads(luc, 'Ce que vous avez donné')
    await own.fill('terminé')
    await luc.keyboard.press('Enter')
    await reads(claire, '1 sur 1 a terminé')
    expect(await chat(claire).innerText()).not.toContain('Un budget lisible')
    await next(claire, 5)
    expect(errors()).toEqual([])
  })
})
