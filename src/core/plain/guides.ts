import { z } from 'zod'
import { bilingual } from '../bilingual.ts'
import type { Seat } from '../session/place.ts'
import { type Bilingual, said, say, type Text } from '../text.ts'
import type { Exercise } from './exercise.ts'

/** An exercise whose answers everyone may read: what is typed is a command, and this says which. */
export function guide({ phase, place }: Seat): Exercise | null {
  const how = howTo(phase.kind)
  if (!how) return null
  const called = z.union([headings, prompts, starters]).safeParse(place.segment.options).data ?? []
  const numbered: Bilingual[] = how.calls === 'option' ? called : []
  const steps = how.calls === 'step' ? phase.harvest(place) : []
  return {
    desk: {
      how: how.text,
      items: [
        ...numbered.map((title, index) => ({ number: index + 1, title, sentence: null })),
        ...steps.flatMap(({ number, title }) =>
          number === undefined ? [] : [{ number, title: said(title), sentence: null }],
        ),
      ],
      mine: [],
      rest: null,
      sealed: false,
    },
    read: () => null,
    finish: () => null,
  }
}

const label = z.object({ label: bilingual }).transform((one) => one.label)
const headings = z.object({ headings: z.array(label) }).transform((one) => one.headings)
const prompts = z.object({ prompts: z.array(label) }).transform((one) => one.prompts)
const starters = z
  .object({ starters: z.array(z.object({ text: bilingual }).transform(({ text }) => text)) })
  .transform((one) => one.starters)

/** What one writes, and whether things are called by the number of the script's or of a step. */
function howTo(kind: string): { text: Text; calls: 'option' | 'step' | 'nothing' } | null {
  switch (kind) {
    case 'introduction':
    case 'memo':
      return { text: say('private.how-memo'), calls: 'nothing' }
    case 'tour-de-table':
      return { text: say('private.how-tour-de-table'), calls: 'nothing' }
    case 'subject-cards':
      return { text: say('private.how-subject-cards'), calls: 'nothing' }
    case 'reformulation':
      return { text: say('private.how-reformulation'), calls: 'option' }
    case 'canvas':
      return { text: say('private.how-canvas'), calls: 'option' }
    case 'sub-actions':
      return { text: say('private.how-sub-actions'), calls: 'option' }
    case 'roadmap':
      return { text: say('private.how-roadmap'), calls: 'step' }
    default:
      return null
  }
}
