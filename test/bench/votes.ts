import { chance } from '../fuzz/chance.ts'
import { startedBot } from './bot.ts'
import { fill, freshGround, type Ground } from './ground.ts'
import { inSeconds, type Line, perSecond, spread } from './line.ts'
import { closedLoop, lineFrom, noRound, type Round, rate, type Shot, together, voteOn } from './load.ts'
import { type Alike, aroundMatrix } from './meetings.ts'
import { startPlatform } from './platform.ts'
import { contender, started } from './processes.ts'
import type { Setting } from './size.ts'

/** Of the echo bot's turns: with files flushed to disk, and with another store. */
const shares = { disk: 0.7, elsewhere: 0.5 }

/** Votes at full speed over many meetings, in turn with a bot that does nothing. */
export async function votes({ size, seed, profile, env }: Setting): Promise<Line[]> {
  const dice = chance(seed)
  const [platform, unlimited] = [await startPlatform(), await startPlatform({ limits: false })]
  const meetings = aroundMatrix(10, platform.url)
  const ground = await freshGround(env)
  await fill(ground, counted(meetings, size.meetings))
  const echo = await started({ script: contender('echo') })
  const bot = await startedBot(ground.env, profile)
  const ballots = Array.from({ length: size.meetings }, (_, index) => meetings.ballots(index)).flat()
  const vote = (url: string) => (): Shot => ({
    url,
    body: voteOn(dice.one(ballots), platform.url, dice),
    expects: 'card',
  })
  const line = (): Shot => ({
    url: echo.url,
    body: lineFrom(dice.one(ballots), unlimited.url),
    expects: 'nothing',
  })
  const contenders = { bot: vote(bot.url), echo: line, invoked: vote(echo.url) }
  const all = { bot: noRound, echo: noRound, invoked: noRound }
  let warm = 0
  for (let round = 0; round <= size.rounds; round += 1)
    for (const who of ['echo', 'invoked', 'bot'] as const) {
      const played = await closedLoop(contenders[who], size.atOnce, size.roundMs)
      // What is still to be shown would slow the next one down.
      if (who === 'bot') await platform.quiet(300)
      if (round > 0) all[who] = together(all[who], played)
      else if (who === 'bot') warm = played.took.length
    }
  await bot.end()
  await echo.end()
  const lost = all.bot.took.length + warm - (await kept(ground, meetings, size.meetings))
  for (const one of [platform, unlimited]) await one.close()
  await ground.clear()
  const least = env.DATABASE_URL ? shares.elsewhere : shares.disk
  const share = rate(all.bot) / rate(all.echo)
  const measured = `${turns(all.bot)}; ${all.bot.failed} failed, ${lost} lost`
  return [
    {
      what: `votes, ${size.atOnce} under way at once over ${size.meetings} meetings, ${inSeconds(all.bot.ms)} in ${size.rounds} rounds (${ground.name})`,
      measured,
      against: `the SDK’s echo bot, a message sent back to the chat: ${turns(all.echo)}; share ${share.toFixed(2)}`,
      goal: `share of ${least} or more, none lost`,
      reached: share >= least && all.bot.failed === 0 && lost === 0,
    },
    {
      what: 'the same votes',
      measured,
      against: `an invoke answered with itself, nothing sent, nothing kept: ${turns(all.invoked)}; share ${(rate(all.bot) / rate(all.invoked)).toFixed(2)}`,
      goal: '',
      reached: null,
    },
  ]
}

const turns = (round: Round): string => `${perSecond(rate(round))}, ${spread(round.took)}`

/** So many records, one at a time: they do not all fit in memory. */
export function* counted(meetings: Alike, count: number, from = 0) {
  for (let index = from; index < from + count; index += 1) yield meetings.record(index)
}

/** Pages saved, as the records tell: each counts one, also when it is saved again. */
async function kept(ground: Ground, meetings: Alike, count: number): Promise<number> {
  const store = ground.store()
  let sum = 0
  for (let index = 0; index < count; index += 1) {
    const session = (await store.load(meetings.id(index)))?.sessions.at(-1)
    for (const answer of Object.values(session?.answers.classer ?? {})) sum += Number(Object(answer).edits)
  }
  await store.close()
  return sum
}
