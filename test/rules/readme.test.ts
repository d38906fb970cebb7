import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { readFormat } from '../../src/core/format.ts'
import { phaseKinds, phaseOf } from '../../src/core/phases/index.ts'
import { readScript } from '../../src/formats/index.ts'

const root = resolve(import.meta.dirname, '../..')
const readme = readFileSync(join(root, 'README.md'), 'utf8')
const scripts: Record<string, string> = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts
const all = (pattern: RegExp): string[] => [...readme.matchAll(pattern)].map((found) => found[1] ?? '')

describe('the README', () => {
  it('names only commands that exist', () => {
    const named = [...all(/npm run ([\w:-]+)/gu), ...all(/npm (start|test)\b/gu)]
    expect(named.length).toBeGreaterThan(4)
    expect(named.filter((name) => !(name in scripts))).toEqual([])
  })

  it('maps only files and folders that exist', () => {
    const map = /```\nsrc\/\n([\s\S]*?)```/u.exec(readme)?.[1] ?? ''
    const folder: string[] = ['src']
    const missing: string[] = []
    for (const line of map.split('\n').filter(Boolean)) {
      const depth = (line.length - line.trimStart().length) / 2
      const names =
        line
          .trim()
          .match(/^(?:[\w.-]+(?:\.ts|\/)\s+)+/u)?.[0]
          .trim()
          .split(/\s+/u) ?? []
      for (const name of names) {
        const path = join(...(depth === 0 ? [] : folder.slice(0, depth)), name)
        if (!existsSync(join(root, path))) missing.push(path)
        if (name.endsWith('/')) folder[depth] = depth === 0 ? name : name
      }
    }
    expect(missing).toEqual([])
  })

  it('links and pictures lead somewhere', () => {
    const local = all(/\]\((?!https?:)([^)#]+)\)/gu)
    expect(local.filter((path) => !existsSync(join(root, path)))).toEqual([])
  })

  it('and .env.example tell every variable the configuration reads', () => {
    const config = readFileSync(join(root, 'src/config.ts'), 'utf8')
    const example = readFileSync(join(root, 'env/.env.example'), 'utf8')
    const read = [...config.matchAll(/^ {2}([A-Z][A-Z_]+):/gmu)].map((found) => found[1] ?? '')
    expect(read.length).toBeGreaterThan(10)
    expect(read.filter((name) => !readme.includes(`\`${name}\``))).toEqual([])
    expect(read.filter((name) => !example.includes(`${name}=`))).toEqual([])
  })

  it('shows a whole format that is one, and a segment that fits in it', () => {
    const [whole = '', part = ''] = all(/```yaml\n([\s\S]*?)```/gu)
    expect(readScript(whole, 'README.md')).toHaveProperty('format')
    expect(readFormat({ ...parse(whole), segments: parse(part) })).toHaveProperty('format')
  })

  it('tells every exercise a script may use, and every option of each', () => {
    const rows = new Map(all(/^\| (`[a-z-]+` \|.*)$/gmu).map((row) => [row.split('`')[1], row]))
    expect(phaseKinds().filter((kind) => !rows.has(kind))).toEqual([])
    for (const kind of phaseKinds())
      for (const [option, needed] of optionsOf(kind))
        expect([kind, rows.get(kind)]).toEqual([
          kind,
          expect.stringContaining(needed ? `**\`${option}\`**` : ` \`${option}\``),
        ])
  })

  it('is right about the format check', () => {
    const tsx = join(root, 'node_modules/tsx/dist/cli.mjs')
    const said = execFileSync(process.execPath, [tsx, 'src/formats/check.ts'], {
      cwd: root,
      encoding: 'utf8',
    })
    expect(said).toContain('every format reads well')
  })
})

/** The options of an exercise, and whether a script must give them. */
function optionsOf(kind: string): [string, boolean][] {
  const options = phaseOf(kind)?.options
  const object = options instanceof z.ZodEffects ? options.innerType() : options
  if (!(object instanceof z.ZodObject)) throw new Error(`${kind}: options are no object`)
  return Object.entries<z.ZodTypeAny>(object.shape).map(([name, type]) => [name, !type.isOptional()])
}
