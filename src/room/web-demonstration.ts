import { z } from 'zod'
import { roomTexts } from './assets.ts'
import {
  admit,
  endMeeting,
  installBot,
  newGroupChat,
  newMeeting,
  personalChat,
  removeBot,
  startMeeting,
} from './conversations.ts'
import { json, type Route, route } from './http.ts'
import { prepare } from './preparation.ts'
import { rehearse, rehearseAgain } from './rehearsal.ts'
import type { Room } from './room.ts'
import type { Conversation, Person } from './state.ts'
import type { Web } from './web.ts'
import { parsed, personIn, scene, shortText } from './web-door.ts'

/** What a demonstration adds: other conversations, simulated people, the bot put in and out. */
export function demonstrationRoutes({ room, simulator }: Web): Route[] {
  return [
    route('POST', '/api/room/meetings', ({ body }) => {
      const { title, isSuggested } = parsed(meetingSchema, body)
      const person = personIn(room, body)
      const conversation = newMeeting(room, title)
      if (isSuggested) conversation.isUnnamed = true
      admit(room, conversation, person, 'Organizer')
      return json({ slug: conversation.slug })
    }),
    route('POST', '/api/room/rehearsals', ({ body }) => {
      const { again, ...wanted } = parsed(rehearsalSchema, body)
      const play = again ? rehearseAgain : rehearse
      return json({ slug: play({ room, simulator }, personIn(room, body), wanted).slug })
    }),
    route('POST', '/api/room/chats', ({ body }) => {
      const { kind } = parsed(z.object({ kind: z.enum(['personal', 'group']) }), body)
      return json({ slug: openChat(room, personIn(room, body), kind).slug })
    }),
    route('POST', '/api/room/preparation', ({ body }) => {
      const { chat, message } = prepare(room, personIn(room, body))
      return json({ slug: chat.slug, message })
    }),
    route('POST', '/api/room/simulated', ({ body }) => {
      const { count, pace } = parsed(simulatedSchema, body)
      const { person, conversation } = scene(room, body)
      return json({ added: simulator.add(conversation, { count, pace, language: person.language }) })
    }),
    route('POST', '/api/room/simulated/remove', ({ body }) => {
      simulator.removeAll(scene(room, body).conversation)
      return json({})
    }),
    route('POST', '/api/room/bot', ({ body }) => {
      const { installed } = parsed(z.object({ installed: z.boolean() }), body)
      const { person, conversation } = scene(room, body)
      const change = installed ? installBot : removeBot
      change(room, conversation, person)
      return json({})
    }),
    route('POST', '/api/room/meeting', ({ body }) => {
      const { running } = parsed(z.object({ running: z.boolean() }), body)
      const { person, conversation } = scene(room, body)
      const change = running ? startMeeting : endMeeting
      change(room, conversation, person)
      return json({})
    }),
  ]
}

const simulatedSchema = z.object({
  count: z.number().int().min(1).max(10),
  pace: z.enum(['slow', 'normal', 'fast']),
})

/** `isSuggested`: the title is the one the page offered. */
const meetingSchema = z.object({ title: shortText, isSuggested: z.boolean().default(false) })

const rehearsalSchema = z.object({
  title: shortText,
  programme: z
    .string()
    .regex(/^\d{0,3}$/u)
    .default(''),
  isOneOfSeveral: z.boolean().optional(),
  workshop: z.number().int().min(1).max(9).optional(),
  again: z.boolean().default(false),
})

function openChat(room: Room, person: Person, kind: 'personal' | 'group'): Conversation {
  if (kind === 'personal') return personalChat(room, person)
  const conversation = newGroupChat(room, roomTexts(person.language).conversations?.group ?? '')
  admit(room, conversation, person, 'Attendee')
  return conversation
}
