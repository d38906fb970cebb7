import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { wordsIn } from '../support/connector.ts'
import { bot, claire, cleanUp, lobby, meeting, shows } from '../support/wire.ts'

afterEach(cleanUp)

describe('when the record cannot be written', () => {
  it('says so, keeps what was typed with its author, and takes it once the disk is back', {
    timeout: 60_000,
  }, async () => {
    const connector = await meeting()
    const { dataDir } = await bot(connector)
    const { host } = await lobby(connector)
    await host.press('start')
    await shows(connector, 'Étape 1 sur 7')
    const step = connector.activities().at(-1)
    const own = JSON.stringify((await connector.refresh(claire, step?.id ?? '')).body)
    const at = {
      s: '1',
      g: /"g":"([^"]+)"/u.exec(own)?.[1] ?? '',
      k: /"k":"(step[^"]+)"/u.exec(own)?.[1] ?? '',
    }
    const note = (text: string) =>
      connector.dialog(claire, 'submit', { ...at, d: 'note', verb: 'note', text }, step?.id ?? '')

    const folder = join(dataDir, 'meetings')
    renameSync(folder, join(dataDir, 'aside'))
    writeFileSync(folder, 'no folder any more')
    const refused = JSON.stringify((await note('Une note à ne pas perdre')).body)
    expect(refused).toContain('Je n’ai pas pu enregistrer')
    expect(refused).toContain('Une note à ne pas perdre')

    rmSync(folder)
    renameSync(join(dataDir, 'aside'), folder)
    expect(readdirSync(folder).filter((name) => !name.endsWith('.json'))).toEqual([])
    expect((await note('Une note à ne pas perdre')).status).toBe(200)
    const [file = ''] = readdirSync(folder)
    expect(readFileSync(join(folder, file), 'utf8').match(/Une note à ne pas perdre/gu)).toHaveLength(1)
  })
})

describe('when the record cannot be read', () => {
  it('tells whoever pressed or typed that it failed, never what went wrong', {
    timeout: 60_000,
  }, async () => {
    const known = await meeting()
    const { dataDir, botUrl, log } = await bot(known)
    rmSync(join(dataDir, 'meetings'), { recursive: true, force: true })
    writeFileSync(join(dataDir, 'meetings'), 'no folder any more')
    const connector = await meeting({ conversationId: '19:unread@thread.v2' })
    connector.talkTo(botUrl)
    const pressed = await connector.invoke(claire, 'launch', { format: 'format-1' }, 'm1')
    await connector.message(claire, 'lancer')
    expect(log.told.filter(({ level }) => level === 'error').length).toBeGreaterThan(0)
    const sentence = 'Je n’ai pas pu répondre. Réessayez dans un instant.'
    expect(pressed.body).toEqual({
      statusCode: 200,
      type: 'application/vnd.microsoft.activity.message',
      value: sentence,
    })
    await shows(connector, sentence)
    expect(connector.activities().map(({ card }) => wordsIn(card))).toEqual([sentence])
  })
})
