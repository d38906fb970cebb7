import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { drawn } from './icons.ts'

/** `npm run icons`: the icons of the package, from their SVG. */
const root = resolve(import.meta.dirname, '../..')

for (const icon of ['color', 'outline'] as const)
  writeFileSync(join(root, 'manifest', `${icon}.png`), drawn(root, icon))
