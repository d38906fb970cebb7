import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { writeFlushed } from './flushed-file.ts'
import type { Clock } from './ports.ts'

/** What a link leads to, in the words of the one who made it. */
export type Ref = Record<string, string>

export interface Links {
  /** A public address that opens for `ttlMs` at least, a quarter more at most. Asked again soon, it is the same. */
  address(kind: string, ref: Ref, ttlMs: number): string
  /** What the token of such an address leads to, or why it does not. */
  open(kind: string, token: string): Ref | 'expired' | 'altered'
}

interface Parts {
  secret: Buffer
  /** Asked each time: a port may be known only once it is open. */
  baseUrl: () => string
  clock: Clock
}

/** No link of ours is longer. */
const longest = 4000

/** Links that nobody can forge, that open one kind of thing, and that expire. */
export function links({ secret, baseUrl, clock }: Parts): Links {
  const sealOf = (kind: string, content: string): Buffer =>
    createHmac('sha256', secret).update(`${kind}\n${content}`).digest()

  return {
    address(kind, ref, ttlMs) {
      const until = roundedUp(clock.now() + ttlMs, ttlMs / 4)
      const content = Buffer.from(JSON.stringify({ ref, until })).toString('base64url')
      return `${baseUrl().replace(/\/+$/u, '')}/${kind}/${content}.${sealOf(kind, content).toString('base64url')}`
    },
    open(kind, token) {
      const [content = '', seal = '', ...more] = token.length > longest ? [] : token.split('.')
      if (more.length > 0 || !isSame(Buffer.from(seal, 'base64url'), sealOf(kind, content))) return 'altered'
      const { ref, until } = sealed.parse(JSON.parse(Buffer.from(content, 'base64url').toString()))
      return clock.now() < until ? ref : 'expired'
    },
  }
}

const sealed = z.object({ ref: z.record(z.string()), until: z.number() })

const roundedUp = (value: number, grain: number): number => Math.ceil(value / grain) * grain

const isSame = (one: Buffer, other: Buffer): boolean =>
  one.length === other.length && timingSafeEqual(one, other)

const secretBytes = 32

/** The secret kept in a folder, for its owner's eyes; made the first time. */
export async function secretIn(dir: string): Promise<Buffer> {
  const file = join(dir, 'link-secret')
  const kept = await readFile(file, 'utf8').catch(noSuchFile)
  if (kept === null) return newSecret(dir, file)
  const secret = Buffer.from(kept.trim(), 'base64url')
  if (secret.length !== secretBytes)
    throw new Error(`${file} does not hold a secret; remove it and links made so far stop opening`)
  return secret
}

async function newSecret(dir: string, file: string): Promise<Buffer> {
  const secret = randomBytes(secretBytes)
  await mkdir(dir, { recursive: true, mode: 0o700 })
  await writeFlushed(file, secret.toString('base64url'))
  return secret
}

function noSuchFile(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
  throw error
}
