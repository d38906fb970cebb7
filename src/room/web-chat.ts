import { z } from 'zod'
import { actionSchema, answerFileConsent, press, submitTask } from './actions.ts'
import { admit } from './conversations.ts'
import { json, Refused, type Route, route } from './http.ts'
import { say } from './messages.ts'
import { enter, roleOf } from './people.ts'
import type { JsonObject } from './views.ts'
import type { Web } from './web.ts'
import { messageIn, parsed, scene, shortText } from './web-door.ts'

/** What a person does in Teams. */
export function chatRoutes({ room, files }: Web): Route[] {
  return [
    route('POST', '/api/room/enter', ({ body }) => {
      const wanted = parsed(entrySchema, body)
      const conversation = room.state.conversations.find((each) => each.slug === wanted.slug)
      if (!conversation || conversation.kind === 'personal') throw new Refused(404, 'MeetingNotFound')
      const person = enter(room, wanted)
      admit(room, conversation, person, roleOf(wanted.entry))
      return json({ token: person.token, slug: conversation.slug })
    }),
    route('POST', '/api/room/say', ({ body }) => {
      const { text } = parsed(z.object({ text: z.string().trim().min(1).max(10_000) }), body)
      const { person, conversation } = scene(room, body)
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
      const asked = messageIn(where.conversation, message)
      return json(await answerFileConsent(room, where, files.consent(asked, action)))
    }),
    route('GET', '/api/room/files/:id/:name', ({ params }) => files.read(params.id ?? '')),
    route('PUT', '/api/room/files/:id/:name', ({ params, raw }) => files.write(params.id ?? '', raw), true),
  ]
}

const pressSchema = z.object({
  message: z.string(),
  action: actionSchema,
  trigger: z.enum(['manual', 'automatic']),
})

const consentSchema = z.object({ message: z.string(), action: z.enum(['accept', 'decline']) })

const entrySchema = z.object({
  name: shortText,
  entry: z.enum(['organizer', 'presenter', 'attendee', 'guest', 'anonymous']),
  language: z.enum(['fr', 'en']),
  slug: z.string(),
})
