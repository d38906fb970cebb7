import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { roomClock, startRoom } from '../../src/room/index.ts'
import { firstSlug, open, sit } from './seat.ts'
import { card, type TinyBot, text, tinyBot } from './tiny-bot.ts'

describe('a room started again', () => {
  let dataDir: string
  let bot: TinyBot
  beforeEach(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'room-'))
    bot = await tinyBot()
  })
  afterEach(async () => {
    await bot.close()
    rmSync(dataDir, { recursive: true })
  })

  const start = () =>
    startRoom({ port: 0, botUrl: bot.url, dataDir, clock: roomClock(), defaultMeetingTitle: 'Essai' })

  it('still has its people and its chat, and the bot can go on editing', async () => {
    const before = await start()
    const slug = await firstSlug(before.url)
    const anne = await sit(before, 'Anne Martin', 'organizer')
    const first = await bot.hears((heard) => heard.type === 'installationUpdate')
    const id = await bot.post(first, card([text('Un')]))
    await anne.say('Bonjour')
    await anne.sees((chat) => chat.messages.length === 2)
    await before.close()

    const after = await start()
    const again = await open(after, anne.token, slug)
    expect(again.chat()).toMatchObject({ title: 'Essai', members: [{ name: 'Anne Martin', present: true }] })
    expect(again.chat().messages.map((message) => message.fromName)).toEqual(['Ouverture', 'Anne Martin'])
    await bot.edit({ ...first, serviceUrl: after.url }, id, card([text('Deux')]))
    await again.seesMessage((message) => message.revision === 2)
    await after.close()
  })

  it('has written everything within a moment, without waiting to be closed', async () => {
    const room = await start()
    const anne = await sit(room, 'Anne Martin', 'organizer')
    await anne.say('Bonjour')
    await vi.waitFor(() => expect(readFileSync(join(dataDir, 'room.json'), 'utf8')).toContain('Bonjour'))
    await room.close()
  })
})
