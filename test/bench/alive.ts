import { chance } from '../fuzz/chance.ts'
import { broken } from '../support/checker.ts'
import { startedBot } from './bot.ts'
import { fill, freshGround } from './ground.ts'
import { inSeconds, type Line, perSecond, quantile, spread } from './line.ts'
import { openLoop, rate, voteOn } from './load.ts'
import { aroundMatrix } from './meetings.ts'
import { startPlatform } from './platform.ts'
import { contender, started } from './processes.ts'
import type { Setting } from './size.ts'
import { counted } from './votes.ts'

const most = { p99Ms: 300, megabytes: 1024 }

/** Many meetings of ten people in one process, who vote when they please. */
export async function alive({ size, seed, env }: Setting): Promise<Line[]> {
  const dice = chance(seed)
  const platform = await startPlatform()
  const meetings = aroundMatrix(10, platform.url)
  const ground = await freshGround(env)
  await fill(ground, counted(meetings, size.alive))
  const ballots = Array.from({ length: size.alive }, (_, index) => meetings.ballots(index)).flat()
  const echo = await started({ script: contender('echo') })
  const bot = await startedBot(ground.env)
  const lines: Line[] = []
  for (const [who, everyS] of [
    ['each meeting', 10],
    ['each meeting', 2],
    ['each person', 10],
  ] as const) {
    const aSecond = (size.alive * (who === 'each person' ? 10 : 1)) / everyS
    const run = (url: string) =>
      openLoop(() => ({ url, body: voteOn(dice.one(ballots), platform.url, dice), expects: 'card' }), {
        aSecond,
        forMs: size.aliveMs,
        chance: dice,
      })
    const [theirs, from] = [await run(echo.url), platform.requests.length]
    const ours = await run(bot.url)
    const megabytes = (await bot.figure('process_resident_memory_bytes')) / 2 ** 20
    const over = broken(platform.requests.slice(from))
    lines.push({
      what: `${size.alive} meetings of ten alive, ${who} voting every ${everyS} s (${perSecond(aSecond)}) for ${inSeconds(size.aliveMs)}`,
      measured: `${perSecond(rate(ours))} answered, ${spread(ours.took)}, ${ours.failed} failed; ${Math.round(megabytes)} MB; limits broken: ${over.length}${ours.behind ? '; fell behind, and was stopped' : ''}`,
      against: `the echo bot’s invokes at the same rate: ${perSecond(rate(theirs))} answered, ${spread(theirs.took)}`,
      goal: `p99 under ${most.p99Ms} ms, under ${most.megabytes} MB, no limit broken`,
      reached:
        quantile(ours.took, 0.99) < most.p99Ms &&
        megabytes < most.megabytes &&
        over.length + ours.failed === 0,
    })
  }
  await bot.end()
  await echo.end()
  await platform.close()
  await ground.clear()
  return lines
}
