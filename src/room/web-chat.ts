import { z } from 'zod'
import { actionSchema, press, submitTask } from './actions.ts'
import { admit, personalChatOf } from './conversations.ts'
import { largestFile } from './files.ts'
import { json, Refused, type Route, route } from './http.ts'
import { isTooLong } from './limits.ts'
import { say } from './messages.ts'
import { enter, roleOf } from './people.ts'
import { acquaintanceView } from './view.ts'
import type { JsonObject } from './views.ts'
import type { Web } from './web.ts'
import { meetingAt, messageIn, parsed, personIn, scene, shortText } from './web-door.ts'

/** What a person does in Teams. */
export function chatRoutes({ room, files }: Web): Route[] {
  return [
    route('POST', '/api/room/enter', ({ body }) => {
      const wanted = parsed(entrySchema, body)
      const conversation = meetingAt(room, wanted.slug)
      const person = enter(room, wanted)
      admit(room, conversation, person, roleOf(wanted.entry))
      return json({ token: person.token, slug: conversation.slug })
    }),
    route('POST', '/api/room/known', ({ body }) => {
      const { tokens, slug } = parsed(knownSchema, body)
      return json({ people: tokens.flatMap((token) => acquaintanceView(room, token, slug)) })
    }),
    route('POST', '/api/room/return', ({ body }) => {
      const { slug, entry, chat } = parsed(returnSchema, body)
      const person = personIn(room, body)
      const own = personalChatOf(room, person)
      if (own && own.slug === chat) return json({ token: person.token, slug: own.slug })
      const conversation = meetingAt(room, slug)
      admit(room, conversation, person, roleOf(entry))
      return json({ token: person.token, slug: conversation.slug })
    }),
    route('POST', '/api/room/say', ({ body }) => {
      const { text } = parsed(z.object({ text: z.string().trim().min(1) }), body)
      const { person, conversation } = scene(room, body)
      if (isTooLong(text)) throw new Refused(413, 'MessageSizeTooBig')
      void say(room, conversation, person, text)
      return json({})
    }),
    route('POST', '/api/room/press', async ({ body }) => {
      const { action, trigger, message } = parsed(pressSchema, body)
      const where = scene(room, body)
      return json(
        await press(room, { ...where, message: messageIn(where.conversation, message), action, trigger }),
      )
    }),
    route('POST', '/api/room/dialog', async ({ body }) => {
      const { data } = parsed(z.object({ data: z.record(z.unknown()) }), body)
      return json(await submitTask(room, scene(room, body), data as JsonObject))
    }),
    route('POST', '/api/room/consent', async ({ body }) => {
      const { message, action } = parsed(consentSchema, body)
      const where = scene(room, body)
      return json(await files.answer(where, messageIn(where.conversation, message), action))
    }),
    route('GET', '/api/room/files/:id', ({ params, query }) => {
      return files.read(params.id ?? '', query.get('token') ?? '')
    }),
    route(
      'PUT',
      '/api/room/uploads/:key',
      (asked) => files.write(asked.params.key ?? '', asked),
      largestFile,
    ),
  ]
}

const pressSchema = z.object({
  message: z.string(),
  action: actionSchema,
  trigger: z.enum(['manual', 'automatic']),
})

const consentSchema = z.object({ message: z.string(), action: z.enum(['accept', 'decline']) })

/** The people a browser remembers having been. */
const knownSchema = z.object({ tokens: z.array(z.string()).max(20), slug: z.string() })

const entrySchema = z.object({
  name: shortText,
  entry: z.enum(['organizer', 'presenter', 'attendee', 'guest', 'anonymous']),
  language: z.enum(['fr', 'en']),
  slug: z.string(),
})

/** `chat`: the place the address names, which may be her own chat. */
const returnSchema = entrySchema.pick({ slug: true, entry: true }).extend({ chat: z.string().optional() })
