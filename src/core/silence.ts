import { z } from 'zod'
import { type Decision, refuse, type Viewer } from './phases/contract.ts'
import { steers } from './session/people.ts'
import type { PersonId, Session } from './session/types.ts'
import { say, type ViewData } from './text.ts'

/** Some minutes of silence within a segment, begun by the facilitator; their end rings and moves nothing. */
export const silence = z.object({ deadline: z.number(), rang: z.boolean() }).nullable()
export type Silence = z.infer<typeof silence>

export const silenceInput = z.object({ do: z.literal('silence') })

export type SilenceEvent = { type: 'silence-began'; deadline: number } | { type: 'silence-rang' }

export interface SilenceScene {
  session: Session
  silence: Silence
  /** How long it lasts. */
  minutes: number
  now: number
}

export function beginSilence(by: PersonId, scene: SilenceScene): Decision<SilenceEvent> {
  if (!steers(scene.session, by)) return refuse('facilitator-only')
  if (scene.silence) return refuse('already')
  const deadline = scene.now + scene.minutes * 60_000
  return { events: [{ type: 'silence-began', deadline }], move: 'silence' }
}

export function evolveSilence(state: Silence, event: SilenceEvent): Silence {
  switch (event.type) {
    case 'silence-began':
      return { deadline: event.deadline, rang: false }
    case 'silence-rang':
      return state && { ...state, rang: true }
  }
}

export const silenceAlarm = (state: Silence): number | null => (state && !state.rang ? state.deadline : null)

export const ringSilence = (state: Silence, now: number): SilenceEvent[] =>
  state && !state.rang && now >= state.deadline ? [{ type: 'silence-rang' }] : []

export const shiftSilence = (state: Silence, by: number): Silence =>
  state && { ...state, deadline: state.deadline + by }

/** What the step card shows of the silence, and the facilitator's button that begins it. */
export function silenceView(scene: SilenceScene, viewer: Viewer): { [key: string]: ViewData } {
  const { session, silence: state, minutes } = scene
  return {
    silence: state
      ? say(state.rang ? 'silence.over' : 'silence.until', { at: { time: state.deadline } })
      : null,
    silenceAwaited: state === null,
    silenceOver: state?.rang ?? false,
    maySilence: !state && viewer.sees === 'person' && steers(session, viewer.id),
    silenceLabel: say('silence.begin', { minutes }),
  }
}
