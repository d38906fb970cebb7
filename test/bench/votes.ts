import { join } from 'node:path'
import { type Chance, chance } from '../fuzz/chance.ts'
import { type Bot, startedBot } from './bot.ts'
import { fill, type Ground } from './ground.ts'
import { type Kind, nameOf } from './grounds.ts'
import { type Group, inSeconds, percent, perSecond, type Row, spread } from './line.ts'
import { busy, closedLoop, lineFrom, noRound, type Round, rate, type Shot, together, voteOn } from './load.ts'
import { type Alike, aroundMatrix, type Ballot } from './meetings.ts'
import { type Platform, startPlatform } from './platform.ts'
import { contender, started } from './processes.ts'
import type { Setting } from './size.ts'

/** Of the echo bot's turns. */
const shares: Record<Kind, number> = { files: 0.7, database: 0.5 }

/** The most of one processor's time that the generator may take for its figures to be the contenders'. */
const unhurried = 0.9

/** Votes at full speed over many meetings, in turn with a bot that does nothing. */
export async function votes(setting: Setting): Promise<Group[]> {
  const { size, seed, grounds } = setting
  const dice = chance(seed)
  const unlimited = await startPlatform({ limits: false })
  const echo = await started({ script: contender('echo') })
  const players = await Promise.all(grounds.kinds.map((kind) => player(kind, setting, dice)))
  const [first] = players
  if (!first) return []
  const line = (): Shot => ({
    url: echo.url,
    body: lineFrom(dice.one(first.ballots), unlimited.url),
    expects: 'nothing',
  })
  const others = {
    echo: { next: line, round: noRound },
    invoked: { next: () => first.vote(echo.url), round: noRound },
  }
  for (let turn = 0; turn <= size.rounds; turn += 1) {
    const shoot = (next: () => Shot) => closedLoop(next, size.atOnce, size.roundMs)
    for (const one of Object.values(others)) one.round = counting(turn, one.round, await shoot(one.next))
    for (const one of players) {
      const played = await shoot(() => one.vote(one.bot.url))
      one.given += played.took.length - played.failed
      one.round = counting(turn, one.round, played)
      // What is still to be shown would slow the next one down.
      await one.platform.quiet(300)
    }
  }
  await echo.end()
  await unlimited.close()
  const { echo: base, invoked } = others
  const ours = []
  for (const one of players) ours.push(rowOf(one, base.round, await ended(one, size.meetings)))
  return [
    {
      title: 'Votes at full speed',
      told: `Each is read, decided, saved and answered with a card, ${size.atOnce} under way at once over ${size.meetings} meetings of ten; every ${inSeconds(size.roundMs)} the next contender has its turn, ${size.rounds} times. Echo: a message is sent back to its chat by a bot of the same SDK. Invoke: the same bot answers a vote with itself; nothing is sent, nothing kept.`,
      heads: ['answered', 'p50', 'p99', 'share of the echo', 'failed', 'lost', 'generator at work'],
      rows: [
        { who: 'the SDK’s echo', cells: cells(base.round, base.round, ''), goal: null },
        { who: 'the SDK’s invoke', cells: cells(invoked.round, base.round, ''), goal: null },
        ...ours,
      ],
    },
  ]
}

interface Player {
  kind: Kind
  ground: Ground
  platform: Platform
  meetings: Alike
  ballots: Ballot[]
  bot: Bot
  vote(url: string): Shot
  round: Round
  /** Votes that were acknowledged, from the first. */
  given: number
}

/** Each has a tenant of its own: the platform's limits are for one. */
async function player(kind: Kind, { size, profile, grounds }: Setting, dice: Chance): Promise<Player> {
  const platform = await startPlatform()
  const meetings = aroundMatrix(10, platform.url)
  const ballots = Array.from({ length: size.meetings }, (_, index) => meetings.ballots(index)).flat()
  const ground = await grounds.fresh(kind)
  await fill(ground, counted(meetings, size.meetings))
  const bot = await startedBot(ground.env, profile === null ? null : join(profile, kind))
  const vote = (url: string): Shot => ({
    url,
    body: voteOn(dice.one(ballots), platform.url, dice),
    expects: 'card',
  })
  return { kind, ground, platform, meetings, ballots, bot, vote, round: noRound, given: 0 }
}

/** The first turn warms up. */
const counting = (turn: number, sum: Round, played: Round): Round =>
  turn === 0 ? sum : together(sum, played)

/** How many acknowledged votes are not in the records. */
async function ended({ bot, platform, ground, meetings, given }: Player, count: number): Promise<number> {
  await bot.end()
  await platform.close()
  const lost = given - (await kept(ground, meetings, count))
  await ground.clear()
  return lost
}

function rowOf({ kind, round }: Player, echo: Round, lost: number): Row {
  const sound = round.failed + echo.failed === 0 && lost === 0 && busy(echo) < unhurried
  return {
    who: nameOf[kind],
    cells: cells(round, echo, String(lost)),
    goal: {
      says: `share of ${shares[kind]} or more, none lost`,
      reached: sound && rate(round) / rate(echo) >= shares[kind],
    },
  }
}

const cells = (round: Round, echo: Round, lost: string): string[] => [
  perSecond(rate(round)),
  ...spread(round.took),
  (rate(round) / rate(echo)).toFixed(2),
  String(round.failed),
  lost,
  percent(busy(round)),
]

/** So many records, one at a time: they do not all fit in memory. */
export function* counted(meetings: Alike, count: number, from = 0) {
  for (let index = from; index < from + count; index += 1) yield meetings.record(index)
}

/** Pages saved, as the records tell: each counts one, also when it is saved again. */
async function kept(ground: Ground, meetings: Alike, count: number): Promise<number> {
  const store = await ground.store()
  let sum = 0
  for (let index = 0; index < count; index += 1) {
    const session = (await store.load(meetings.id(index)))?.sessions.at(-1)
    for (const answer of Object.values(session?.answers.classer ?? {})) sum += Number(Object(answer).edits)
  }
  await store.close()
  return sum
}
