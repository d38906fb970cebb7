import { randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import writeFileAtomic from 'write-file-atomic'
import { z } from 'zod'
import type { JsonObject } from './views.ts'

const person = z.object({
  key: z.string(),
  token: z.string(),
  mri: z.string(),
  aadObjectId: z.string().optional(),
  name: z.string(),
  givenName: z.string(),
  surname: z.string(),
  email: z.string().optional(),
  tenantId: z.string(),
  kind: z.enum(['member', 'guest', 'anonymous']),
  language: z.enum(['fr', 'en']),
  simulated: z
    .object({ persona: z.string(), pace: z.enum(['slow', 'normal', 'fast']), pressed: z.array(z.string()) })
    .optional(),
})

const attachment = z.object({
  contentType: z.string(),
  contentUrl: z.string().optional(),
  name: z.string().optional(),
  content: z.unknown(),
})

const message = z.object({
  id: z.string(),
  from: z.string(),
  at: z.number(),
  edited: z.boolean(),
  revision: z.number(),
  text: z.string(),
  format: z.enum(['plain', 'markdown']),
  attachments: z.array(attachment),
  /** What the person said to the file it offers. */
  answered: z.enum(['accept', 'decline']).optional(),
})

/** A file of someone's: a place first, then what the bot put there. */
const file = z.object({
  id: z.string(),
  owner: z.string(),
  name: z.string(),
  /** The end of the address the bot may write to, and until when. */
  key: z.string(),
  until: z.number(),
  /** What was put there; the same again changes nothing, anything else is refused. */
  digest: z.string().optional(),
  /** How much of it is kept; none as long as it is not all there. */
  bytes: z.number().optional(),
})

const conversation = z.object({
  id: z.string(),
  slug: z.string(),
  kind: z.enum(['meeting', 'personal', 'group']),
  title: z.string(),
  meetingId: z.string().optional(),
  botInstalled: z.boolean(),
  /** The bot is added when the first person comes in; afterwards only by hand. */
  opened: z.boolean(),
  running: z.boolean(),
  startedAt: z.number(),
  members: z.array(
    z.object({
      person: z.string(),
      role: z.enum(['Organizer', 'Presenter', 'Attendee']),
      present: z.boolean(),
    }),
  ),
  messages: z.array(message),
  /** Nobody chose its title: it is called after the workshop that is held in it. */
  isUnnamed: z.boolean().optional(),
  /** Which programme and which of its workshops is rehearsed here. */
  rehearsal: z
    .object({
      programme: z.string(),
      workshop: z.number().optional(),
      isOneOfSeveral: z.boolean().optional(),
      isOver: z.boolean(),
    })
    .optional(),
  /** In a personal chat: the message that shows a page of what the person prepares, and how that page is asked for again. */
  page: z
    .object({
      message: z.string(),
      action: z.object({
        type: z.literal('Action.Execute'),
        id: z.string().optional(),
        verb: z.string().optional(),
        data: z.record(z.unknown()).transform((value) => value as JsonObject),
      }),
    })
    .optional(),
})

const state = z.object({
  version: z.literal(1),
  tenantId: z.string(),
  people: z.array(person),
  conversations: z.array(conversation),
  files: z.array(file).default([]),
})

export type Person = z.infer<typeof person>
export type Message = z.infer<typeof message>
export type Conversation = z.infer<typeof conversation>
export type Member = Conversation['members'][number]
export type PersonalFile = z.infer<typeof file>
export type State = z.infer<typeof state>

export interface StateFile {
  state: State
  /** Writes soon; several changes make one write. */
  changed(): void
  flush(): Promise<void>
}

/** Without a folder the state lives in memory. An unreadable file is refused, not overwritten. */
export function stateFile(dataDir: string | undefined, log: (line: string) => void): StateFile {
  if (!dataDir) return { state: newState(), changed: () => {}, flush: async () => {} }
  mkdirSync(dataDir, { recursive: true })
  const file = join(dataDir, 'room.json')
  const state = savedState(file) ?? newState()
  return { state, ...writer(() => writeFileAtomic(file, JSON.stringify(state)), log) }
}

function newState(): State {
  return { version: 1, tenantId: randomUUID(), people: [], conversations: [], files: [] }
}

function savedState(file: string): State | undefined {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
  return state.parse(JSON.parse(text))
}

const soon = 100

/** One write at a time, at least 100 ms apart; what changed meanwhile goes with the next. */
function writer(write: () => Promise<void>, log: (line: string) => void) {
  let timer: NodeJS.Timeout | undefined
  let last: Promise<void> = Promise.resolve()

  function flush(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    last = last.then(write).catch((error) => log(`room: not saved: ${error}`))
    return last
  }

  return {
    changed: () => {
      timer ??= setTimeout(() => void flush(), soon)
    },
    flush,
  }
}
