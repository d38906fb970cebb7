import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { type Answer, json, Refused } from './http.ts'
import type { Room } from './room.ts'
import type { Message } from './state.ts'

/** People's files, in memory: enough for the bot to put one there and for its owner to open it. */
export interface FileShelf {
  /** The answer to the bot's offer; accepting opens a place to upload to. */
  consent(message: Message, action: 'accept' | 'decline'): Consent
  write(id: string, bytes: Buffer): Answer
  read(id: string): Answer
}

export interface Consent {
  message: Message
  action: 'accept' | 'decline'
  context: unknown
  uploadInfo?: object
}

const offerSchema = z.object({
  name: z.string().default('document'),
  content: z.object({ acceptContext: z.unknown(), declineContext: z.unknown() }),
})

export function fileShelf(room: Room): FileShelf {
  const files = new Map<string, Buffer | undefined>()
  return {
    consent(message, action) {
      const { name, content } = offerIn(message)
      if (action === 'decline') return { message, action, context: content.declineContext }
      const id = randomUUID()
      files.set(id, undefined)
      return { message, action, context: content.acceptContext, uploadInfo: place(room, id, name) }
    },
    write(id, bytes) {
      if (!files.has(id)) throw new Refused(404, 'FileNotFound')
      files.set(id, bytes)
      return json({ id }, 201)
    },
    read(id) {
      const body = files.get(id)
      if (!body) throw new Refused(404, 'FileNotFound')
      const headers = { 'content-disposition': 'attachment' }
      return { kind: 'bytes', status: 200, type: 'application/octet-stream', body, headers }
    },
  }
}

export const consentType = 'application/vnd.microsoft.teams.card.file.consent'

function offerIn(message: Message) {
  const offer = offerSchema.safeParse(message.attachments.find((each) => each.contentType === consentType))
  if (!offer.success) throw new Refused(404, 'NoFileOffered')
  return offer.data
}

function place(room: Room, id: string, name: string): object {
  const url = `${room.url()}api/room/files/${id}/${encodeURIComponent(name)}`
  const fileType = name.includes('.') ? name.split('.').at(-1) : ''
  return { contentUrl: url, uploadUrl: url, name, uniqueId: id, fileType }
}
