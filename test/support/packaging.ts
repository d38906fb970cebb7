import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { speak } from '../../src/locales/index.ts'
import { packageFor } from '../../src/package/index.ts'
import { freshFolder } from './bot.ts'

export const root = resolve(import.meta.dirname, '../..')

/** What a tenant would give. */
export const given = {
  APP_NAME_SUFFIX: '-essai',
  TEAMS_APP_ID: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
  BOT_ID: '9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d',
  BOT_DOMAIN: 'bot.example.org',
  DEVELOPER_NAME: 'Direction du numérique',
  WEBSITE_URL: 'https://example.org/ouverture',
  PRIVACY_URL: 'https://example.org/donnees',
  TERMS_URL: 'https://example.org/conditions',
}

export interface Bench {
  folder: string
  /** Writes `env/.env.dev` with these values. */
  env(values: Record<string, string>): void
  /** Changes a file of `manifest/`. */
  edit(file: string, change: (text: string) => string): void
  /** Runs the command there, as its script does. */
  run(...args: string[]): { status: number | null; stdout: string; stderr: string }
  made(): Record<string, Uint8Array>
  /** In English. */
  refused(environment?: string): string[]
}

/** A copy of what the package is made from, to be changed at will. */
export function bench(values: Record<string, string> = given): Bench {
  const folder = freshFolder()
  cpSync(join(root, 'manifest'), join(folder, 'manifest'), { recursive: true })
  mkdirSync(join(folder, 'env'))
  const env = (some: Record<string, string>) =>
    writeFileSync(
      join(folder, 'env/.env.dev'),
      Object.entries(some)
        .map(([name, value]) => `${name}=${value}\n`)
        .join(''),
    )
  env(values)
  return {
    folder,
    env,
    edit(file, change) {
      const path = join(folder, 'manifest', file)
      writeFileSync(path, change(readFileSync(path, 'utf8')))
    },
    run(...args) {
      for (const name of ['src', 'package.json', 'tsconfig.json'])
        cpSync(join(root, name), join(folder, name), { recursive: true })
      if (!existsSync(join(folder, 'node_modules')))
        symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
      const command = ['--import', 'tsx', 'src/package.ts', ...args]
      return spawnSync(process.execPath, command, { cwd: folder, encoding: 'utf8' })
    },
    made() {
      const outcome = packageFor(folder, 'dev')
      if ('wrong' in outcome) throw new Error(outcome.wrong.join('\n'))
      return unzipSync(outcome.zip)
    },
    refused(environment = 'dev') {
      const outcome = packageFor(folder, environment)
      return 'wrong' in outcome ? outcome.wrong.map((one) => speak(one, { lang: 'en', zone: 'UTC' })) : []
    },
  }
}

export const textIn = (files: Record<string, Uint8Array>, name: string): string =>
  strFromU8(files[name] ?? new Uint8Array())
