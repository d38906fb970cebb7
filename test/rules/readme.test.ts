import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { publicCloud } from '../../src/cloud.ts'
import { readFormat } from '../../src/core/format.ts'
import { phaseKinds, phaseOf } from '../../src/core/phases/index.ts'
import { microsoft } from '../../src/doctor/online.ts'
import { readScript } from '../../src/formats/index.ts'
import { isFilePlace } from '../../src/teams/files.ts'

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
    const said = execFileSync(process.execPath, [tsx, 'src/formats.ts'], {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, LANG: 'C.UTF-8' },
    })
    expect(said).toBe('3 scripts d’atelier se lisent.\n')
  })
})

describe('the administrator’s pages', () => {
  const page = /## In a tenant\n([\s\S]*?)\n## /u.exec(readme)?.[1] ?? ''
  const sectionOf = (title: string) =>
    page.split(/^#{3,4} /mu).find((one) => one.startsWith(`${title}\n`)) ?? ''
  const source = (path: string) => readFileSync(join(root, path), 'utf8')

  it('name the hosts the bot speaks to, and no other', () => {
    const named = [...sectionOf('Hosts and machine').matchAll(/`([*\w-]+(?:\.[\w-]+)+)`/gu)].map(
      ([, host = '']) => host,
    )
    const { metadata, login, services } = publicCloud
    const spokenTo = [metadata, login, microsoft.login, ...services].map(
      (address) => new URL(address).hostname,
    )
    const forFiles = named.filter((host) => host.startsWith('*.'))
    expect(forFiles.map((host) => isFilePlace(`https://${host.replace('*', 'any')}/file`, null))).toEqual([
      true,
    ])
    expect(named.filter((host) => !host.startsWith('*.')).sort()).toEqual([...new Set(spokenTo)].sort())
  })

  it('know every file from which the bot of a tenant asks something of the network', () => {
    const asking = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
      .map((path) => path.replaceAll('\\', '/'))
      .filter((path) => path.endsWith('.ts') && !/^(room|doctor|playground)\b/u.test(path))
      .filter((path) => /\bfetch\(|createRemoteJWKSet\(|from 'node:https'/u.test(source(`src/${path}`)))
    expect(asking.sort()).toEqual(['teams/connector-client.ts', 'teams/doorkeeper.ts', 'teams/files.ts'])
  })

  it('name the paths the bot listens at', () => {
    const towards = sectionOf('Hosts and machine').split('|')[0] ?? ''
    const named = [...towards.matchAll(/`(?:POST )?\/([\w/-]+)`/gu)].map(([, path = '']) => path)
    const server = source('src/teams/server.ts')
    const served = [...server.matchAll(/server\.(?:get|post)\('\/([^']+)'/gu)].map(([, path = '']) => path)
    const linked = /const served = \{(.*)\}/u.exec(server)?.[1] ?? ''
    const kinds = [...linked.matchAll(/'?([\w-]+)'?:/gu)].map(([, kind = '']) => kind)
    expect(kinds.length).toBe(3)
    expect(named.sort()).toEqual([...served, ...kinds].sort())
    expect(page).toContain('`https://HOST/api/messages`')
  })

  it('tell once, before anything else, that no live tenant was tried', () => {
    expect(page.match(/live tenant/gu)).toHaveLength(1)
    expect(page.indexOf('live tenant')).toBeLessThan(page.indexOf('### '))
  })

  it('rest on tests that exist', () => {
    const named = [...readme.matchAll(/`(test\/[^`*<]+\.ts)`/gu)].map(([, path = '']) => path)
    expect(named.length).toBeGreaterThan(20)
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([])
  })

  it('link to titles that exist', () => {
    const anchors = [...readme.matchAll(/^#{2,4} (.+)$/gmu)].map(([, title = '']) => anchorOf(title))
    const linked = all(/\]\(#([^)]+)\)/gu)
    expect(linked.length).toBeGreaterThan(10)
    expect(linked.filter((anchor) => !anchors.includes(anchor))).toEqual([])
  })

  it('give a container variables the bot reads, and each of them its meaning', () => {
    const given = [...source('env/tenant.env.example').matchAll(/^([A-Z_]+)=/gmu)].map(
      ([, name = '']) => name,
    )
    const read = source('src/config.ts')
    expect(given).toContain('DATA_KEY')
    expect(given.filter((name) => !read.includes(`  ${name}:`))).toEqual([])
    expect(given.filter((name) => !sectionOf('Variables').includes(`| \`${name}\` |`))).toEqual([])
  })

  it('have the doctor and the bot run in the container by programs the image has', () => {
    const programs = [...page.matchAll(/node --import tsx (src\/[\w/.-]+)/gu)].map(([, path = '']) => path)
    expect(programs).toContain('src/doctor.ts')
    expect(programs.filter((path) => !existsSync(join(root, path)))).toEqual([])
  })

  it('have a text to publish that tells the retention the bot has by default', () => {
    const days = /RETENTION_DAYS: [\s\S]*?\.default\((\d+)\)/u.exec(source('src/config.ts'))?.[1]
    expect(sectionOf('A text to publish')).toContain(`[${days}]\u00a0jours`)
  })

  it('have a text to publish that tells how a consent is withdrawn, and has a place for transfers', () => {
    const text = sectionOf('A text to publish').replaceAll('\n> ', ' ')
    const card: unknown = parse(source('src/locales/fr/phases.yaml')).conclusion['form-title']
    expect(text).toContain(
      `retirer ce consentement à tout moment**\u00a0: sur la carte «\u00a0${card}\u00a0»`,
    )
    expect(text).toContain('Transferts hors de l’Union européenne')
  })

  it('give a stop more time than the bot takes', () => {
    const [patience = ''] = /const patience = \{.*\}/u.exec(source('src/compose.ts')) ?? []
    const takes = [...patience.matchAll(/: (\d+)/gu)].reduce((sum, [, each]) => sum + Number(each), 0)
    const given = all(/docker stop --time (\d+)/gu).map((seconds) => Number(seconds) * 1000)
    expect(takes).toBeGreaterThan(0)
    expect(given.length).toBeGreaterThan(1)
    for (const one of given) expect(one).toBeGreaterThan(takes + 2000)
  })
})

/** As GitHub makes it. */
const anchorOf = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\p{N} -]/gu, '')
    .replaceAll(' ', '-')

/** The options of an exercise, and whether a script must give them. */
function optionsOf(kind: string): [string, boolean][] {
  const options = phaseOf(kind)?.options
  const object = options instanceof z.ZodEffects ? options.innerType() : options
  if (!(object instanceof z.ZodObject)) throw new Error(`${kind}: options are no object`)
  return Object.entries<z.ZodTypeAny>(object.shape).map(([name, type]) => [name, !type.isOptional()])
}
