import { type Chance, chance } from '../fuzz/chance.ts'
import { startedBot } from './bot.ts'
import { fill, type Ground } from './ground.ts'
import { type Kind, nameOf } from './grounds.ts'
import { type Group, inMs, type Row } from './line.ts'
import { sent, voteOn } from './load.ts'
import { type Alike, aroundMatrix, type Ballot } from './meetings.ts'
import { startPlatform } from './platform.ts'
import { contender, started } from './processes.ts'
import type { Setting } from './size.ts'

/** Everyone saves every page of her form at the same moment, in one meeting. */
export async function parallel({ size, seed, grounds }: Setting): Promise<Group[]> {
  const dice = chance(seed)
  const rows: Row[] = []
  for (const where of ['memory', 'file'] as const) rows.push(await theirs(where, size.crowd, dice))
  for (const kind of grounds.kinds) rows.push(await ours(kind, await grounds.fresh(kind), size.crowd, dice))
  const answers = aroundMatrix(size.crowd, '').ballots(0).length
  return [
    {
      title: `${answers} answers in the same moment`,
      told: `${size.crowd} people save every page of their form at once, in one meeting; each bot was just started. The SDK’s own state of a conversation is where its guides put answers.`,
      heads: ['kept', 'answered well', 'in'],
      rows,
    },
  ]
}

async function ours(kind: Kind, ground: Ground, crowd: number, dice: Chance): Promise<Row> {
  const platform = await startPlatform()
  const meetings = aroundMatrix(crowd, platform.url)
  const ballots = meetings.ballots(0)
  await fill(ground, [meetings.record(0)])
  const bot = await startedBot(ground.env)
  const { ms, well } = await burst(bot.url, ballots, platform.url, dice)
  await bot.end()
  await platform.close()
  const found = await pagesKept(ground, meetings, ballots)
  await ground.clear()
  const all = found === ballots.length && well === ballots.length
  return {
    who: nameOf[kind],
    cells: [String(found), String(well), inMs(ms)],
    goal: { says: 'all kept', reached: all },
  }
}

async function theirs(where: 'memory' | 'file', crowd: number, dice: Chance): Promise<Row> {
  const other = await started({ script: contender('state'), env: { STATE: where }, quiet: true })
  const serviceUrl = 'http://127.0.0.1:9/'
  const { ms, well } = await burst(other.url, aroundMatrix(crowd, serviceUrl).ballots(0), serviceUrl, dice)
  const left = await other.ask('/kept')
  await other.end()
  return { who: `the SDK’s state, in ${where}`, cells: [left, String(well), inMs(ms)], goal: null }
}

async function burst(url: string, ballots: Ballot[], serviceUrl: string, dice: Chance) {
  const bodies = ballots.map((one) => voteOn(one, serviceUrl, dice))
  const begun = performance.now()
  const came = await Promise.all(bodies.map((body) => sent({ url, body }).catch(() => null)))
  return { ms: performance.now() - begun, well: came.filter((one) => one?.status === 200).length }
}

async function pagesKept(ground: Ground, meetings: Alike, ballots: Ballot[]): Promise<number> {
  const store = await ground.store()
  const session = (await store.load(meetings.id(0)))?.sessions.at(-1)
  await store.close()
  const answers = Object(session?.answers.classer)
  const rated = ({ person, inputs }: Ballot) =>
    inputs.every((id) => Object(Object(answers[person]).votes)[id.slice(2)] !== undefined)
  return ballots.filter(rated).length
}
