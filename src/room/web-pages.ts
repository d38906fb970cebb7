import { z } from 'zod'
import type { Assets } from './assets.ts'
import { roomTexts } from './assets.ts'
import { type Answer, type Asked, Refused, type Route, route } from './http.ts'
import { rehearsalPath } from './rehearsal.ts'
import type { Room } from './room.ts'
import type { Conversation } from './state.ts'
import type { Language } from './views.ts'
import type { Web } from './web.ts'

/** The page, which is the same for all, and what it is made of. */
export function pageRoutes({ room, assets }: Web): Route[] {
  return [
    route('GET', '/', (asked) => page(room, assets, asked, room.state.conversations[0])),
    route('GET', `/${rehearsalPath}`, (asked) => page(room, assets, asked, room.state.conversations[0])),
    route('GET', '/m/:slug', (asked) => {
      // Nobody enters anyone’s own chat from outside: the door is that of the first meeting.
      const wanted = room.state.conversations.find((each) => each.slug === asked.params.slug)
      const meeting = wanted?.kind === 'personal' ? undefined : wanted
      return page(room, assets, asked, meeting ?? room.state.conversations[0])
    }),
    route('GET', '/client.js', async () => text('text/javascript', await assets.script())),
    route('GET', '/client.css', () => text('text/css', assets.style())),
    route('GET', '/fonts/:weight.ttf', ({ params }) => {
      const body = assets.font(params.weight ?? '')
      if (!body) throw new Refused(404, 'NotFound')
      return { kind: 'bytes', status: 200, type: 'font/ttf', body }
    }),
    route('GET', '/favicon.svg', () => text('image/svg+xml', icon)),
  ]
}

const policy =
  "default-src 'self'; img-src * data:; style-src 'self' 'unsafe-inline'; connect-src 'self' ws:; frame-ancestors 'none'"

function page(room: Room, assets: Assets, asked: Asked, conversation: Conversation | undefined): Answer {
  const language = preferred(asked)
  const data = {
    language,
    zone: room.zone,
    texts: { fr: roomTexts('fr'), en: roomTexts('en') },
    slug: conversation?.slug ?? '',
    title: conversation?.title ?? '',
    hasOrganizer: conversation?.members.some((member) => member.role === 'Organizer') ?? false,
    arrivals: conversation?.members.length ?? 0,
    now: room.clock.now(),
  }
  return {
    ...text('text/html', assets.page({ language, data })),
    headers: { 'content-security-policy': policy },
  }
}

/** French first; English when the address asks. */
function preferred(asked: Asked): Language {
  const wanted = z.enum(['fr', 'en']).safeParse(asked.query.get('lang'))
  return wanted.success ? wanted.data : 'fr'
}

function text(type: string, body: string) {
  return { kind: 'bytes' as const, status: 200, type: `${type}; charset=utf-8`, body }
}

const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#5b5fc7"/><path d="M16 7a9 9 0 1 0 9 9" fill="none" stroke="#fff" stroke-width="3.4" stroke-linecap="round"/><circle cx="22.5" cy="9.5" r="2.6" fill="#fff"/></svg>'
