import type { ConversationHeader } from '../views.ts'
import { post, type Seat } from './api.ts'
import { t } from './texts.ts'

const path = '/repetition'

/**
 * The room's own: it opens in this very tab, which knows who she is, and under the name by which she reached the room. Its cards
 * only know the address that it listens on, where she may have come by another name of this computer, or through a relay.
 */
export function rehearsalHere(url: string): string | null {
  const read = URL.canParse(url, location.href) ? new URL(url, location.href) : null
  if (read?.pathname !== path) return null
  return read.origin === location.origin || thisComputer.has(read.hostname) ? `${path}${read.search}` : null
}

const thisComputer: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]'])

/** Opens the meeting that the address asks for, and takes her there. */
export async function goRehearse({ token }: Seat, asked: URLSearchParams): Promise<Seat> {
  const title = asked.get('title')
  const workshop = Number(asked.get('workshop'))
  const { slug } = await post<{ slug: string }>('rehearsals', {
    token,
    title: (title ? t('rehearsal.meeting', { title }) : t('rehearsal.meeting-plain')).slice(0, longest),
    programme: asked.get('p') ?? '',
    isOneOfSeveral: asked.has('among'),
    ...(Number.isInteger(workshop) && workshop > 0 ? { workshop } : {}),
  })
  return { token, slug }
}

/** From the beginning, in another meeting. */
export const rehearseAgain = (
  token: string,
  { title, rehearsal }: ConversationHeader,
): Promise<{ slug: string }> =>
  post('rehearsals', {
    token,
    title,
    programme: rehearsal?.programme,
    workshop: rehearsal?.workshop,
    isOneOfSeveral: rehearsal?.isOneOfSeveral,
    again: true,
  })

/** Of the title of a meeting. */
const longest = 80
