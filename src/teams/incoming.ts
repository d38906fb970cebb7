import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Upload } from '../ports.ts'

/** An activity once read: what happened in the chat, in our words. Nothing else of an activity goes further. */
export type Incoming =
  | { kind: 'typed'; text: string }
  | { kind: 'pressed'; press: Press; execute: boolean }
  | { kind: 'dialog-asked'; press: Press }
  | { kind: 'dialog-sent'; press: Press }
  | FileAnswered
  | { kind: 'installed' }
  | { kind: 'removed' }
  | { kind: 'people-changed'; came: Person[]; left: string[]; event: boolean }
  | { kind: 'meeting-started'; at: number | null }
  | { kind: 'meeting-ended'; at: number | null }
  /** A card's action that cannot be read. */
  | { kind: 'misread-action' }
  | { kind: 'other-invoke' }
  | { kind: 'other' }

/** Someone as an activity names her; the name may be empty. */
interface Person {
  id: string
  name: string
}

/** An action of a card. Everything in it came through a client: it is only ever compared and parsed. */
export interface Press {
  verb: string
  /** The card it was drawn on; the meeting is told where the card stands elsewhere, in a personal chat. */
  meeting: string | null
  session: string | null
  segment: string | null
  slot: string | null
  dialog: string | null
  about: string | null
  /** What the action and the inputs hold. */
  fields: Record<string, string>
  messageId: string | null
}

/** A file was offered; she accepted it or not. Both what it is about and where it goes came through a client. */
export interface FileAnswered {
  kind: 'file-answered'
  accepted: boolean
  /** The meeting, the session and the document; null when the client sent something else. */
  about: { m: string; s: string; d: string } | null
  upload: Upload | null
}

export interface Envelope {
  id: string
  /** Without a directory id she may be anonymous; where the platform leaves it out, the roster tells. */
  from: Person & { directoryId: string | null }
  conversationId: string
  ground: 'meeting' | 'chat' | 'personal'
  lang: 'fr' | 'en'
  what: Incoming
  /** The same for every delivery of the same gesture, whatever id it comes under. */
  key: string
  /** An invoke: who sends it waits for what is answered. */
  isAsked: boolean
}

const account = z.object({ id: z.string().min(1).max(300), name: z.string().max(300).nullish() })
const author = account.extend({ aadObjectId: z.string().max(100).nullish().catch(null) })

const activity = z.object({
  type: z.string().min(1).max(60),
  id: z.string().max(300).nullish(),
  name: z.string().max(200).nullish(),
  text: z.string().nullish(),
  value: z.unknown(),
  replyToId: z.string().max(300).nullish(),
  action: z.string().max(60).nullish(),
  locale: z.string().max(40).nullish(),
  from: author,
  recipient: account,
  serviceUrl: z.string().max(2000).nullish().catch(null),
  conversation: z.object({
    id: z.string().min(1).max(500),
    conversationType: z.string().max(40).nullish(),
    tenantId: z.string().max(100).nullish(),
  }),
  membersAdded: z.array(account).max(1000).nullish(),
  membersRemoved: z.array(account).max(1000).nullish(),
  channelData: z
    .object({
      meeting: z.object({ id: z.string() }).nullish().catch(null),
      tenant: z.object({ id: z.string() }).nullish().catch(null),
    })
    .nullish()
    .catch(null),
})
type Activity = z.infer<typeof activity>

/** Null when it is nothing a person or a meeting can have sent. */
export function readActivity(raw: unknown): Envelope | null {
  const parsed = activity.safeParse(raw)
  if (!parsed.success) return null
  const given = parsed.data
  const what = whatOf(given)
  return {
    id: given.id ?? '',
    from: { ...personOf(given.from), directoryId: given.from.aadObjectId || null },
    conversationId: given.conversation.id.split(';')[0] ?? given.conversation.id,
    ground: groundOf(given),
    lang: given.locale?.toLowerCase().startsWith('en') ? 'en' : 'fr',
    what,
    key: keyOf(given, what),
    isAsked: given.type === 'invoke',
  }
}

/** What the SDK is given: what was read and nothing else, for it fails on much that it does not expect. */
export const plainActivity = (raw: unknown): Record<string, unknown> => ({
  ...activity.parse(raw),
  channelId: 'msteams',
})

function whatOf(given: Activity): Incoming {
  switch (given.type) {
    case 'message':
      return isData(given.value)
        ? { kind: 'pressed', press: pressOf(given.value, given), execute: false }
        : { kind: 'typed', text: withoutMentions(given.text ?? '') }
    case 'invoke':
      return invoked(given)
    case 'installationUpdate':
      return { kind: given.action?.startsWith('remove') ? 'removed' : 'installed' }
    case 'conversationUpdate':
      return memberChange(given)
    case 'event':
      return meetingEvent(given)
    default:
      return { kind: 'other' }
  }
}

/** Clients put a mention of the bot in the text; nothing of it is part of what was typed. */
const withoutMentions = (text: string): string => text.replace(/<at[^>]*>[^<]*<\/at>/giu, ' ').trim()

const executed = z.object({
  action: z.object({ verb: z.string().max(60).nullish(), data: z.unknown() }).passthrough(),
})
const dialog = z.object({ data: z.unknown() })

