import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { answerFileConsent } from './actions.ts'
import type { Scene } from './activities.ts'
import { isStruck } from './faults.ts'
import { endingOf, type Offer, offerIn, safeName } from './file-offers.ts'
import { type FileStore, NoRoomLeft } from './file-store.ts'
import { type Answer, type Asked, json, Refused } from './http.ts'
import { answerInChat } from './messages.ts'
import { personByToken } from './people.ts'
import type { Room } from './room.ts'
import type { Message, PersonalFile } from './state.ts'
import type { Outcome } from './views.ts'

/** Bytes of the largest file someone's shelf takes. */
export const largestFile = 20 * 1024 * 1024

/** Milliseconds of the room's time during which an accepted file may come. */
const awaited = 24 * 3_600_000

/** People's own files: the bot may put one there once its owner accepted it, and she alone opens it. */
export interface FileShelf {
  /** What she says to a file that is offered: once, whatever the number of tabs and presses. */
  answer(scene: Scene, message: Message, action: 'accept' | 'decline'): Promise<Outcome>
  /** The bot writes to the address it was given, the whole file at once. */
  write(key: string, asked: Asked): Promise<Answer>
  read(id: string, token: string): Promise<Answer>
}

export function fileShelf(room: Room, store: FileStore): FileShelf {
  return {
    async answer(scene, message, action) {
      const offer = offerIn(message)
      if (message.answered) throw new Refused(409, 'AlreadyAnswered')
      answerInChat(room, scene.conversation, message, action)
      if (action === 'decline') return declined(room, scene, message, offer)
      const file = newFile(room, scene, offer)
      const uploadInfo = placeOf(room, file)
      const context = offer.content.acceptContext
      const outcome = await answerFileConsent(room, scene, { message, action, context, uploadInfo })
      if (outcome.kind === 'failed' && file.bytes === undefined) takeBack(room, scene, message, file)
      return outcome
    },
    async write(key, { raw, headers }) {
      const file = room.state.files.find((each) => each.key === key)
      if (!file) throw new Refused(404, 'UploadNotFound')
      if (room.clock.now() >= file.until) throw new Refused(410, 'UploadExpired')
      if (isStruck(room.faults.uploadRefused, room.random)) throw new Refused(403, 'AccessDenied')
      refuseOtherRange(headers['content-range'], raw.byteLength)
      return kept(room, store, file, raw)
    },
    async read(id, token) {
      const file = room.state.files.find((each) => each.id === id)
      const person = personByToken(room, token)
      const body = file && file.owner === person?.key && (await store.read(id))
      if (!file || !body) throw new Refused(404, 'FileNotFound')
      const headers = { 'content-disposition': attachmentNamed(file.name) }
      return { kind: 'bytes', status: 200, type: 'application/octet-stream', body, headers }
    },
  }
}

async function declined(room: Room, scene: Scene, message: Message, { content }: Offer): Promise<Outcome> {
  const said = { message, action: 'decline' as const, context: content.declineContext }
  const outcome = await answerFileConsent(room, scene, said)
  if (outcome.kind === 'failed') answerInChat(room, scene.conversation, message, undefined)
  return outcome
}

function newFile(room: Room, { person }: Scene, offer: Offer): PersonalFile {
  const file = {
    id: randomUUID(),
    owner: person.key,
    name: safeName(offer.name),
    key: randomBytes(32).toString('base64url'),
    until: room.clock.now() + awaited,
  }
  room.state.files.push(file)
  return file
}

function placeOf(room: Room, { id, key, name }: PersonalFile): object {
  return {
    contentUrl: `${room.url()}api/room/files/${id}`,
    uploadUrl: `${room.url()}api/room/uploads/${key}`,
    name,
    uniqueId: id,
    fileType: endingOf(name),
  }
}

/** The bot heard nothing of it: the question is open again. */
function takeBack(room: Room, { conversation }: Scene, message: Message, file: PersonalFile): void {
  room.state.files = room.state.files.filter((each) => each !== file)
  answerInChat(room, conversation, message, undefined)
}

/** All of it in one piece: `bytes 0-9/10` for ten bytes. */
function refuseOtherRange(range: string | undefined, size: number): void {
  if (size === 0) throw new Refused(400, 'EmptyFile')
  if (range === undefined) throw new Refused(411, 'RangeMissing', 'Content-Range is required')
  if (range !== `bytes 0-${size - 1}/${size}`) throw new Refused(416, 'RangeNotSatisfiable')
}

/** The first to write has the place; the same bytes again, from one who missed the answer, change nothing. */
async function kept(room: Room, store: FileStore, file: PersonalFile, raw: Buffer): Promise<Answer> {
  const digest = createHash('sha256').update(raw).digest('base64url')
  if (file.digest !== undefined && file.digest !== digest) throw new Refused(409, 'AlreadyUploaded')
  if (file.bytes !== undefined) return json({ id: file.id, size: file.bytes })
  file.digest = digest
  try {
    await store.write(file.id, raw)
  } catch (error) {
    delete file.digest
    if (error instanceof NoRoomLeft) throw new Refused(507, 'InsufficientStorage')
    throw error
  }
  file.bytes = raw.byteLength
  room.changed()
  return json({ id: file.id, size: file.bytes }, 201)
}

/** RFC 6266: any name, and a plain one for who reads no other. */
function attachmentNamed(name: string): string {
  const plain = name.normalize('NFKD').replace(/[^\x20-\x7e]|["%;\\]/g, '')
  const coded = encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)
  return `attachment; filename="${plain}"; filename*=UTF-8''${coded}`
}
