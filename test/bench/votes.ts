import { chance } from '../fuzz/chance.ts'
import { startedBot } from './bot.ts'
import { freshGround, type Ground } from './ground.ts'
import { inSeconds, type Line, perSecond, spread } from './line.ts'
import { closedLoop, noRound, rate, type Shot, together, voteOn } from './load.ts'
import { type Alike, aroundMatrix, type Ballot } from './meetings.ts'
import { startPlatform } from './platform.ts'
import { contender, started } from './processes.ts'
import type { Setting } from './size.ts'

/** Of the echo bot's turns: on files flushed to disk, and on another store. */
const shares = { disk: 0.7, elsewhere: 0.5 }

/** Votes at full speed, over many meetings, in turn with a bot that does nothing. */
export async function votes({ size, seed, profile, env }: Setting): Promise<Line[]> {
  const dice = chance(seed)
  const platform = await startPlatform()
  const meetings = aroundMatrix(10, platform.url)
  const ground = await freshGround(env)
  await ground.fill(counted(meetings, size.meetings))
  const echo = await started({ script: contender('echo') })
  const bot = await startedBot(ground.env, profile)
  const ballots = Array.from({ length: size.meetings }, (_, index) => meetings.ballots(index)).flat()
  const vote = (url: string) => (): Shot => ({ url, body: voteOn(dice.one(ballots), platform.url, dice) })
  const run = (url: string, ms: number) => closedLoop(vote(url), size.atOnce, ms)

  const warm = { echo: await run(echo.url, size.roundMs / 2), bot: await run(bot.url, size.roundMs / 2) }
  let all = { echo: noRound, bot: noRound }
  for (let round = 0; round < size.rounds; round += 1) {
    const echoed = await run(echo.url, size.roundMs)
    const voted = await run(bot.url, size.roundMs)
    // What is still to be shown would slow the other one down.
    await platform.quiet(300)
    all = { echo: together(all.echo, echoed), bot: together(all.bot, voted) }
  }
  await bot.end()
  await echo.end()
  const lost = all.bot.took.length + warm.bot.took.length - (await kept(ground, meetings, size.meetings))
  await platform.close()
  await ground.clear()
  const share = rate(all.bot) / rate(all.echo)
  const least = env.DATABASE_URL ? shares.elsewhere : shares.disk
  return [
    {
      what: `votes a second, ${size.atOnce} under way at once over ${size.meetings} meetings (${ground.name}; ${inSeconds(all.bot.ms)} each, in turn)`,
      measured: `${perSecond(rate(all.bot))}, ${spread(all.bot.took)}; ${all.bot.failed} failed, ${lost} lost`,
      against: `an echo bot of the same SDK on the same invokes: ${perSecond(rate(all.echo))}, ${spread(all.echo.took)}`,
      goal: `at least ${least} of its turns, none lost`,
      reached: share >= least && all.bot.failed === 0 && lost === 0,
    },
    {
      what: 'the same, as a share',
      measured: share.toFixed(2),
      against: '1',
      goal: '',
      reached: null,
    },
  ]
}

export function* counted(meetings: Alike, count: number, from = 0) {
  for (let index = from; index < from + count; index += 1) yield meetings.record(index)
}

/** Votes that stand in the records: each save of a page counts one. */
export async function kept(ground: Ground, meetings: Alike, count: number): Promise<number> {
  const store = ground.store()
  let sum = 0
  for (let index = 0; index < count; index += 1) {
    const session = (await store.load(meetings.id(index)))?.sessions.at(-1)
    for (const answer of Object.values(session?.answers.classer ?? {}))
      sum += Number(Object(answer).edits)
  }
  await store.close()
  return sum
}

export type { Ballot }
