import ical, { ICalCalendarMethod, ICalEventTransparency } from 'ical-generator'
import { type PlacedPart, partsLike, partsOf } from '../core/summary/parts.ts'
import { said, say, type Text } from '../core/text.ts'
import { type Speech, speak } from '../locales/index.ts'
import { fileName } from './file-name.ts'
import type { Issue, Rendered } from './issue.ts'
import { sessionKey } from './session-key.ts'

type Roadmap = Extract<PlacedPart, { part: 'roadmap' }>
type Step = Roadmap['steps'][number]

/** Each step of the roadmap as a day of a calendar, the one on which it ends; a later edition replaces the day. */
export function milestonesDocument(issue: Issue): Rendered {
  const { session, lang, now } = issue
  const roadmaps = partsLike(partsOf(session, now), 'roadmap')
  const undated = roadmaps.flatMap(({ steps }) => steps.filter(({ end }) => end === ''))
  const calendar = ical({
    prodId: { company: 'Ouverture', product: 'Ouverture', language: lang.toUpperCase() },
    method: ICalCalendarMethod.PUBLISH,
    x: [
      { key: 'X-WR-CALNAME', value: clean(say('calendar.name', { title: session.format.title }), issue) },
      ...(undated.length ? [{ key: 'X-WR-CALDESC', value: clean(leftOut(undated), issue) }] : []),
    ],
  })
  for (const { segment, steps } of roadmaps)
    for (const step of steps) if (step.end !== '') calendar.createEvent(milestone(step, segment, issue))
  return {
    type: 'text/calendar; charset=utf-8',
    body: calendar.toString().replace(/(?:\r\n)?$/u, '\r\n'),
    fileName: fileName(speak(say('files.name-milestones'), issue), issue, 'ics'),
  }
}

function milestone(step: Step, segment: string, issue: Issue) {
  return {
    id: `${sessionKey(issue.session, segment, step.id)}@ouverture`,
    stamp: new Date(issue.now),
    sequence: issue.session.count,
    start: new Date(`${step.end}T00:00:00Z`),
    allDay: true,
    transparency: ICalEventTransparency.TRANSPARENT,
    summary: clean(say('calendar.milestone', { number: step.number, title: said(step.title) }), issue),
    description: clean({ lines: about(step) }, issue),
  }
}

/** What is known of a step; a line that would be empty is left out. */
const about = (step: Step): Text[] => [
  ...(step.deliverable ? [say('calendar.deliverable', { text: said(step.deliverable) })] : []),
  ...(step.lead ? [say('calendar.lead', { name: said(step.lead) })] : []),
  ...(step.start ? [say('calendar.start', { start: { date: step.start } })] : []),
  ...(step.toEstimate ? [say('calendar.to-estimate')] : []),
]

const leftOut = (steps: Step[]): Text =>
  say('calendar.undated', {
    steps: {
      listing: steps.map(({ number, title }) => say('calendar.step', { number, title: said(title) })),
    },
  })

/** A calendar holds line breaks and no other control character. */
export const clean = (text: Text, to: Speech): string =>
  speak(text, to)
    .replace(/\r\n?|[\u0085\u2028\u2029]/gu, '\n')
    .replace(/[^\P{Cc}\n]/gu, ' ')
    .toWellFormed()
