import { type Chance, chance } from '../fuzz/chance.ts'
import { type Bot, startedBot } from './bot.ts'
import { fill, type Ground } from './ground.ts'
import { type Kind, nameOf } from './grounds.ts'
import { type Group, inSeconds, quantile, type Row, spread } from './line.ts'
import { closedLoop, noRound, type Round, together, voteOn } from './load.ts'
import { type Alike, aroundMatrix, overAndDone } from './meetings.ts'
import { type Platform, startPlatform } from './platform.ts'
import type { Setting, Size } from './size.ts'
import { counted } from './votes.ts'

/** Meetings under way, whatever else is stored. */
const underWay = 10
/** A turn may take so much longer with the most stored than with the fewest. */
const flat = 1.5

/** A vote's cost as records pile up: as many bots, each on a store of its own, in turn. */
export async function stored({ size, seed, grounds }: Setting): Promise<Group[]> {
  const dice = chance(seed)
  const rows: Row[] = []
  for (const kind of grounds.kinds) {
    const platform = await startPlatform()
    const meetings = aroundMatrix(underWay, platform.url)
    const bots: Grown[] = []
    for (const count of size.stored) bots.push(await grown(count, await grounds.fresh(kind), meetings))
    await inTurn(bots, { size, dice, platform, meetings })
    rows.push(...rowsOf(kind, bots))
    for (const { bot, ground } of bots) {
      await bot.end()
      await ground.clear()
    }
    await platform.close()
  }
  return [
    {
      title: 'A vote as records pile up',
      told: `${underWay} meetings are under way and four votes at once; so many more are stored and over. Each row has a store and a process of its own, in turn within the same minutes, and is compared to the first of its store.`,
      heads: ['stored besides', 'p50', 'p99', 'times the first’s p50', 'failed', 'ready after'],
      rows,
    },
  ]
}

interface Grown {
  count: number
  ground: Ground
  bot: Bot
  startMs: number
  round: Round
}

async function grown(count: number, ground: Ground, meetings: Alike): Promise<Grown> {
  await ground.pile(counted(overAndDone(), count, underWay))
  await fill(ground, counted(meetings, underWay))
  const begun = performance.now()
  const bot = await startedBot(ground.env)
  return { count, ground, bot, startMs: performance.now() - begun, round: noRound }
}

interface Load {
  size: Size
  dice: Chance
  platform: Platform
  meetings: ReturnType<typeof aroundMatrix>
}

/** The first round of each warms up. */
async function inTurn(bots: Grown[], { size, dice, platform, meetings }: Load): Promise<void> {
  const ballots = Array.from({ length: underWay }, (_, index) => meetings.ballots(index)).flat()
  for (let turn = 0; turn <= size.storedRounds; turn += 1)
    for (const one of bots) {
      const next = () => ({
        url: one.bot.url,
        body: voteOn(dice.one(ballots), platform.url, dice),
        expects: 'card' as const,
      })
      const played = await closedLoop(next, 4, size.roundMs)
      if (turn > 0) one.round = together(one.round, played)
      await platform.quiet(200)
    }
}

function rowsOf(kind: Kind, bots: Grown[]): Row[] {
  const [fewest] = bots
  const base = quantile(fewest?.round.took ?? [], 0.5)
  return bots.map((one) => {
    const { took, failed } = one.round
    const times = quantile(took, 0.5) / base
    return {
      who: nameOf[kind],
      cells: [String(one.count), ...spread(took), times.toFixed(2), String(failed), inSeconds(one.startMs)],
      goal:
        one === fewest
          ? null
          : { says: `${flat} times the first’s or less`, reached: failed === 0 && times <= flat },
    }
  })
}
