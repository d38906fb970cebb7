import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'

const root = new URL('..', import.meta.url)
const cleanups: (() => void)[] = []
afterEach(() => {
  for (const clean of cleanups.splice(0)) clean()
})

/** A port another program listens on, and its number. */
async function taken(): Promise<string> {
  const server: Server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  cleanups.push(() => server.close())
  const address = server.address()
  return String(typeof address === 'object' ? address?.port : 0)
}

/** Starts as `npm start` does; what it said when it ended. */
async function start(env: Record<string, string>): Promise<{ code: number | null; said: string }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'start-'))
  cleanups.push(() => rmSync(dataDir, { recursive: true, force: true }))
  const child = spawn('npx', ['tsx', 'src/index.ts'], {
    cwd: root,
    env: { ...process.env, LANG: 'C.UTF-8', DATA_DIR: dataDir, ...env },
  })
  cleanups.push(() => child.kill('SIGKILL'))
  let said = ''
  child.stderr.on('data', (chunk) => {
    said += String(chunk)
  })
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve))
  return { code, said }
}

describe('starting', () => {
  it.each(['PORT', 'ROOM_PORT'])(
    'says in a sentence that %s is taken, and leaves nothing running',
    {
      timeout: 30_000,
    },
    async (name) => {
      const port = await taken()
      const { code, said } = await start({ PORT: '0', ROOM_PORT: '0', [name]: port })
      expect(code).toBe(1)
      expect(said).toContain(`Le port ${port} est déjà occupé`)
      expect(said).not.toMatch(/at \w+|EADDRINUSE/u)
    },
  )

  it.each([
    ['a file', import.meta.filename],
    ['under a file', join(import.meta.filename, 'data')],
    ...(process.platform === 'linux' ? [['where nothing can be made', '/proc/nowhere/data']] : []),
  ])('says in a sentence that its folder cannot be made: %s', { timeout: 30_000 }, async (_what, folder) => {
    const { code, said } = await start({ PORT: '0', ROOM_PORT: '0', DATA_DIR: String(folder) })
    expect(code).toBe(1)
    expect(said).toContain(`Le dossier ${folder} ne peut pas être créé (E`)
    expect(said).not.toMatch(/at \w+ \(/u)
  })

  it('refuses production without an identity, and says all that is missing', {
    timeout: 30_000,
  }, async () => {
    const { code, said } = await start({ PORT: '0', ROOM_PORT: '0', NODE_ENV: 'production' })
    expect(code).toBe(1)
    for (const name of ['APP_ID', 'APP_PASSWORD', 'APP_TENANT_ID'])
      expect(said).toContain(`MICROSOFT_${name} : à indiquer`)
    expect(said).toContain('PUBLIC_URL : indiquez l’adresse https')
    expect(said).not.toMatch(/at \w+ \(/u)
  })
})
