import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { plannedMinutes } from '../../src/core/format.ts'
import { readScript, sentence } from '../../src/formats/index.ts'
import { freshFolder, removeFolder } from '../support/bot.ts'
import { formatOne } from '../support/stage.ts'

const root = resolve(import.meta.dirname, '../..')
const tsx = join(root, 'node_modules/tsx/dist/cli.mjs')
const own = readFileSync(join(root, 'src/formats/format-1.yaml'), 'utf8')

const folders: string[] = []
afterEach(() => folders.splice(0).forEach(removeFolder))

function wrong(change: (text: string) => string): string[] {
  const read = readScript(change(own), 'mine.yaml')
  return 'misread' in read ? read.misread.map(sentence) : []
}

describe('format #1', () => {
  it('lasts ninety minutes in the kit’s seven steps', () => {
    const format = formatOne()
    expect(format.segments.map((one) => one.minutes)).toEqual([10, 10, 10, 10, 35, 10, 5])
    expect(plannedMinutes(format)).toBe(90)
  })

  it('keeps the kit’s own headings', () => {
    expect(formatOne().segments.map((one) => one.title.fr.replaceAll('’', "'"))).toEqual([
      'Introduction',
      'Tour de table',
      "Qu'est-ce qu'un bon sujet Gouvernement Ouvert",
      "Identifier les sujets d'engagement de mon administration",
      'Lister et qualifier les sujets',
      'Classer les sujets selon leur désirabilité / faisabilité',
      'Conclusion',
    ])
  })
})

describe('a script with a mistake', () => {
  const lineOf = (text: string) => own.slice(0, own.indexOf(text)).split('\n').length

  it('is told with its file, its place and what was expected', () => {
    expect(wrong((text) => text.replace('phase: memo', 'phase: memmo'))).toEqual([
      expect.stringMatching(
        new RegExp(
          `^mine\\.yaml:${lineOf('phase: memo')}:\\d+  segments\\.2\\.phase: "memmo" is no phase; expected one of introduction, `,
          'u',
        ),
      ),
    ])
  })

  it('is told for a number that is none, a key that is unknown, a source that does not come before', () => {
    expect(wrong((text) => text.replace('minutes: 35', 'minutes: long'))[0]).toMatch(
      /segments\.4\.minutes: expected number, found string/u,
    )
    expect(wrong((text) => text.replace('silentMinutes: 5', 'silentMinuts: 5')).join('\n')).toMatch(
      /silentMinuts/u,
    )
    expect(wrong((text) => text.replace('from: identifier', 'from: nowhere'))[0]).toMatch(
      /"nowhere" is no earlier segment; expected one of/u,
    )
  })

  it('is told where YAML itself breaks', () => {
    expect(wrong((text) => text.replace('segments:', 'segments: [')).length).toBeGreaterThan(0)
    expect(wrong(() => 'a: [1,\nb: 2')[0]).toMatch(/^mine\.yaml:\d+:\d+ /u)
    expect(wrong(() => '')[0]).toMatch(/^mine\.yaml:1:1 /u)
  })

  it('keeps the bot from starting, with the same words as formats:check', () => {
    const folder = freshFolder()
    folders.push(folder)
    const file = join(folder, 'mine.yaml')
    writeFileSync(file, own.replace('id: format-1', 'id: mine').replace('phase: matrix', 'phase: maatrix'))
    const run = (script: string, ...args: string[]) =>
      spawnSync(process.execPath, [tsx, script, ...args], {
        cwd: root,
        encoding: 'utf8',
        env: {
          ...process.env,
          FORMATS_DIR: folder,
          DATA_DIR: join(folder, 'data'),
          PORT: '0',
          ROOM_PORT: '0',
        },
      })
    const start = run('src/index.ts')
    const check = run('src/formats/check.ts', file)
    expect(start.status).toBe(1)
    expect(check.status).toBe(1)
    expect(start.stderr.trim()).toBe(check.stderr.trim())
    expect(start.stderr).toContain('"maatrix" is no phase')
    expect(start.stdout).not.toContain('http')
  })
})
