import { readFileSync } from 'node:fs'
import { type Format, readFormat } from '../../src/core/format.ts'
import {
  carryOut,
  emptyMeeting,
  hear,
  lastSession,
  type Meeting,
  shown,
  type Verdict,
} from '../../src/core/meeting.ts'
import type { Refusal, Viewer } from '../../src/core/phases/contract.ts'
import type { Ask, Told } from '../../src/core/session/asks.ts'
import { liveSlot } from '../../src/core/session/effects.ts'
import type { Brought, Session } from '../../src/core/session/types.ts'
import { viewOf } from '../../src/core/views/index.ts'
import { readScript } from '../../src/formats/index.ts'

/** Monday 23 November 2026, 14:00 in Paris. */
export const twoPm = Date.UTC(2026, 10, 23, 13, 0, 0)

export const formatOne = (): Format => formatNamed('format-1')

/** One of the kit's own. */
export function formatNamed(id: string): Format {
  const file = new URL(`../../src/formats/${id}.yaml`, import.meta.url)
  const read = readScript(readFileSync(file, 'utf8'), `${id}.yaml`)
  if ('misread' in read) throw new Error(JSON.stringify(read.misread))
  return read.format
}

/** A meeting told as a story: who asks what, and when. The clock moves only when the story says so. */
export interface Stage {
  now(): number
  /** Lets time pass, ringing what is due on the way. */
  wait(minutes: number): Stage
  /** Fails the test when refused. */
  does(who: string, ask: Ask): Stage
  /** As the archive does: what an earlier session offers comes with the command, not with the card. */
  brings(who: string, material: Brought | null, ask?: Ask): Refusal | null
  /** A phase's input. */
  says(who: string, input: Record<string, unknown>, segment?: string): Stage
  /** The refusal, or null when it was carried out. */
  tries(who: string, ask: Ask): Refusal | null
  triesTo(who: string, input: Record<string, unknown>, segment?: string): Refusal | null
  told(told: Told): Stage
  /** Everything that waited is in the chat. */
  delivers(): Stage
  meeting(): Meeting
  session(): Session
  /** What this viewer's live card holds. */
  sees(viewer: Viewer, slot?: string): Record<string, unknown>
}

export function stage(format: Format = formatOne()): Stage {
  let meeting = emptyMeeting('19:meeting')
  let now = twoPm
  let keys = 0
  const formats = { [format.id]: format }

  const run = (who: string, ask: Ask, material?: Brought | null): Verdict => {
    keys += 1
    const verdict = carryOut(
      meeting,
      { by: who, at: now, ask, key: `k${keys}`, ...(material === undefined ? {} : { material }) },
      formats,
    )
    if (verdict.done === true) meeting = verdict.meeting
    return verdict
  }
  const tries = (who: string, ask: Ask, material?: Brought | null): Refusal | null => {
    const verdict = run(who, ask, material)
    return verdict.done === false ? verdict.refusal : null
  }
  const session = (): Session => {
    const last = lastSession(meeting)
    if (!last) throw new Error('no session on stage')
    return last
  }
  const inPhase = (input: Record<string, unknown>, segment?: string): Ask => ({
    do: 'phase',
    input,
    ...(segment ? { segment } : {}),
  })
  const here: Stage = {
    now: () => now,
    wait(minutes) {
      const until = now + minutes * 60_000
      while (now < until) {
        now = Math.min(now + 15_000, until)
        meeting = hear(meeting, { tell: 'wake' }, now)
      }
      return here
    },
    does(who, ask) {
      const refusal = tries(who, ask)
      if (refusal) throw new Error(`${who} was refused ${JSON.stringify(ask)}: ${JSON.stringify(refusal)}`)
      return here
    },
    brings: (who, material, ask = { do: 'bring', offer: 'any' }) => tries(who, ask, material),
    says: (who, input, segment) => here.does(who, inPhase(input, segment)),
    tries,
    triesTo: (who, input, segment) => tries(who, inPhase(input, segment)),
    told(told) {
      meeting = hear(meeting, told, now)
      return here
    },
    delivers() {
      for (const one of meeting.outbox) meeting = shown(meeting, one, one.do === 'post' ? `m${one.id}` : null)
      return here
    },
    meeting: () => meeting,
    session,
    sees: (viewer, slot) => viewOf(session(), slot ?? liveSlot(session()), viewer, now)?.data ?? {},
  }
  return here
}

/** Marie has launched format #1 and these people have joined. */
export function lobbyWith(...people: string[]): Stage {
  const opened = stage().does('marie', { do: 'launch', format: 'format-1', name: 'Marie Durand' })
  return people.reduce((here, name) => here.does(name, joining(name)), opened)
}

/** The workshop of `lobbyWith`, moved to the segment with this id. */
export function workshopAt(segment: string, ...people: string[]): Stage {
  const here = lobbyWith(...people).does('marie', { do: 'start' })
  while (here.session().format.segments[indexOf(here)]?.id !== segment) here.does('marie', { do: 'next' })
  return here
}

/** A format made of these segments alone, to play one exercise by itself. */
export function formatOf(
  segments: { id: string; phase: string; options?: unknown; minutes?: number }[],
): Format {
  const text = (fr: string) => ({ fr, en: fr })
  const script = {
    id: 'test-format',
    title: text('Un atelier'),
    goal: text('Essayer.'),
    deliverable: text('Un essai.'),
    group: { min: 2, max: 10 },
    segments: segments.map((one) => ({
      minutes: 20,
      title: text(`Segment ${one.id}`),
      objective: text('Essayer.'),
      instruction: text('Essayez.'),
      ...one,
    })),
  }
  const read = readFormat(script)
  if ('mistakes' in read) throw new Error(JSON.stringify(read.mistakes))
  return read.format
}

/** Marie facilitates a workshop made of these segments; these people have joined; the first segment runs. */
export function workshopOf(segments: Parameters<typeof formatOf>[0], ...people: string[]): Stage {
  const opened = stage(formatOf(segments)).does('marie', {
    do: 'launch',
    format: 'test-format',
    name: 'Marie Durand',
  })
  return people.reduce((here, name) => here.does(name, joining(name)), opened).does('marie', { do: 'start' })
}

export const joining = (name: string): Ask => ({
  do: 'join',
  firstName: name[0]?.toUpperCase() + name.slice(1),
  lastName: 'Martin',
  position: 'Chargée de mission',
  organisation: 'Préfecture',
  profile: 'agent',
  lang: 'fr',
  contributes: '',
})

export const ideas = (title: string, sentence = `Pour ${title.toLowerCase()}.`) => ({
  do: 'ideas-done',
  title1: title,
  sentence1: sentence,
})

export const person = (id: string): Viewer => ({ sees: 'person', id })

function indexOf(here: Stage): number {
  const { position } = here.session().steer
  return position.status === 'running' ? position.index : -1
}
