import type { TestConnector } from './connector.ts'
import { opened } from './docx.ts'
import type { Seat } from './seat.ts'
import { lobby, shows } from './wire.ts'

/** Format #1 played over the wire to its closing card: each person gives a subject, and her address with consent. */
export async function finished(connector: TestConnector): Promise<{ host: Seat; seats: Seat[] }> {
  const { host, seats } = await lobby(connector)
  const next = async (step: number) => {
    await host.press('next')
    await shows(connector, `Étape ${step} sur 7`)
  }
  await host.press('start')
  await shows(connector, 'Étape 1 sur 7')
  for (const step of [2, 3, 4]) await next(step)
  for (const one of seats)
    await one.press('ideas-done', {
      title1: `Sujet de ${one.who.name}`,
      sentence1: `Une phrase de ${one.who.name}.`,
    })
  await next(5)
  await host.press('cards-show-all')
  await shows(connector, 'Sujet de Paul Petit')
  await next(6)
  await host.press('reveal')
  await next(7)
  for (const one of seats)
    await one.press('feedback-save', { email: `${one.who.id.slice(3)}@example.org`, consent: 'true' })
  await host.press('next')
  await shows(connector, 'Télécharger')
  return { host, seats }
}

/** What stands in the Word document at this address. */
export async function wordsAt(url: string): Promise<string> {
  const body = Buffer.from(await (await fetch(url)).arrayBuffer())
  return opened({ type: '', fileName: '', body }).text
}

/** Addresses of the documents in a card, by what their row says. */
export function linksIn(card: unknown): string[] {
  return [...JSON.stringify(card).matchAll(/"url":"([^"]*\/documents\/[^"]+)"/gu)].map(([, url = '']) => url)
}
