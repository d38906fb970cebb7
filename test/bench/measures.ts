import { alive } from './alive.ts'
import { drawing } from './drawing.ts'
import type { Group } from './line.ts'
import { outbound } from './outbound.ts'
import { parallel } from './parallel.ts'
import type { Setting } from './size.ts'
import { start } from './start.ts'
import { stored } from './stored.ts'
import { votes } from './votes.ts'

/** Everything that is measured, by its name for `--only`, in the order of the tables. */
export const measures: Record<string, (setting: Setting) => Promise<Group[]>> = {
  votes,
  parallel,
  alive,
  stored,
  start,
  outbound,
  drawing,
}
