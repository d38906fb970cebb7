import { z } from 'zod'
import type { Viewer } from './phases/contract.ts'
import { awaited, nameOf, present, steers } from './session/people.ts'
import type { PersonId, Session } from './session/types.ts'
import { say, type ViewData } from './text.ts'

/** "Is it clear?": each person's signal, page by page. */
export const clarityAnswer = z.object({ signals: z.record(z.enum(['clear', 'question'])) })
export type ClarityAnswer = z.infer<typeof clarityAnswer>

export const clarityInput = z.discriminatedUnion('do', [
  z.object({ do: z.literal('clear') }),
  z.object({ do: z.literal('question') }),
])
export type ClarityInput = z.infer<typeof clarityInput>

export interface ClarityEvent {
  type: 'signalled'
  who: PersonId
  page: number
  signal: 'clear' | 'question'
}

export type Signals = Record<PersonId, ClarityAnswer>

export const evolveClarity = (answers: Signals, event: ClarityEvent): Signals => ({
  ...answers,
  [event.who]: { signals: { ...answers[event.who]?.signals, [event.page]: event.signal } },
})

/** Counts for all, names of those who have a question (they asked to be heard), and this viewer's own signal. */
export function clarityView(
  session: Session,
  answers: Signals,
  page: number,
  viewer: Viewer,
): { [key: string]: ViewData } {
  const of = (who: PersonId) => answers[who]?.signals[page]
  const here = present(session).map((one) => one.id)
  const asking = here.filter((who) => of(who) === 'question')
  const me = viewer.sees === 'person' ? viewer.id : null
  const expected = awaited(session, (who) => of(who) !== undefined).length
  const clear = here.filter((who) => of(who) === 'clear').length
  return {
    count:
      expected > 0 ? say('clarity.count', { clear, total: Math.max(expected, clear + asking.length) }) : null,
    asking: asking.length
      ? say('clarity.asking', { names: { listing: asking.map((who) => nameOf(session, who)) } })
      : null,
    mine: me ? (of(me) ?? '') : '',
    maySignal:
      me === null
        ? true
        : session.participants[me]?.contributes === true ||
          (Boolean(session.participants[me]) && !steers(session, me)),
  }
}
