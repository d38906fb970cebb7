import { type Chance, chance } from '../fuzz/chance.ts'
import { broken } from '../support/checker.ts'
import { startedBot } from './bot.ts'
import { fill, type Ground } from './ground.ts'
import { type Kind, nameOf } from './grounds.ts'
import { type Group, inSeconds, percent, perSecond, quantile, type Row, spread } from './line.ts'
import { busy, openLoop, rate, voteOn } from './load.ts'
import { aroundMatrix, type Ballot } from './meetings.ts'
import { startPlatform } from './platform.ts'
import { contender, started } from './processes.ts'
import type { Setting, Size } from './size.ts'
import { counted } from './votes.ts'

const most = { p99Ms: 300, megabytes: 1024 }

/** Who votes how often; the goal speaks of the first. */
const paces = [
  { who: 'a meeting every 10 s', people: 1, everyS: 10 },
  { who: 'a meeting every 2 s', people: 1, everyS: 2 },
  { who: 'a person every 10 s', people: 10, everyS: 10 },
] as const

/** Many meetings of ten people in one process, who vote when they please. */
export async function alive({ size, seed, grounds }: Setting): Promise<Group[]> {
  const dice = chance(seed)
  const rows = await theirs(size, dice)
  for (const kind of grounds.kinds) rows.push(...(await ours(kind, await grounds.fresh(kind), size, dice)))
  return [
    {
      title: `${size.alive} meetings of ten alive in one process`,
      told: `Votes are due at random moments, whether earlier ones were answered or not, and their time counts from then; ${inSeconds(size.aliveMs)} of each pace. Memory is the most the bot’s process held since its start; a database has its own besides. Limits are counted on the platform’s side, from the bot’s start on. Echo: the SDK’s bot answers each vote with itself.`,
      heads: ['due', 'answered', 'p50', 'p99', 'failed', 'memory', 'limits broken', 'generator at work'],
      rows,
    },
  ]
}

async function theirs(size: Size, dice: Chance): Promise<Row[]> {
  const serviceUrl = 'http://127.0.0.1:9/'
  const ballots = ballotsOf(size, serviceUrl)
  const echo = await started({ script: contender('echo') })
  const rows: Row[] = []
  for (const pace of paces) {
    const { answered, atWork } = await offered(pace, { url: echo.url, ballots, serviceUrl, size, dice })
    rows.push({ who: `the SDK’s echo, ${pace.who}`, cells: [...answered, '', '', atWork], goal: null })
  }
  await echo.end()
  return rows
}

async function ours(kind: Kind, ground: Ground, size: Size, dice: Chance): Promise<Row[]> {
  const platform = await startPlatform()
  const { url: serviceUrl, requests } = platform
  const ballots = ballotsOf(size, serviceUrl)
  await fill(ground, counted(aroundMatrix(10, serviceUrl), size.alive))
  const bot = await startedBot(ground.env)
  const rows: Row[] = []
  for (const pace of paces) {
    const came = await offered(pace, { url: bot.url, ballots, serviceUrl, size, dice })
    const [megabytes, over] = [await bot.megabytes(), broken(requests).length]
    rows.push({
      who: `${nameOf[kind]}, ${pace.who}`,
      cells: [...came.answered, `${Math.round(megabytes)} MB`, String(over), came.atWork],
      goal: {
        says: `p99 under ${most.p99Ms} ms, under ${most.megabytes} MB, no limit broken`,
        reached: came.whole && came.p99 < most.p99Ms && megabytes < most.megabytes && over === 0,
      },
    })
  }
  await bot.end()
  await platform.close()
  await ground.clear()
  return rows
}

function ballotsOf(size: Size, serviceUrl: string): Ballot[] {
  const meetings = aroundMatrix(10, serviceUrl)
  return Array.from({ length: size.alive }, (_, index) => meetings.ballots(index)).flat()
}

interface Offer {
  url: string
  ballots: Ballot[]
  serviceUrl: string
  size: Size
  dice: Chance
}

async function offered(
  { people, everyS }: (typeof paces)[number],
  { url, ballots, serviceUrl, size, dice }: Offer,
) {
  const aSecond = (size.alive * people) / everyS
  const came = await openLoop(
    () => ({ url, body: voteOn(dice.one(ballots), serviceUrl, dice), expects: 'card' }),
    { aSecond, forMs: size.aliveMs, chance: dice },
  )
  const answered = `${perSecond(rate(came))}${came.behind ? ', fell behind' : ''}`
  return {
    answered: [perSecond(aSecond), answered, ...spread(came.took), String(came.failed)],
    atWork: percent(busy(came)),
    p99: quantile(came.took, 0.99),
    whole: came.failed === 0 && !came.behind,
  }
}
