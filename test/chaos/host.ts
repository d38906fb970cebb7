import { linksIn, wordsAt } from '../support/finished.ts'
import { latest } from '../support/weather.ts'
import { stale } from './checker.ts'
import { offers } from './client.ts'
import { formatId } from './format.ts'
import { pause, type Scene, said, typed } from './scene.ts'

/** What the one who facilitates does, pressing again what got no answer. */

export async function launched(here: Scene): Promise<void> {
  const { connector, host, ledger: book } = here
  await here.comes('the welcome', async () => {
    const from = Date.now()
    const { status } = await connector.installed(host.who)
    book.entries.push({ did: 'asked', from, to: Date.now() + latest })
    return status === 200
  })
  await typed(book, host, `lancer ${formatId}`)
  await here.comes('the launch', async () => {
    if (await here.record(connector.conversationId).then((text) => text?.includes('"lobby"'))) return true
    await pause(1500)
    await typed(book, host, `lancer ${formatId}`)
    return false
  })
}

/** Presses what leads to a step until its card is there. */
export async function goTo(here: Scene, step: number): Promise<void> {
  here.ledger.entries.push({ did: 'moved', step, at: Date.now() })
  await here.comes(`step ${step}`, async () => {
    const isThere = () => said(here).includes(`Étape ${step} sur 7`)
    if (isThere()) return true
    const place = step === 1 ? 'lobby' : 'step/'
    const verb = step === 1 ? 'start' : 'next'
    const card = await here.host.view(place)
    if (isThere() || !offers(card, verb)) return isThere()
    here.moments.sending()
    await here.host.press(card, verb)
    return isThere()
  })
}

/** Stays at a step: sometimes until it rings, sometimes after a pause, sometimes not at all. */
export async function lingers(here: Scene, step: number): Promise<void> {
  if (here.chance() < 0.3) return
  if (here.chance() < 0.4) await paused(here)
  const rang = () => here.ledger.entries.some((one) => one.did === 'read' && one.step === step && one.rang)
  // Nobody says a word meanwhile: what is said would wake whoever forgot.
  for (const end = Date.now() + 70_000; !rang() && Date.now() < end; ) await pause(300)
}

async function paused(here: Scene): Promise<void> {
  for (const [verb, status] of [
    ['pause', 'paused'],
    ['resume', 'running'],
  ] as const) {
    await here.comes(verb, async () => {
      const last = here.ledger.entries.findLast((one) => one.did === 'read')
      if (last?.did === 'read' && last.status === status) return true
      const card = await here.host.view('step/')
      if (offers(card, verb)) await here.host.press(card, verb)
      await pause(600)
      return false
    })
    await pause(here.chance() * 2500)
  }
}

export async function ended(here: Scene): Promise<void> {
  const { connector, host, ledger: book } = here
  book.entries.push({ did: 'moved', step: 8, at: Date.now() })
  const closing = () => connector.activities().findLast((one) => linksIn(one.card).length > 0)
  await here.comes('the end', async () => {
    if (closing()) return true
    const card = await host.view('step/conclusion')
    if (offers(card, 'next')) await host.press(card, 'next')
    return closing() !== undefined
  })
  // A message that nobody could vouch for is mended once a client shows it.
  await here.comes('the cards as they are in the end', async () => {
    await host.looksBack()
    await pause(1500)
    return stale(connector.activities().map(({ card }) => card)).length === 0
  })
  await here.comes('the summary', async () => {
    const link = new URL(linksIn(closing()?.card)[0] ?? '')
    const text = await wordsAt(`${here.site()}${link.pathname}${link.search}`)
    book.entries.push({ did: 'fetched', text })
    return true
  })
}

/** Every subject is on the card of the step. */
export async function shared(here: Scene): Promise<void> {
  await here.comes('the subjects', async () => {
    const card = await here.host.view('step/qualifier')
    if (offers(card, 'cards-show-all')) await here.host.press(card, 'cards-show-all')
    const words = said(here)
    return here.seats.every(({ who }) => words.includes(`Sujet de ${who.name}, v`))
  })
}

export async function revealed(here: Scene): Promise<void> {
  await here.comes('the matrix', async () => {
    const card = await here.host.view('step/classer')
    if (offers(card, 'reveal')) await here.host.press(card, 'reveal')
    return /À porter en priorité|[Dd]ésirabilité \d/u.test(said(here))
  })
}
