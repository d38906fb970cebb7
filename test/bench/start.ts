import { type Bot, startedBot } from './bot.ts'
import { fill, type Ground } from './ground.ts'
import { type Grounds, type Kind, nameOf } from './grounds.ts'
import { type Group, inSeconds, quantile, type Row } from './line.ts'
import { aroundMatrix } from './meetings.ts'
import { pause, startPlatform } from './platform.ts'
import { contender, started } from './processes.ts'
import type { Setting, Size } from './size.ts'
import { counted } from './votes.ts'

const longestRestartMs = 3000

/** After so long, alarms that are not set will not be. */
const longestArmingMs = 60_000

/** From the start of the process until it says that it is ready, and every alarm is set. */
export async function start({ size, grounds }: Setting): Promise<Group[]> {
  const platform = await startPlatform()
  const players: Player[] = []
  for (const kind of grounds.kinds) players.push(await player(kind, grounds, size, platform.url))
  const echo: number[] = []
  for (let turn = 0; turn < size.starts; turn += 1) {
    echo.push(await timed(() => started({ script: contender('echo') })))
    for (const one of players) await startedTwice(one, size.restarted)
  }
  for (const { empty, full } of players) for (const ground of [empty, full]) await ground.clear()
  await platform.close()
  return [
    {
      title: 'Starting',
      told: `From the start of the process until \`/readyz\` answers 200, then until every alarm is set; stopped by SIGTERM before. Median of ${size.starts}. Echo: the SDK’s bot, until it listens.`,
      heads: ['sessions under way', 'ready after', 'all armed after', 'alarms'],
      rows: [
        { who: 'the SDK’s echo', cells: ['', inSeconds(quantile(echo, 0.5)), '', ''], goal: null },
        ...players.flatMap((one) => rowsOf(one, size.restarted)),
      ],
    },
  ]
}

interface Player {
  kind: Kind
  empty: Ground
  full: Ground
  cold: number[]
  ready: number[]
  armed: number[]
  /** The fewest that were found. */
  alarms: number
}

async function player(kind: Kind, grounds: Grounds, { restarted }: Size, url: string): Promise<Player> {
  const [empty, full] = [await grounds.fresh(kind), await grounds.fresh(kind)]
  await fill(full, counted(aroundMatrix(10, url), restarted))
  return { kind, empty, full, cold: [], ready: [], armed: [], alarms: restarted }
}

async function startedTwice(one: Player, count: number): Promise<void> {
  one.cold.push(await timed(() => ready(one.empty.env)))
  const begun = performance.now()
  const bot = await ready(one.full.env)
  one.ready.push(performance.now() - begun)
  const found = await allArmed(one.full, bot, count)
  one.armed.push(performance.now() - begun)
  one.alarms = Math.min(one.alarms, found)
  await bot.end()
}

async function allArmed(ground: Ground, bot: Bot, count: number): Promise<number> {
  const begun = performance.now()
  for (;;) {
    const found = await ground.armed(bot)
    if (found >= count || performance.now() - begun > longestArmingMs) return found
    await pause(10)
  }
}

async function timed<One extends { end(): Promise<void> }>(begin: () => Promise<One>): Promise<number> {
  const begun = performance.now()
  const one = await begin()
  const ms = performance.now() - begun
  await one.end()
  return ms
}

async function ready(env: Record<string, string>): Promise<Bot> {
  const bot = await startedBot(env)
  while (!(await bot.ask('/readyz')).includes('"ready"'));
  return bot
}

function rowsOf({ kind, cold, ready, armed, alarms }: Player, count: number): Row[] {
  const [fromNone, answers, all] = [cold, ready, armed].map((those) => quantile(those, 0.5))
  return [
    { who: nameOf[kind], cells: ['0', inSeconds(fromNone ?? 0), '', ''], goal: null },
    {
      who: nameOf[kind],
      cells: [String(count), inSeconds(answers ?? 0), inSeconds(all ?? 0), String(alarms)],
      goal: {
        says: `all armed under ${inSeconds(longestRestartMs)}`,
        reached: (all ?? 0) < longestRestartMs && alarms === count,
      },
    },
  ]
}
