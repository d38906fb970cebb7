import { chance } from '../fuzz/chance.ts'
import { startedBot } from './bot.ts'
import { fill, freshGround } from './ground.ts'
import { inMs, inSeconds, type Line, quantile, spread } from './line.ts'
import { closedLoop, noRound, together, voteOn } from './load.ts'
import { aroundMatrix, overAndDone } from './meetings.ts'
import { startPlatform } from './platform.ts'
import type { Setting } from './size.ts'
import { counted } from './votes.ts'

/** Meetings under way, whatever else is stored. */
const underWay = 10
/** A turn may take so much longer with the most stored than with the fewest. */
const flat = 1.5

/** A vote's cost as records pile up: as many bots, each on a store of its own, in turn. */
export async function stored({ size, seed, env }: Setting): Promise<Line[]> {
  const dice = chance(seed)
  const platform = await startPlatform()
  const meetings = aroundMatrix(underWay, platform.url)
  const over = overAndDone()
  const ballots = Array.from({ length: underWay }, (_, index) => meetings.ballots(index)).flat()
  const bots = []
  for (const count of size.stored) {
    const ground = await freshGround(env)
    await ground.pile(counted(over, count, underWay))
    await fill(ground, counted(meetings, underWay))
    const begun = performance.now()
    const bot = await startedBot(ground.env)
    bots.push({ count, ground, bot, startMs: performance.now() - begun, round: noRound })
  }
  const round = (url: string) =>
    closedLoop(
      () => ({ url, body: voteOn(dice.one(ballots), platform.url, dice), expects: 'card' }),
      4,
      size.roundMs,
    )
  for (const { bot } of bots) await round(bot.url)
  for (let turn = 0; turn < size.rounds; turn += 1)
    for (const one of bots) {
      one.round = together(one.round, await round(one.bot.url))
      await platform.quiet(200)
    }
  for (const { bot, ground } of bots) {
    await bot.end()
    await ground.clear()
  }
  await platform.close()
  const [fewest] = bots
  return bots.map(({ count, round: { took, failed }, startMs }) => ({
    what: `a vote with ${count} meetings stored besides ${underWay} under way, four at once`,
    measured: `${spread(took)}, ${failed} failed; ready ${inSeconds(startMs)} after its start`,
    against: `with ${fewest?.count} stored: ${spread(fewest?.round.took ?? [])}; ready after ${inMs(fewest?.startMs ?? 0)}`,
    goal: `p50 no more than ${flat} times as long`,
    reached: failed === 0 && quantile(took, 0.5) <= flat * quantile(fewest?.round.took ?? [], 0.5),
  }))
}
