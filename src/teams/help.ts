import { scribes, steers } from '../core/session/people.ts'
import type { Session } from '../core/session/types.ts'

/** What can be typed, by who may type it; a test holds that every command is in one group. */
export const commandGroups = {
  everyone: [
    'help',
    'desk',
    'join',
    'leave',
    'reason',
    'clear',
    'question',
    'done',
    'pass',
    'later',
    'jump',
    'email',
    'summary',
  ],
  organisers: ['note', 'card-add', 'card-edit', 'card-merge', 'card-remove'],
  facilitators: [
    'start',
    'next',
    'back',
    'skip',
    'pause',
    'resume',
    'extend',
    'rebalance',
    'undo',
    'redo',
    'page-next',
    'page-back',
    'give',
    'more',
    'silence',
    'show-all',
    'reveal',
    'place',
    'prioritise',
    'contribute',
    'end',
    'cancel',
  ],
  preparing: [
    'note-taker',
    'co-facilitator',
    'participant',
    'write-subject',
    'write-objective',
    'write-background',
    'write-deliverable',
    'write-nextSteps',
    'write-contact',
    'write-questionnaire',
  ],
  launchers: ['launch'],
} as const

/** Only what this person can use, so that the help stays short. */
export function helpGroups(session: Session | null, who: string): { name: string; commands: string[] }[] {
  const names: (keyof typeof commandGroups)[] = session === null ? ['launchers'] : ['everyone']
  if (session && scribes(session, who)) names.push('organisers')
  if (session && steers(session, who)) names.push('facilitators', 'preparing')
  if (session?.steer.position.status === 'closed') names.push('launchers')
  return names.map((name) => ({ name, commands: [...commandGroups[name]] }))
}
