import type { OwnData } from '../core/personal-data.ts'
import type { Programme } from '../core/programme/types.ts'
import { type Lang, say } from '../core/text.ts'
import { speak } from '../locales/index.ts'
import type { Made } from '../ports.ts'
import { spoken } from './json.ts'

/** Everything kept of one person, as JSON: what she is given when she asks for it (GDPR, article 20). */
export function ownDataDocument(
  { own, programmes }: { own: OwnData[]; programmes: Programme[] },
  to: { lang: Lang; zone: string; now: number },
): Made {
  const data = {
    about: say('own-data.about', { day: { day: to.now } }),
    language: to.lang,
    workshops: own.map(({ launchedAt, notes, corrections, ...rest }) => ({
      ...rest,
      launchedAt: dated(launchedAt),
      notes: notes.map(({ at, text }) => ({ at: dated(at), text })),
      corrections: corrections.map(({ at, before, after, state }) => ({
        at: dated(at),
        before,
        after,
        state,
      })),
    })),
    programmes: programmes.map(programmeGiven),
  }
  return {
    type: 'application/json; charset=utf-8',
    body: Buffer.from(`${JSON.stringify(spoken(data, to), null, 2)}\n`),
    fileName: `${speak(say('own-data.file'), to)}.json`,
  }
}

/** What she wrote; what follows from it (the back-planning, its reminders) is left out. */
const programmeGiven = ({ createdAt, touchedAt, path, context, people, groups, ...rest }: Programme) => ({
  createdAt: dated(createdAt),
  touchedAt: dated(touchedAt),
  workshops: path.map(({ title }) => title),
  people,
  groups,
  context,
  team: rest.team,
  sittings: rest.sittings.map(({ at, ...sitting }) => ({ ...sitting, at: dated(at) })),
  guests: rest.guests,
  onward: rest.onward,
  done: rest.done,
  followUps: rest.followUps.map(({ text, lead, deliverable, day, done }) => ({
    text,
    lead,
    deliverable,
    day,
    done,
  })),
})

const dated = (instant: number): string => new Date(instant).toISOString()