function invoked(given: Activity): Incoming {
  switch (given.name) {
    case 'adaptiveCard/action': {
      const read = executed.safeParse(given.value)
      if (!read.success) return { kind: 'misread-action' }
      const press = pressOf(read.data.action.data, given)
      return {
        kind: 'pressed',
        press: { ...press, verb: read.data.action.verb || press.verb },
        execute: true,
      }
    }
    case 'task/fetch':
    case 'task/submit': {
      const read = dialog.safeParse(given.value)
      const press = pressOf(read.success ? read.data.data : {}, given)
      return { kind: given.name === 'task/fetch' ? 'dialog-asked' : 'dialog-sent', press }
    }
    case 'fileConsent/invoke':
      return fileAnswered(given)
    default:
      return { kind: 'other-invoke' }
  }
}

const short = z.string().max(300)
const address = z.string().min(1).max(8000)

/** https://learn.microsoft.com/microsoftteams/platform/bots/how-to/bots-filesv4 */
const fileAnswer = z.object({
  action: z.enum(['accept', 'decline']),
  context: z
    .object({ m: z.string().max(500), s: short, d: short })
    .nullish()
    .catch(null),
  uploadInfo: z
    .object({
      uploadUrl: address,
      contentUrl: address,
      name: short,
      uniqueId: short,
      fileType: z.string().max(40).default(''),
    })
    .nullish()
    .catch(null),
})

function fileAnswered(given: Activity): Incoming {
  const read = fileAnswer.safeParse(given.value)
  if (!read.success) return { kind: 'other-invoke' }
  const { action, context, uploadInfo } = read.data
  return {
    kind: 'file-answered',
    accepted: action === 'accept',
    about: context ?? null,
    upload: uploadInfo ?? null,
  }
}

const moment = z.coerce.date().transform(Number).nullish().catch(null)
const times = z.object({ StartTime: moment, EndTime: moment }).catch({})

const movers = z.object({ members: z.array(z.object({ user: account })).max(1000) })

/**
 * The names are the platform's own: the SDK's routes listen for others.
 * https://learn.microsoft.com/microsoftteams/platform/apps-in-teams-meetings/meeting-apps-apis
 */
function meetingEvent({ name, value }: Activity): Incoming {
  switch (name) {
    case 'application/vnd.microsoft.meetingStart':
      return { kind: 'meeting-started', at: times.parse(value).StartTime ?? null }
    case 'application/vnd.microsoft.meetingEnd':
      return { kind: 'meeting-ended', at: times.parse(value).EndTime ?? null }
    case 'application/vnd.microsoft.meetingParticipantJoin':
      return { kind: 'people-changed', came: moved(value), left: [], event: true }
    case 'application/vnd.microsoft.meetingParticipantLeave':
      return { kind: 'people-changed', came: [], left: idsOf(moved(value)), event: true }
    default:
      return { kind: 'other' }
  }
}

const moved = (value: unknown): Person[] =>
  movers.safeParse(value).data?.members.map(({ user }) => personOf(user)) ?? []

const personOf = ({ id, name }: z.infer<typeof account>): Person => ({ id, name: name ?? '' })

const idsOf = (people: Person[]): string[] => people.map(({ id }) => id)

function memberChange(given: Activity): Incoming {
  const bot = given.recipient.id
  if (given.membersRemoved?.some((one) => one.id === bot)) return { kind: 'removed' }
  if (given.membersAdded?.length || given.membersRemoved?.length) {
    const people = (list: Activity['membersAdded']) =>
      (list ?? []).filter(({ id }) => id !== bot).map(personOf)
    return {
      kind: 'people-changed',
      came: people(given.membersAdded),
      left: idsOf(people(given.membersRemoved)),
      event: false,
    }
  }
  return { kind: 'other' }
}

/** Reserved names of what the card layer stamps; every other key is a field of the action or an input. */
const stamped = new Set(['verb', 'm', 's', 'g', 'k', 'n', 'd', 'dialog', 'about', 'msteams'])

function pressOf(raw: unknown, given: Activity): Press {
  const data = isData(raw) ? raw : {}
  const text = (key: string) => (typeof data[key] === 'string' ? (data[key] as string).slice(0, 300) : null)
  return {
    verb: text('verb') ?? '',
    meeting: text('m'),
    session: text('s'),
    segment: text('g'),
    slot: text('k'),
    dialog: text('dialog') ?? text('d'),
    about: text('about'),
    fields: fieldsOf(data),
    messageId: given.replyToId ?? null,
  }
}

/** At most this many inputs are read of one card: the largest has a few dozen. */
const fieldLimit = 200

const fieldsOf = (data: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(data)
      .filter(([key]) => !stamped.has(key))
      .slice(0, fieldLimit)
      .flatMap(([key, value]): [string, string][] => {
        if (typeof value === 'string') return [[key, value]]
        return typeof value === 'number' || typeof value === 'boolean' ? [[key, String(value)]] : []
      }),
  )

function groundOf(given: Activity): Envelope['ground'] {
  if (given.conversation.conversationType === 'personal') return 'personal'
  return given.channelData?.meeting?.id ? 'meeting' : 'chat'
}

const gestures: ReadonlySet<Incoming['kind']> = new Set(['pressed', 'dialog-sent', 'file-answered'])

/**
 * A meeting starts and ends once at a time. A card's gesture is told by who made it, on which message, and all it carries (the stamp has the change it was drawn
 * at); a typed line, by its activity. The platform may deliver the same gesture again under another id.
 */
function keyOf(given: Activity, what: Incoming): string {
  if (what.kind === 'meeting-started' || what.kind === 'meeting-ended')
    return `m:${what.kind}:${what.at ?? given.id ?? ''}`
  if (!gestures.has(what.kind)) return given.id ? `a:${given.id}` : ''
  const told = JSON.stringify([given.from.id, given.replyToId ?? null, given.name ?? null, given.value])
  return `p:${createHash('sha256').update(told).digest('base64url').slice(0, 22)}`
}

const isData = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
