import { chance } from '../support/weather.ts'
import { countedIn, type Findings, findings, type Remains } from './checker.ts'
import { type Ground, ground, type StoreName } from './ground.ts'
import { reaper, type Toll } from './reaper.ts'
import { pause } from './scene.ts'
import { type Played, workshop } from './workshop.ts'

export interface Plan {
  store: StoreName
  /** Workshops at once. */
  workshops: number
  kills: number
  seed: number
  /** After so many real milliseconds nobody is killed any more, and no workshop begins. */
  withinMs: number
  /** At so many of the first steps people may stay until it rings. */
  stays: number
  tell?(what: string): void
}

export interface Outcome {
  plan: Plan
  toll: Toll
  counts: Counts
  found: Findings
  remains: Remains[]
  tookMs: number
}

export interface Counts {
  workshops: number
  sent: number
  twice: number
  overtaken: number
  told: number
  rings: number
  posts: number
  refused: number
}

/** Workshops are played, each after another in as many lanes as asked, until enough processes have died. */
export async function chaos(plan: Plan): Promise<Outcome> {
  const begun = Date.now()
  const place = await ground(plan.store)
  const death = reaper(place, { kills: plan.kills, chance: chance(plan.seed), until: begun + plan.withinMs })
  const played: Played[] = []

  async function lane(number: number): Promise<void> {
    for (let round = 1; round === 1 || !death.isOver(); round += 1) {
      const seed = plan.seed * 10_000 + number * 100 + round
      const one = await workshop({
        name: `${number}_${round}`,
        url: place.url,
        chance: chance(seed),
        seed,
        moments: death.moments,
        record: place.record,
        site: place.site,
        stays: plan.stays,
      })
      played.push(one)
      plan.tell?.(`${played.length} workshops, ${death.toll.kills} kills`)
    }
  }

  try {
    await Promise.all([
      death.over,
      ...Array.from({ length: plan.workshops }, (_, number) => lane(number + 1)),
    ])
    // Nothing of what is over comes back with another start.
    await each(place, place.kill)
    await each(place, place.start)
    await pause(afterwards)
    const remains = await Promise.all(played.map((one) => left(one, place.record)))
    return {
      plan,
      toll: death.toll,
      counts: counted(played, remains),
      found: findings(remains),
      remains,
      tookMs: Date.now() - begun,
    }
  } finally {
    await Promise.all(played.map(({ connector }) => connector.close()))
    await place.close()
  }
}

/** Real milliseconds: what was left in a hurry is shown by then. */
const afterwards = 4000

const each = ({ instances }: Ground, act: (instance: number) => Promise<void>): Promise<unknown> =>
  Promise.all(Array.from({ length: instances }, (_, instance) => act(instance)))

/** Once all there was to show is shown. */
async function left(
  { ledger, connector }: Played,
  read: (meeting: string) => Promise<string | null>,
): Promise<Remains> {
  const end = Date.now() + 60_000
  let record = await read(ledger.meeting)
  while (record && /"state":"(?:due|trying)"/u.test(record) && Date.now() < end) {
    await pause(500)
    record = await read(ledger.meeting)
  }
  return {
    ledger,
    record,
    requests: [...connector.requests],
    chat: connector.activities().map(({ card }) => card),
  }
}

function counted(played: readonly Played[], remains: readonly Remains[]): Counts {
  const sum = (numbers: number[]) => numbers.reduce((total, one) => total + one, 0)
  const of = remains.map(countedIn)
  return {
    workshops: played.length,
    sent: sum(played.map((one) => one.sent)),
    twice: sum(played.map((one) => one.twice)),
    overtaken: sum(played.map((one) => one.overtaken)),
    told: sum(of.map((one) => one.told)),
    rings: sum(of.map((one) => one.rings)),
    posts: sum(of.map((one) => one.posts)),
    refused: sum(of.map((one) => one.refused)),
  }
}
