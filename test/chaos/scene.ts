import { type Guest, type TestConnector, wordsIn } from '../support/connector.ts'
import { latest } from '../support/weather.ts'
import { claire, others } from '../support/wire.ts'
import { type Client, client } from './client.ts'
import type { Ledger } from './ledger.ts'

/** What whoever ends processes wants to know of. */
export interface Moments {
  /** An activity that changes something is on its way. */
  sending(): void
  /** Someone was just told that something is kept. */
  acknowledged(): void
  /** A step will last until then. */
  deadline(at: number): void
}

/** What one workshop is played with. */
export interface Setting {
  name: string
  url: string
  chance: () => number
  seed: number
  moments: Moments
  record(meeting: string): Promise<string | null>
  /** Where documents are, now. */
  site(): string
  /** At so many of the first steps people may stay until it rings. */
  stays: number
}

export const people: Guest[] = [claire, ...others]

/** The people of one workshop, in its chat. */
export interface Scene extends Setting {
  connector: TestConnector
  ledger: Ledger
  host: Client
  seats: Client[]
  /** Waits for this to be true; now and then the facilitator types « afficher ». Whatever throws is tried again. */
  comes(what: string, isTrue: () => boolean | Promise<boolean>, withinMs?: number): Promise<void>
}

/** Real milliseconds: between two looks, before she asks to see what does not come, before all is given up. */
const patience = { look: 250, ask: 9000, all: 150_000 }

export function scene(setting: Setting, connector: TestConnector, book: Ledger): Scene {
  const [host, ...seats] = people.map((one) => client(connector, one))
  if (!host) throw new Error('nobody facilitates')

  async function comes(what: string, isTrue: () => boolean | Promise<boolean>, withinMs = patience.all) {
    const end = Date.now() + withinMs
    for (let next = Date.now() + patience.ask; !(await tried(async () => isTrue())); ) {
      if (Date.now() > end) throw new Error(`never came: ${what}`)
      if (Date.now() > next) {
        next = Date.now() + patience.ask
        await typed(book, host as Client, 'afficher')
      }
      await pause(patience.look * (0.5 + setting.chance()))
    }
  }
  return { ...setting, connector, ledger: book, host, seats, comes }
}

export const tried = <T>(work: () => Promise<T>): Promise<T | null> => work().catch(() => null)

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** What is typed may be typed again, and answered each time. */
export async function typed(book: Ledger, one: Client, text: string): Promise<void> {
  const from = Date.now()
  await tried(() => one.types(text))
  book.entries.push({ did: 'asked', from, to: Date.now() + latest })
}

/** All that stands in the chat. */
export const said = ({ connector }: Scene): string =>
  connector
    .activities()
    .map(({ card }) => wordsIn(card))
    .join('\n')
