import { startConnector, type TestConnector, wordsIn } from '../support/connector.ts'
import { courier, weather } from '../support/weather.ts'
import type { Client } from './client.ts'
import { ended, goTo, launched, lingers, revealed, shared } from './host.ts'
import { type Ledger, ledger } from './ledger.ts'
import { introduces, leavesAddress, rates, thinks } from './participant.ts'
import { people, type Scene, type Setting, scene } from './scene.ts'
import { watched } from './watch.ts'

export interface Played {
  ledger: Ledger
  connector: TestConnector
  /** Activities: sent, delivered twice, overtaken. */
  sent: number
  twice: number
  overtaken: number
}

/** One workshop of format #1 from its launch to its summary, by people who press again what gets no answer. */
export async function workshop(setting: Setting): Promise<Played> {
  const post = traffic(setting.seed)
  const connector = await startConnector({
    people,
    conversationId: `19:meeting_${setting.name}@thread.v2`,
    botUrl: setting.url,
    limits: true,
    weather: weather(setting.seed, 0.15),
    courier: post.carry,
  })
  const played = { ledger: ledger(connector.conversationId), connector }
  const watch = watched({
    book: played.ledger,
    read: setting.record,
    said: () => connector.activities().map(({ card }) => wordsIn(card)),
    moments: setting.moments,
  })
  try {
    await play(scene(setting, connector, played.ledger))
  } catch (error) {
    played.ledger.entries.push({ did: 'stuck', why: error instanceof Error ? error.message : String(error) })
  }
  await post.allCame()
  await watch.stop()
  return { ...played, ...post.counted() }
}

/** The courier of the other tests, whose ways are counted. */
function traffic(seed: number) {
  const post = courier(seed)
  let sent = 0
  let overtaken = 0
  let latestIn = 0
  const carry: typeof post.carry = (activity, deliver) => {
    const number = ++sent
    return post.carry(activity, (one) => {
      if (number < latestIn) overtaken += 1
      latestIn = Math.max(latestIn, number)
      return deliver(one)
    })
  }
  return { carry, allCame: post.allCame, counted: () => ({ sent, twice: post.twice(), overtaken }) }
}

async function play(here: Scene): Promise<void> {
  await launched(here)
  await each(here, (one) => introduces(here, one))
  for (const step of [1, 2, 3]) {
    await goTo(here, step)
    if (step <= here.stays) await lingers(here, step)
  }
  await goTo(here, 4)
  await each(here, (one) => thinks(here, one))
  await goTo(here, 5)
  await shared(here)
  await goTo(here, 6)
  await each(here, (one) => rates(here, one))
  await revealed(here)
  await goTo(here, 7)
  await each(here, (one) => leavesAddress(here, one))
  await ended(here)
}

const each = (here: Scene, act: (one: Client) => Promise<void>): Promise<unknown> =>
  Promise.all(here.seats.map(act))
