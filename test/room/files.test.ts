import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type RoomClock, roomClock, startRoom } from '../../src/room/index.ts'
import type { MessageView } from '../../src/room/views.ts'
import { open, type Seat, sit } from './seat.ts'
import { activitiesOf, type Behaviour, type Heard, type TinyBot, tinyBot } from './tiny-bot.ts'

const report = Buffer.from('Compte rendu : École 🌱')
const type = 'application/vnd.microsoft.teams.card.file'

const offer = (name = 'Compte rendu.docx', content: object = {}) => ({
  type: 'message',
  attachments: [
    {
      contentType: `${type}.consent`,
      name,
      content: {
        description: 'Le compte rendu de votre atelier',
        sizeInBytes: report.byteLength,
        acceptContext: { d: 'report' },
        declineContext: { d: 'report', no: 1 },
        ...content,
      },
    },
  ],
})

const put = (address: string, body: Buffer, headers: Record<string, string> = {}) =>
  fetch(address, {
    method: 'PUT',
    body: new Uint8Array(body),
    headers: { 'content-range': `bytes 0-${body.byteLength - 1}/${body.byteLength}`, ...headers },
  })

const isConsent = (heard: Heard) => heard.name === 'fileConsent/invoke'

/** What a bot does once a file is accepted. */
const gives =
  (body: Buffer): Behaviour =>
  async (heard, bot) => {
    if (!isConsent(heard) || heard.value.action !== 'accept') return {}
    const { uploadUrl, contentUrl, name, uniqueId, fileType } = heard.value.uploadInfo
    if ((await put(uploadUrl, body)).ok) {
      const content = { uniqueId, fileType }
      const attachments = [{ contentType: `${type}.info`, contentUrl, name, content }]
      await bot.call('POST', heard, activitiesOf(heard), { type: 'message', attachments })
    }
    return {}
  }

