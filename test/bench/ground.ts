import { dutiesOf } from '../../src/core/duties.ts'
import type { Meeting } from '../../src/core/meeting.ts'
import type { Store } from '../../src/ports.ts'
import type { Bot } from './bot.ts'

/** Where a bot finds its records: an empty store. */
export interface Ground {
  /** What the bot is started with. */
  env: Record<string, string>
  /** Another process's view of what is stored. */
  store(): Promise<Store>
  /** Puts there records that nobody will ask for, whole but not flushed one by one: so many would take an hour. */
  pile(records: Iterable<Meeting>): Promise<void>
  /** How many alarms of this bot's meetings are set. */
  armed(bot: Bot): Promise<number>
  clear(): Promise<void>
}

/** How many records are saved at once. */
const together = 16

/** As an earlier process would have left them, each with its alarm. */
export async function fill(ground: Ground, records: Iterable<Meeting>): Promise<void> {
  const store = await ground.store()
  await saved(store, records)
  await store.close()
}

export async function saved(store: Store, records: Iterable<Meeting>): Promise<void> {
  const rest = records[Symbol.iterator]()
  const saving = async () => {
    for (let next = rest.next(); !next.done; next = rest.next())
      await store.save(next.value, dutiesOf(null, next.value, Date.now()))
  }
  await Promise.all(Array.from({ length: together }, saving))
}
