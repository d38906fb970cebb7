import { parseArgs } from 'node:util'
import { sizes } from './size.ts'
import { table } from './line.ts'
import { votes } from './votes.ts'
const { values } = parseArgs({ options: { only: { type: 'string', multiple: true }, quick: { type: 'boolean' }, seed: { type: 'string' }, profile: { type: 'string' } } })
const setting = { size: sizes[values.quick ? 'quick' : 'full'], seed: Number(values.seed ?? 1), profile: values.profile ?? null, env: process.env }
console.log(table(await votes(setting)))
