import { type Bot, startedBot } from './bot.ts'
import { fill, freshGround } from './ground.ts'
import { inSeconds, type Line, quantile } from './line.ts'
import { aroundMatrix } from './meetings.ts'
import { startPlatform } from './platform.ts'
import { contender, started } from './processes.ts'
import type { Setting } from './size.ts'
import { counted } from './votes.ts'

const longestRestartMs = 3000

/** From the start of the process until it says that it is ready. */
export async function start({ size, env }: Setting): Promise<Line[]> {
  const platform = await startPlatform()
  const took = { echo: [] as number[], cold: [] as number[], again: [] as number[] }
  const [empty, full] = [await freshGround(env), await freshGround(env)]
  await fill(full, counted(aroundMatrix(10, platform.url), size.restarted))
  let armed = size.restarted
  for (let round = 0; round < size.rounds; round += 1) {
    took.echo.push(await timed(() => started({ script: contender('echo') })))
    took.cold.push(await timed(() => ready(empty.env)))
    took.again.push(
      await timed(
        () => ready(full.env),
        async (bot) => {
          armed = Math.min(armed, await bot.figure('ouverture_live_sessions'))
        },
      ),
    )
  }
  for (const ground of [empty, full]) await ground.clear()
  await platform.close()
  const median = (those: number[]) => inSeconds(quantile(those, 0.5))
  return [
    {
      what: `cold start until /readyz answers 200 (median of ${size.rounds})`,
      measured: median(took.cold),
      against: `the echo bot until it listens: ${median(took.echo)}`,
      goal: '',
      reached: null,
    },
    {
      what: `restart with ${size.restarted} sessions under way, until ready: every alarm armed (median of ${size.rounds})`,
      measured: `${median(took.again)}, ${armed} sessions live`,
      against: `a start with none: ${median(took.cold)}`,
      goal: `under ${inSeconds(longestRestartMs)}, all live`,
      reached: quantile(took.again, 0.5) < longestRestartMs && armed === size.restarted,
    },
  ]
}

async function timed<One extends { end(): Promise<void> }>(
  begin: () => Promise<One>,
  then: (one: One) => Promise<void> = async () => {},
): Promise<number> {
  const begun = performance.now()
  const one = await begin()
  const ms = performance.now() - begun
  await then(one)
  await one.end()
  return ms
}

async function ready(env: Record<string, string>): Promise<Bot> {
  const bot = await startedBot(env)
  while (!(await bot.ask('/readyz')).includes('"ready"'));
  return bot
}
