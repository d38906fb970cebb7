import type { ChildProcess } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { builtImage } from '../support/image.ts'
import { claire, cleanUp, later, meeting, shows } from '../support/wire.ts'

afterEach(cleanUp)

const tenant = {
  MICROSOFT_APP_ID: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
  MICROSOFT_APP_PASSWORD: 'a secret of the tests',
  MICROSOFT_APP_TENANT_ID: '9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d',
  PUBLIC_URL: 'https://bot.example.org',
}

function image() {
  const built = builtImage()
  later(() => built.remove())
  return built
}

function started(built: ReturnType<typeof image>, env: Record<string, string>) {
  return followed(built.start(env))
}

function followed(child: ChildProcess) {
  const gone = new Promise<number | null>((done) => child.once('close', done))
  later(async () => {
    child.kill('SIGKILL')
    await gone
  })
  return { child, gone, ...heard(child) }
}

function heard(child: ChildProcess) {
  let told = ''
  const port = new Promise<string>((found) => {
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk) => {
        told += String(chunk)
        const said = /(?:port|localhost)[: \u00A0]*(\d+)/u.exec(told)
        if (said) found(said[1] ?? '')
      })
    child.once('close', () => found(''))
  })
  return { port, told: () => told }
}

describe('the container', () => {
  it('runs the bot of a tenant with nothing to write in but the data folder, and stops when asked', {
    timeout: 60_000,
  }, async () => {
    const built = image()
    const before = built.files()
    const bot = started(built, { ...tenant, PORT: '0' })
    const port = await bot.port
    expect([bot.told(), port]).toEqual([expect.any(String), expect.stringMatching(/^\d+$/u)])
    const answer = await fetch(`http://127.0.0.1:${port}/healthz`)
    expect(answer.status).toBe(200)
    expect(await built.healthy({ PORT: port })).toBe(0)
    expect(readdirSync(built.dataDir)).not.toEqual([])
    bot.child.kill('SIGTERM')
    expect(await bot.gone).toBe(0)
    expect(built.files()).toEqual(before)
    expect(await built.healthy({ PORT: port })).toBe(1)
  })

  it('holds all that the cards are drawn from', { timeout: 60_000 }, async () => {
    const bot = started(image(), { NODE_ENV: '', PORT: '0' })
    const connector = await meeting()
    connector.talkTo(`http://127.0.0.1:${await bot.port}/api/messages`)
    await connector.installed(claire)
    await shows(connector, 'Lancer cet atelier')
    await connector.message(claire, 'lancer')
    await shows(connector, 'Qui êtes-vous')
  })

  it('checks its configuration in place of starting, when asked', { timeout: 60_000 }, async () => {
    const doctor = ['node', '--import', 'tsx', 'src/doctor.ts']
    const sound = followed(image().run(doctor, { ...tenant, PORT: '0' }))
    expect([await sound.gone, sound.told()]).toEqual([0, expect.any(String)])
    const { PUBLIC_URL: _none, ...unreached } = tenant
    const wrong = followed(image().run(doctor, { ...unreached, PORT: '0' }))
    expect([await wrong.gone, wrong.told()]).toEqual([1, expect.stringContaining('PUBLIC_URL')])
  })

  it('does not start without the identity of a tenant', { timeout: 60_000 }, async () => {
    const bot = started(image(), { PORT: '0' })
    expect(await bot.gone).toBe(1)
    expect(bot.told()).toContain('MICROSOFT_APP_ID')
  })
})
