import { chance } from '../fuzz/chance.ts'
import { startedBot } from './bot.ts'
import { fill, freshGround, type Ground } from './ground.ts'
import { inMs, type Line } from './line.ts'
import { sent, voteOn } from './load.ts'
import { type Alike, aroundMatrix, type Ballot } from './meetings.ts'
import { startPlatform } from './platform.ts'
import { contender, started } from './processes.ts'
import type { Setting } from './size.ts'

/** Everyone saves every page of her form at the same moment, in one meeting. */
export async function parallel({ size, seed, env }: Setting): Promise<Line[]> {
  const dice = chance(seed)
  const platform = await startPlatform()
  const meetings = aroundMatrix(size.crowd, platform.url)
  const ballots = meetings.ballots(0)
  const burst = async (url: string) => {
    const begun = performance.now()
    const came = await Promise.all(
      ballots.map((one) => sent({ url, body: voteOn(one, platform.url, dice) }).catch(() => null)),
    )
    return { ms: performance.now() - begun, well: came.filter((one) => one?.status === 200).length }
  }
  const ground = await freshGround(env)
  await fill(ground, [meetings.record(0)])
  const bot = await startedBot(ground.env)
  const ours = await burst(bot.url)
  await bot.end()
  const found = await pagesKept(ground, meetings, ballots)
  await ground.clear()
  const lines: Line[] = []
  for (const where of ['memory', 'file']) {
    const other = await started({ script: contender('state'), env: { STATE: where }, quiet: true })
    const theirs = await burst(other.url)
    const left = Number(await other.ask('/kept'))
    await other.end()
    lines.push({
      what: `${ballots.length} answers in the same moment to one meeting`,
      measured: `${found} kept, ${ours.well} answered well, in ${inMs(ours.ms)}`,
      against: `the SDK’s conversation state in ${where === 'file' ? 'a file' : 'memory'}: ${left} kept, ${theirs.well} answered well, in ${inMs(theirs.ms)}`,
      goal: 'all kept',
      reached: found === ballots.length && ours.well === ballots.length,
    })
  }
  await platform.close()
  return lines
}

async function pagesKept(ground: Ground, meetings: Alike, ballots: Ballot[]): Promise<number> {
  const store = ground.store()
  const session = (await store.load(meetings.id(0)))?.sessions.at(-1)
  await store.close()
  const answers = Object(session?.answers.classer)
  const rated = ({ person, inputs }: Ballot) =>
    inputs.every((id) => Object(Object(answers[person]).votes)[id.slice(2)] !== undefined)
  return ballots.filter(rated).length
}
