import { lastSession, type Meeting } from '../core/meeting.ts'
import { isRehearsal } from '../core/programme/launch.ts'
import { rehearsalKey, type ToRehearse, type Unprepared } from '../core/programme/rehearse.ts'
import type { AskOf } from '../core/session/asks.ts'
import type { From } from '../core/session/decide.ts'
import { type Bilingual, say, type Text } from '../core/text.ts'
import { speak } from '../locales/index.ts'
import type { Desk } from './answer.ts'
import type { Envelope } from './incoming.ts'

/** What a rehearsal is launched with; never what a card sent. */
export type Given = NonNullable<From['prepared']>

interface Wanted {
  launch: AskOf<'launch'>
  given: Given
}

/** A prepared workshop, played before its day. */
export function rehearsalDesk({ archive, runtime, formats, calendar, clock, log, zone }: Desk) {
  return {
    /** The launch that plays what she prepared, or a sentence that says where to prepare it. */
    async wanted({ from, lang }: Envelope, asked: ToRehearse): Promise<Wanted | { sentence: Text }> {
      const found = await archive.rehearsalFor(from.id, asked)
      if ('lacks' in found) return { sentence: lacking(found) }
      const { format, ...planned } = found
      const launch = { do: 'launch' as const, format, name: from.name, lang }
      const title = formats[format]?.title
      return { launch, given: title ? { ...planned, title: titled(title, zone) } : planned }
    },

    /** Her programme says that it is done. A tick that cannot be kept is hers to make. */
    async begun(meeting: Meeting): Promise<void> {
      const session = lastSession(meeting)
      if (!session?.prepared || !isRehearsal(session)) return
      const { home, programme, owner } = session.prepared
      const ask = { do: 'programme-tick' as const, p: programme, key: rehearsalKey, on: 'true' as const }
      const command = { ask, by: owner, at: clock.now(), lang: session.lang, calendar, key: null }
      await runtime
        .plan(home, command, undefined)
        .catch((error) => log.warn({ meeting: home, error }, 'a rehearsal could not be ticked off'))
    },
  }
}

function lacking(one: Unprepared): Text {
  if (one.lacks === 'workshop') return say('rehearsal.no-such', { workshops: one.workshops })
  return say(one.lacks === 'number' ? 'plan.none' : 'rehearsal.nothing')
}

/** What comes of it bears this title: documents, their files, cards. */
const titled = (title: Bilingual, zone: string): Bilingual => ({
  fr: speak(say('rehearsal.of', { title }), { lang: 'fr', zone }),
  en: speak(say('rehearsal.of', { title }), { lang: 'en', zone }),
})
