import { type ChildProcess, spawn } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { z } from 'zod'
import { commandIn, copied, environment, said } from './dockerfile.ts'

const root = resolve(import.meta.dirname, '../..')

export interface Image {
  dataDir: string
  /** All there is outside the data folder. */
  files(): string[]
  start(env: Record<string, string>): ChildProcess
  /** Another command, in place of the image's own. */
  run(command: string[], env: Record<string, string>): ChildProcess
  /** The health check's own command, and its exit code. */
  healthy(env: Record<string, string>): Promise<number | null>
  remove(): void
}

/**
 * What the Dockerfile puts in the image, without a container: the files it copies, the packages of production, no right
 * to write but in the data folder, and an account that owns nothing (the one of the tests where they have no other).
 */
export function builtImage(): Image {
  const place = mkdtempSync(join(tmpdir(), 'ouverture-image-'))
  const [app, dataDir, temporary] = ['app', 'data', 'tmp'].map((name) => join(place, name)) as Folders
  for (const folder of [app, dataDir, temporary]) mkdirSync(folder)
  for (const name of copied()) cpSync(join(root, name), join(app, name), { recursive: true })
  linkPackages(app)
  if (account !== undefined) chownSync(dataDir, account, account)
  chmodSync(place, 0o755)
  closed(app)
  chmodSync(temporary, 0o555)
  const run = (command: string[], env: Record<string, string>) =>
    spawn(process.execPath, command.slice(1), {
      cwd: app,
      env: { ...environment(), HOME: temporary, TMPDIR: temporary, ...env, DATA_DIR: dataDir },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(account === undefined ? {} : { uid: account, gid: account }),
    })
  return {
    dataDir,
    files: () =>
      [app, temporary].flatMap((folder) => readdirSync(folder, { recursive: true }).map(String)).sort(),
    run,
    start: (env) => run(commandIn(said('CMD')[0] ?? ''), env),
    healthy: (env) =>
      new Promise((done) => run(commandIn(said('HEALTHCHECK')[0] ?? ''), env).once('exit', done)),
    remove() {
      opened(place)
      rmSync(place, { recursive: true, force: true })
    },
  }
}

type Folders = [app: string, dataDir: string, temporary: string]

/** Whether another account can read what is there: it may enter each folder on the way. */
const isOpen = (path: string): boolean =>
  (statSync(path).mode & 0o005) === 0o005 && (dirname(path) === path || isOpen(dirname(path)))

/** Nobody's number: only root may take it, and where the sources are root's alone the tests keep their own account. */
const account = process.getuid?.() === 0 && isOpen(root) ? 65_534 : undefined

const lock = z.object({ packages: z.record(z.object({ dev: z.boolean().optional() }).passthrough()) })

/** The packages `npm ci --omit=dev` installs, where our own sources look for them. */
function linkPackages(app: string): void {
  const { packages } = lock.parse(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')))
  const wanted = Object.entries(packages)
    .filter(([path, one]) => /^node_modules\/(?:@[^/]+\/)?[^/]+$/u.test(path) && !one.dev)
    .map(([path]) => path)
  for (const path of wanted) {
    mkdirSync(dirname(join(app, path)), { recursive: true })
    symlinkSync(join(root, path), join(app, path))
  }
}

const foldersOf = (place: string): string[] => [
  place,
  ...readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((one) => one.isDirectory())
    .map((one) => join(one.parentPath, one.name)),
]

function closed(place: string): void {
  for (const folder of foldersOf(place)) chmodSync(folder, 0o555)
}

function opened(place: string): void {
  for (const folder of foldersOf(place)) chmodSync(folder, 0o755)
}
