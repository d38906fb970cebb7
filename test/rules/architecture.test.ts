import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { phaseKinds } from '../../src/core/phases/index.ts'

const root = resolve(import.meta.dirname, '../..')

/**
 * Who may import whom inside `src`. A file belongs to the first row whose pattern it matches; it may import its own row
 * and the rows named. `npm` says whether packages and node: modules are open to it.
 */
const rows: { name: string; files: RegExp; may: string[]; npm: 'all' | 'zod' }[] = [
  { name: 'core', files: /^core\//u, may: [], npm: 'zod' },
  { name: 'ports', files: /^ports\.ts$/u, may: ['core'], npm: 'zod' },
  { name: 'clock', files: /^clock\.ts$/u, may: ['ports'], npm: 'all' },
  { name: 'calendar', files: /^(calendar|jours-feries\.d)\.ts$/u, may: ['core'], npm: 'all' },
  { name: 'locales', files: /^locales\//u, may: ['core'], npm: 'all' },
  { name: 'formats', files: /^formats\//u, may: ['core'], npm: 'all' },
  { name: 'runtime', files: /^runtime\//u, may: ['core', 'ports', 'some-at-once'], npm: 'zod' },
  {
    name: 'stores',
    files: /^stores\//u,
    may: ['core', 'ports', 'flushed-file', 'some-at-once'],
    npm: 'all',
  },
  { name: 'documents', files: /^documents\//u, may: ['core', 'ports', 'locales'], npm: 'all' },
  { name: 'flushed-file', files: /^flushed-file\.ts$/u, may: [], npm: 'all' },
  { name: 'some-at-once', files: /^some-at-once\.ts$/u, may: [], npm: 'zod' },
  { name: 'links', files: /^links\.ts$/u, may: ['ports', 'flushed-file'], npm: 'all' },
  { name: 'package', files: /^package\//u, may: ['core'], npm: 'all' },
  { name: 'cloud', files: /^cloud\.ts$/u, may: [], npm: 'zod' },
  { name: 'config', files: /^config\.ts$/u, may: ['cloud', 'core'], npm: 'all' },
  {
    name: 'teams',
    files: /^teams\//u,
    may: ['core', 'ports', 'locales', 'cloud', 'config', 'runtime'],
    npm: 'all',
  },
  { name: 'operations', files: /^operations\//u, may: ['core', 'ports'], npm: 'all' },
  {
    name: 'doctor',
    files: /^doctor\//u,
    may: ['core', 'ports', 'config', 'formats', 'stores', 'flushed-file'],
    npm: 'all',
  },
  { name: 'room', files: /^room\//u, may: ['ports'], npm: 'all' },
  {
    name: 'compose',
    files: /^compose\.ts$/u,
    may: [
      'core',
      'ports',
      'clock',
      'calendar',
      'locales',
      'formats',
      'runtime',
      'stores',
      'documents',
      'links',
      'config',
      'teams',
      'room',
      'operations',
    ],
    npm: 'all',
  },
  {
    name: 'entry',
    files: /^(index|package|playground|doctor|formats|command-line|store-copy)\.ts$/u,
    may: [
      'core',
      'ports',
      'stores',
      'compose',
      'config',
      'doctor',
      'flushed-file',
      'formats',
      'locales',
      'operations',
      'package',
    ],
    npm: 'all',
  },
]

const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .map((file) => file.split('\\').join(posix.sep))
  .filter((file) => /\.tsx?$/u.test(file))

const rowOf = (file: string) => rows.find((row) => row.files.test(file))

const importsOf = (file: string): string[] => {
  const text = readFileSync(join(root, 'src', file), 'utf8')
  return [...text.matchAll(/(?:(?<!')\bfrom|\bimport)\s*\(?\s*'([^'\n]+)'/gu)].map((found) => found[1] ?? '')
}

describe('the folders', () => {
  it('hold no source file that the table of directions does not name', () => {
    expect(sources.filter((file) => !rowOf(file))).toEqual([])
  })

  it('import only in the directions of the table', () => {
    const wrong = sources.flatMap((file) => {
      const row = rowOf(file)
      return importsOf(file)
        .filter((target) => target.startsWith('.'))
        .map((target) => relative(join(root, 'src'), resolve(join(root, 'src', dirname(file)), target)))
        .filter((target) => {
          const other = rowOf(target.split('\\').join(posix.sep))
          return other !== row && !row?.may.includes(other?.name ?? '')
        })
        .map((target) => `${file} imports ${target}`)
    })
    expect(wrong).toEqual([])
  })

  it('keep the core and the runtime free of packages other than zod', () => {
    const wrong = sources
      .filter((file) => rowOf(file)?.npm === 'zod')
      .flatMap((file) =>
        importsOf(file)
          .filter((target) => !target.startsWith('.') && target !== 'zod')
          .map((target) => `${file} imports ${target}`),
      )
    expect(wrong).toEqual([])
  })

  it('keep the SDKs inside src/teams', () => {
    const sdk = /^(botbuilder|botframework|@microsoft\/teams-ai|adaptivecards-templating|restify)/u
    const wrong = sources
      .filter((file) => !file.startsWith('teams/') && !file.startsWith('room/'))
      .filter((file) => importsOf(file).some((target) => sdk.test(target)))
    expect(wrong).toEqual([])
  })
})

describe('the core', () => {
  it('reads no clock, no chance, no world, and waits for nothing', () => {
    const impure = /Date\.now|new Date\(\)|Math\.random|randomUUID|process\.|setTimeout|console\.|\bawait\b/u
    const wrong = sources
      .filter((file) => file.startsWith('core/'))
      .filter((file) => impure.test(readFileSync(join(root, 'src', file), 'utf8')))
    expect(wrong).toEqual([])
  })

  it('casts in the one file that seals the phases’ private types, and nowhere else in the phases', () => {
    const casts = /\bas (?!const\b|unknown\b)[A-Z{]/u
    const wrong = sources
      .filter((file) => file.startsWith('core/phases/') && file !== 'core/phases/seal.ts')
      .filter((file) => {
        const code = readFileSync(join(root, 'src', file), 'utf8').replace(
          /^import[^;]*?from '[^']+'$/gmu,
          '',
        )
        return casts.test(code)
      })
    expect(wrong).toEqual([])
  })
})

describe('the environment', () => {
  it('is read in one place', () => {
    const wrong = sources
      .filter(
        (file) =>
          ![
            'config.ts',
            'index.ts',
            'playground.ts',
            'formats.ts',
            'doctor.ts',
            'package.ts',
            'store-copy.ts',
          ].includes(file),
      )
      .filter((file) => /process\.env/u.test(readFileSync(join(root, 'src', file), 'utf8')))
    expect(wrong).toEqual([])
  })
})

describe('the log', () => {
  it('is told the same sentences always: what varies is a fact, which has a shape', () => {
    const wrong = sources.flatMap((file) => {
      const text = readFileSync(join(root, 'src', file), 'utf8')
      return [
        ...text.matchAll(
          /\blog\??\.(?:info|warn|error)\([^`]*?\)\n|\blog\??\.(?:info|warn|error)\([^\n]*`/gu,
        ),
      ]
        .map(([call]) => call)
        .filter((call) => /`|String\(|\.message\b/u.test(call))
        .map((call) => `${file}: ${call}`)
    })
    expect(wrong).toEqual([])
  })
})

describe('every phase', () => {
  const has = (path: string) => {
    try {
      return readFileSync(join(root, path), 'utf8').length > 0
    } catch {
      return false
    }
  }

  it.each(phaseKinds())('%s has its file, its card, its test, and a place in a format', (kind) => {
    const uses = readdirSync(join(root, 'src/formats'))
      .filter((file) => file.endsWith('.yaml'))
      .some((file) => readFileSync(join(root, 'src/formats', file), 'utf8').includes(`phase: ${kind}`))
    expect({
      file: has(`src/core/phases/${kind}.ts`),
      card: has(`cards/phases/${kind}.json`),
      test: has(`test/core/phases/${kind}.test.ts`),
      format: uses,
    }).toEqual({ file: true, card: true, test: true, format: true })
  })

  it('has nothing in the phases’ folder that is not registered', () => {
    const known = new Set([...phaseKinds(), 'contract', 'index', 'seal'].map((name) => `${name}.ts`))
    expect(readdirSync(join(root, 'src/core/phases')).filter((file) => !known.has(file))).toEqual([])
  })
})
