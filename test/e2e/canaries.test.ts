import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { freshFolder, removeFolder, spawnBot } from '../support/bot.ts'
import type { Guest, TestConnector } from '../support/connector.ts'
import { seat } from '../support/seat.ts'
import { cleanUp, identity, later, meeting, shows } from '../support/wire.ts'

afterEach(cleanUp)

const claire: Guest = { id: '29:one', name: 'Canarine Zibeline', aadObjectId: 'aad-1', role: 'Organizer' }
const paul: Guest = { id: '29:two', name: 'Canarion Loutre', aadObjectId: 'aad-2', role: 'Attendee' }
const idea = 'Canari : ouvrir les comptes du canari'

/** Everything the process wrote that nobody but its author and her room should read. */
const sung = (told: string) => told.split('\n').filter((line) => /canari|zibeline|loutre/iu.test(line))

/** A log line, whichever of its facts are there. */
const lines = (told: string): Record<string, unknown>[] =>
  told
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))

describe('the log at its most talkative', () => {
  it('holds nothing people wrote, no name and no address, even where everything goes wrong', {
    timeout: 90_000,
  }, async () => {
    const dataDir = freshFolder()
    later(() => removeFolder(dataDir))
    const connector = await meeting({ people: [claire, paul] })
    const running = await spawnBot(dataDir, { LOG_LEVEL: 'trace' })
    later(() => running.kill())
    connector.talkTo(running.botUrl)

    const host = await goneThroughIdeas(connector)
    await unreadable(connector, running.botUrl)
    await refusedByThePlatform(connector)
    await withoutDisk(connector, dataDir, () => host.types(`note ${idea}`))
    await host.types(`note ${idea}`)
    await shows(connector, 'La note est gardée')
    running.signal('SIGTERM')
    expect(await running.gone).toBe(0)

    damage(dataDir)
    const again = await spawnBot(dataDir, { LOG_LEVEL: 'trace' })
    later(() => again.kill())
    connector.talkTo(again.botUrl)
    await connector.message(claire, `note ${idea}`)
    again.signal('SIGTERM')
    await again.gone

    expect(sung(running.told())).toEqual([])
    expect(sung(again.told())).toEqual([])
    const messages = new Set(lines(running.told() + again.told()).map((line) => line.msg))
    for (const told of [
      'activity dealt with',
      'effect shown',
      'command not saved',
      'effect set aside',
      'no activity',
    ])
      expect([...messages], told).toContain(told)
    expect([...messages]).toContain('meeting set aside')
    expect([...messages].join()).toContain('the record of a meeting cannot be read')
    expect([...messages]).toContain('asked again later')
  })

  it('ties what is shown to the activity it comes from, by one id, over a restart', {
    timeout: 60_000,
  }, async () => {
    const dataDir = freshFolder()
    later(() => removeFolder(dataDir))
    const connector = await meeting({ people: [claire, paul] })
    const first = await spawnBot(dataDir, { LOG_LEVEL: 'info' })
    later(() => first.kill())
    connector.talkTo(first.botUrl)
    // No card of the lobby gets an answer: they are still to be shown when the process is killed.
    connector.fault({ method: 'POST', path: /activities$/u, hang: true })
    const launched = await connector.send(claire, { type: 'message', id: 'launch-1', text: 'lancer' })
    expect(launched.status).toBeLessThan(300)
    await connector.until(() => connector.requests.some((one) => one.method === 'POST'))
    await first.kill()
    const turn = lines(first.told()).find((line) => line.activity === 'launch-1')
    expect(turn).toMatchObject({
      kind: 'typed',
      outcome: 'answered',
      cause: expect.stringMatching(/^activity-/u),
    })

    const second = await spawnBot(dataDir, { LOG_LEVEL: 'info' })
    later(() => second.kill())
    connector.talkTo(second.botUrl)
    await shows(connector, 'Qui êtes-vous')
    second.signal('SIGTERM')
    await second.gone
    const shown = lines(second.told()).filter((line) => line.slot === 'join' && line.outcome === 'shown')
    expect(shown).toHaveLength(1)
    expect(shown[0]).toMatchObject({ cause: turn?.cause })
  })
})

async function goneThroughIdeas(connector: TestConnector) {
  const host = seat(connector, claire)
  const guest = seat(connector, paul)
  await connector.installed(claire)
  await host.press('launch', { format: 'format-1' })
  await guest.press('join', identity('Canarion', 'Loutre'))
  await host.press('start')
  await shows(connector, 'Étape 1 sur 7')
  for (let step = 2; step <= 4; step += 1) {
    await host.press('next')
    await shows(connector, `Étape ${step} sur 7`)
  }
  await host.press('silence')
  await guest.press('ideas-done', { title1: idea, sentence1: `${idea}.`, title2: '', sentence2: '' })
  await connector.message(paul, 'courriel canarion.loutre@canari.example')
  await host.press('next')
  await shows(connector, 'Étape 5 sur 7')
  return host
}

/** What is no activity, what is half one, and ids that are sentences. */
async function unreadable(connector: TestConnector, botUrl: string): Promise<void> {
  const post = (body: string, type: string) =>
    fetch(botUrl, { method: 'POST', headers: { 'content-type': type }, body })
  await post(`{"text":"${idea}"`, 'application/json')
  await post(JSON.stringify({ type: 'message', text: idea, from: { name: claire.name } }), 'application/json')
  await post(idea, 'text/plain')
  await connector.send(paul, { type: 'invoke', name: idea, value: { idea } })
  await connector.send(paul, {
    type: 'invoke',
    name: 'adaptiveCard/action',
    value: { action: { verb: 'x', data: idea } },
  })
  await connector.send(paul, { type: 'message', id: idea, text: idea })
  await connector.send(paul, { type: 'message', text: null, value: null })
}

/** An error whose code quotes what was sent. */
async function refusedByThePlatform(connector: TestConnector): Promise<void> {
  const refused = () => connector.requests.filter((one) => one.status === 400 || one.status === 429).length
  connector.fault({ method: 'PUT', status: 429, code: idea, retryAfter: 0 })
  connector.fault({ method: 'PUT', status: 400, code: idea })
  await connector.message(claire, '+5')
  await connector.until(() => refused() >= 2, 15_000)
}

async function withoutDisk(
  connector: TestConnector,
  dataDir: string,
  work: () => Promise<void>,
): Promise<void> {
  const folder = join(dataDir, 'meetings')
  renameSync(folder, join(dataDir, 'aside'))
  writeFileSync(folder, 'no folder any more')
  await work()
  await shows(connector, 'Je n’ai pas pu enregistrer')
  rmSync(folder)
  renameSync(join(dataDir, 'aside'), folder)
}

function damage(dataDir: string): void {
  const folder = join(dataDir, 'meetings')
  mkdirSync(folder, { recursive: true })
  for (const name of readdirSync(folder))
    writeFileSync(join(folder, name), `{"schema":2,"id":"${idea}", ${idea}`)
}