describe('a file in someone’s personal chat', () => {
  let dataDir: string
  let bot: TinyBot
  let clock: RoomClock
  let room: Awaited<ReturnType<typeof startRoom>>
  let behave: Behaviour

  const start = async () => {
    room = await startRoom({ port: 0, botUrl: bot.url, dataDir, clock })
  }
  beforeEach(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'room-'))
    behave = () => ({})
    bot = await tinyBot((heard, tiny) => behave(heard, tiny))
    clock = roomClock()
    await start()
  })
  afterEach(async () => {
    await room.close()
    await bot.close()
    rmSync(dataDir, { recursive: true })
  })

  /** Someone in her own chat with the bot, and how the bot answers there. */
  async function alone(name = 'Anne Martin'): Promise<{ seat: Seat; chat: Heard; slug: string }> {
    const inMeeting = await sit(room, name)
    const { slug } = (await (await inMeeting.post('chats', { kind: 'personal' })).json()) as { slug: string }
    const seat = await open(room, inMeeting.token, slug)
    const chat = await bot.hears(
      (heard) => heard.type === 'installationUpdate' && heard.conversation.id === seat.chat().id,
    )
    return { seat, chat, slug }
  }

  async function offered(chat: Heard, seat: Seat, message: object = offer()): Promise<MessageView> {
    const { status, body } = await bot.call('POST', chat, activitiesOf(chat), message)
    expect(status).toBe(201)
    return seat.seesMessage((each) => each.id === body.id)
  }

  const answer = (seat: Seat, message: MessageView, action: 'accept' | 'decline') =>
    seat.post('consent', { message: message.id, action })

  const tile = (seat: Seat) => seat.seesMessage((each) => each.attachments[0]?.contentType === `${type}.info`)

  const download = (address: string, token: string) =>
    fetch(`${room.url.replace(/\/$/u, '')}${new URL(address).pathname}?token=${token}`)

  /** Accepted, by a bot that does nothing with it: where it could write. */
  async function place(name?: string) {
    const { seat, chat, slug } = await alone()
    const message = await offered(chat, seat, offer(name))
    await answer(seat, message, 'accept')
    const heard = await bot.hears(isConsent)
    return { seat, chat, slug, ...heard.value.uploadInfo } as {
      seat: Seat
      chat: Heard
      slug: string
      uploadUrl: string
      contentUrl: string
      name: string
    }
  }

  const keptFiles = () => (existsSync(join(dataDir, 'files')) ? readdirSync(join(dataDir, 'files')) : [])

  it('comes when she accepts, and she alone opens it', async () => {
    behave = gives(report)
    const { seat, chat } = await alone()
    const message = await offered(chat, seat)
    expect(message.answered).toBeUndefined()
    expect(await (await answer(seat, message, 'accept')).json()).toEqual({ kind: 'nothing' })

    const heard = await bot.hears(isConsent)
    expect(heard).toMatchObject({ type: 'invoke', replyToId: message.id, from: { id: seat.mri } })
    expect(heard.value).toEqual({
      type: 'fileUpload',
      action: 'accept',
      context: { d: 'report' },
      uploadInfo: {
        contentUrl: expect.stringContaining(room.url),
        uploadUrl: expect.stringMatching(/\/api\/room\/uploads\/[\w-]{43}$/u),
        name: 'Compte rendu.docx',
        uniqueId: expect.any(String),
        fileType: 'docx',
      },
    })
    expect((await seat.seesMessage((each) => each.id === message.id)).answered).toBe('accept')

    const [info] = (await tile(seat)).attachments
    expect(info).toMatchObject({ name: 'Compte rendu.docx', bytes: report.byteLength })
    const mine = await download(info?.contentUrl ?? '', seat.token)
    expect(Buffer.from(await mine.arrayBuffer())).toEqual(report)
    expect(mine.headers.get('content-disposition')).toBe(
      `attachment; filename="Compte rendu.docx"; filename*=UTF-8''Compte%20rendu.docx`,
    )
    const { seat: other } = await alone('Paul Roux')
    for (const token of [other.token, 'no-one', ''])
      expect((await download(info?.contentUrl ?? '', token)).status).toBe(404)
  })

  it('does not come when she declines, and the bot hears it', async () => {
    const { seat, chat } = await alone()
    const message = await offered(chat, seat)
    await answer(seat, message, 'decline')
    const heard = await bot.hears(isConsent)
    expect(heard.value).toEqual({
      type: 'fileUpload',
      action: 'decline',
      context: { d: 'report', no: 1 },
    })
    expect((await seat.seesMessage((each) => each.id === message.id)).answered).toBe('decline')
    expect((await answer(seat, message, 'accept')).status).toBe(409)
  })

  it('is accepted once, however often and from however many tabs she presses', async () => {
    behave = gives(report)
    const { seat, chat, slug } = await alone()
    const message = await offered(chat, seat)
    const again = await open(room, seat.token, slug)
    const pressed = await Promise.all([
      answer(seat, message, 'accept'),
      answer(seat, message, 'accept'),
      answer(again, message, 'accept'),
      answer(again, message, 'decline'),
    ])
    expect(pressed.map((each) => each.status).sort()).toEqual([200, 409, 409, 409])
    await tile(again)
    expect(bot.heard.filter(isConsent)).toHaveLength(1)
    expect(keptFiles()).toHaveLength(1)
  })

  it('may be accepted again when the bot did not hear it, at another place', async () => {
    behave = (heard) => (isConsent(heard) ? { status: 500 } : {})
    const { seat, chat } = await alone()
    const message = await offered(chat, seat)
    expect(await (await answer(seat, message, 'accept')).json()).toEqual({ kind: 'failed', status: 500 })
    await seat.seesMessage((each) => each.id === message.id && each.answered === undefined)
    const { uploadUrl } = bot.heard.find(isConsent)?.value.uploadInfo ?? {}
    expect((await put(uploadUrl, report)).status).toBe(404)
    behave = gives(report)
    await answer(seat, message, 'accept')
    await tile(seat)
  })

  it('is nobody else’s to accept', async () => {
    const { seat, chat } = await alone()
    const message = await offered(chat, seat)
    const paul = await sit(room, 'Paul Roux')
    const body = { conversation: seat.chat().id, message: message.id, action: 'accept' }
    expect((await paul.post('consent', body)).status).toBe(403)
    expect(bot.heard.filter(isConsent)).toEqual([])
  })

  it('is offered in no other chat, nor half described', async () => {
    const { seat, chat } = await alone()
    const message = await offered(chat, seat)
    const meeting = await bot.hears((heard) => heard.conversation.conversationType === 'groupChat')
    const refused = [
      await bot.call('POST', meeting, activitiesOf(meeting), offer()),
      await bot.call('POST', chat, activitiesOf(chat), offer('')),
      await bot.call('POST', chat, activitiesOf(chat), offer('a.csv', { sizeInBytes: 'big' })),
      await bot.call('PUT', chat, `${activitiesOf(chat)}/${message.id}`, offer('')),
    ]
    expect(refused.map((each) => each.status)).toEqual([400, 400, 400, 400])
  })

  it('of five megabytes arrives whole', async () => {
    const large = Buffer.alloc(5 * 1024 * 1024, 'Ouverture ')
    behave = gives(large)
    const { seat, chat } = await alone()
    await answer(seat, await offered(chat, seat), 'accept')
    const [info] = (await tile(seat)).attachments
    expect(info?.bytes).toBe(large.byteLength)
    const mine = await download(info?.contentUrl ?? '', seat.token)
    expect(Buffer.from(await mine.arrayBuffer()).equals(large)).toBe(true)
  })

  it('is written only whole, once, at the address given for it', async () => {
    const { uploadUrl } = await place()
    const altered = uploadUrl.replace(/.$/u, (last) => (last === 'A' ? 'B' : 'A'))
    expect((await put(altered, report)).status).toBe(404)
    const bare = { method: 'PUT', body: new Uint8Array(report) }
    expect((await fetch(uploadUrl, bare)).status).toBe(411)
    for (const range of ['bytes 0-9/10', 'bytes 1-26/27', 'bytes */27', 'items 0-1/2', 'bytes 0-0/1'])
      expect((await put(uploadUrl, report, { 'content-range': range })).status).toBe(416)
    expect((await put(uploadUrl, Buffer.alloc(0))).status).toBe(400)
    for (const size of [21, 32])
      expect((await put(uploadUrl, Buffer.alloc(size * 1024 * 1024))).status).toBe(413)
    for (const method of ['GET', 'DELETE', 'POST'])
      expect((await fetch(uploadUrl, { method })).status).toBe(404)
    expect(keptFiles()).toEqual([])

    expect((await put(uploadUrl, report)).status).toBe(201)
    expect((await put(uploadUrl, report)).status).toBe(200)
    expect((await put(uploadUrl, Buffer.from('autre'))).status).toBe(409)
    expect(keptFiles()).toHaveLength(1)
  })

  it('comes within a day or not at all', async () => {
    const { uploadUrl, contentUrl, seat } = await place()
    clock.advance(24 * 3_600_000)
    expect((await put(uploadUrl, report)).status).toBe(410)
    expect((await download(contentUrl, seat.token)).status).toBe(404)
  })

  it('is refused when a test wants to see that', async () => {
    const { uploadUrl } = await place()
    Object.assign(room.faults, { uploadRefused: 1 })
    expect((await put(uploadUrl, report)).status).toBe(403)
    expect(keptFiles()).toEqual([])
  })

  it('survives a restart between the answer and the upload, and before it is opened', async () => {
    const { uploadUrl, contentUrl, seat, chat, slug } = await place()
    await room.close()
    await start()
    const here = (address: string) => address.replace(/^http:\/\/[^/]+\//u, room.url)
    expect((await put(here(uploadUrl), report)).status).toBe(201)
    await bot.call('POST', { ...chat, serviceUrl: room.url }, activitiesOf(chat), {
      type: 'message',
      attachments: [{ contentType: `${type}.info`, contentUrl, name: 'Compte rendu.docx', content: {} }],
    })
    await room.close()
    await start()
    const mine = await download(contentUrl, seat.token)
    expect(Buffer.from(await mine.arrayBuffer())).toEqual(report)
    const again = await open(room, seat.token, slug)
    expect(again.chat().messages.map((each) => each.answered)).toEqual(['accept', undefined])
  })

  it('is kept from the eyes of other users of the machine', async () => {
    const { uploadUrl } = await place()
    await put(uploadUrl, report)
    const [file = ''] = keptFiles()
    expect(statSync(join(dataDir, 'files', file)).mode & 0o077).toBe(0)
  })

  it.each([
    ['../../etc/passwd', '-..-etc-passwd'],
    ['C:\\Windows\\win.ini', 'C-Windows-win.ini'],
    ['fin\r\nSet-Cookie: a=1.csv', 'finSet-Cookie- a=1.csv'],
    ['facture\u202Efdp.exe', 'facturefdp.exe'],
    ['Élan « vert » 🌱 "100 %".docx', 'Élan « vert » 🌱 -100 %-.docx'],
    ['كشف الموضوعات.csv', 'كشف الموضوعات.csv'],
    [`${'é'.repeat(5000)}.docx`, `${'é'.repeat(120)}.docx`],
    ['...', 'document'],
    ['\uD800.csv', 'document.csv'],
  ])('named %j is saved under a name any disk takes', async (given, safe) => {
    const { uploadUrl, contentUrl, name, seat } = await place(given)
    expect(name).toBe(safe)
    await put(uploadUrl, report)
    const mine = await download(contentUrl, seat.token)
    expect(mine.headers.get('content-disposition')).toContain(
      `filename*=UTF-8''${encodeURIComponent(safe).replace(/'/gu, '%27')}`,
    )
    expect(mine.headers.get('set-cookie')).toBeNull()
  })

  it.skipIf(process.platform === 'win32')(
    'that does not fit on the disk is refused as such, and leaves nothing behind',
    async () => {
      await room.close()
      const script = join(import.meta.dirname, 'room-process.ts')
      const limited = 'trap "" XFSZ; ulimit -f 400; exec "$0" --import tsx "$1" "$2" "$3"'
      const child = spawn('/bin/sh', ['-c', limited, process.execPath, script, bot.url, dataDir], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      const lines = createInterface({ input: child.stdout })
      const url = await new Promise<string>((resolve) => lines.once('line', resolve))
      room = { ...room, url, close: async () => void child.kill() }
      const { uploadUrl, contentUrl, seat } = await place()
      expect((await put(uploadUrl, Buffer.alloc(1024 * 1024, 'x'))).status).toBe(507)
      expect(keptFiles()).toEqual([])
      expect((await download(contentUrl, seat.token)).status).toBe(404)
      expect((await put(uploadUrl, report)).status).toBe(201)
      await vi.waitFor(() => expect(keptFiles()).toHaveLength(1))
    },
    30_000,
  )
})
