import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

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

  it('is right about the format check', () => {
    const tsx = join(root, 'node_modules/tsx/dist/cli.mjs')
    const said = execFileSync(process.execPath, [tsx, 'src/formats/check.ts'], {
      cwd: root,
      encoding: 'utf8',
    })
    expect(said).toContain('every format reads well')
  })
})
