import { z } from 'zod'
import type { Segment } from '../format.ts'
import type { PersonId, Session } from '../session/types.ts'
import type { Chapter } from '../summary/chapter.ts'
import type { Part } from '../summary/part.ts'
import type { Amendable, Retext } from '../summary/review.ts'
import type { Text, ViewData } from '../text.ts'
import {
  type Decision,
  type Draft,
  type Item,
  type Left,
  type Offer,
  type Phase,
  type Picture,
  refuse,
  type Scene,
  type Start,
  type Viewer,
} from './contract.ts'

/** A phase as the session sees it: its private types are parsed on the way in and never leave. */
export interface SealedPhase {
  kind: string
  late: 'until-close' | 'after-close' | undefined
  options: z.ZodType<unknown, z.ZodTypeDef, unknown>
  slice: z.ZodType<{ answers: Record<PersonId, unknown>; shared: unknown }, z.ZodTypeDef, unknown>
  hasForm: boolean
  horizon: boolean
  exemplified: boolean
  sealed: boolean
  /** Hands something to later segments. */
  gathers: boolean
  /** People may write an answer in it. */
  asks: boolean
  /** What people write in it can be counted. */
  contributes: boolean
  begin(place: Place): unknown
  decide(input: unknown, by: PersonId, place: Place): Decision<unknown>
  evolve(event: unknown, slice: SealedSlice): SealedSlice
  task(place: Place, viewer: Viewer): Text
  body(place: Place, viewer: Viewer): { [key: string]: ViewData }
  form(place: Place, viewer: Viewer, draft: Draft): { [key: string]: ViewData } | null
  dialog(name: string, place: Place, by: PersonId, draft: Draft): { [key: string]: ViewData } | null
  picture(place: Place): Picture | null
  harvest(place: Place): Item[]
  contributions(place: Place): Item[]
  leaves(place: Place): Left | null
  offers(place: Place): Offer[]
  takes(options: unknown): Start | null
  reveals(shared: unknown): PersonId[]
  announces(event: unknown): boolean
  alarm(shared: unknown): number | null
  ring(shared: unknown, now: number): unknown[]
  shift(shared: unknown, by: number): unknown
  chapter(place: Place): Chapter
  /** Null where taking part is answering. */
  took(place: Place): PersonId[] | null
  forget(answer: unknown): unknown
  part(place: Place): Part | null
  texts(place: Place): Amendable[]
  retext(place: Place, change: Retext): SealedSlice
}

export interface SealedSlice {
  answers: Record<PersonId, unknown>
  shared: unknown
}

/** Where a phase is asked something: the session, its segment, the time, and the ways to look at other segments. */
export interface Place {
  session: Session
  segment: Segment
  now: number
  current: boolean
  harvest(segmentId: string): Item[]
  left(segmentId: string): Left | null
  revealed(person: PersonId): boolean
}

/** The only file with casts: what was parsed by a phase's own schemas is given back to that same phase. */
export function seal<O, A, S, I, E>(phase: Phase<O, A, S, I, E>): SealedPhase {
  const sceneAt = (place: Place): Scene<O, A, S> => ({
    ...place,
    options: place.segment.options as O,
    answers: (place.session.answers[place.segment.id] ?? {}) as Record<PersonId, A>,
    shared: place.session.steer.shared[place.segment.id] as S,
  })
  return {
    kind: phase.kind,
    late: phase.late,
    options: phase.options as SealedPhase['options'],
    slice: z.object({
      answers: z.record(phase.answer),
      shared: phase.shared,
    }) as unknown as SealedPhase['slice'],
    hasForm: phase.form !== undefined,
    horizon: phase.horizon ?? false,
    exemplified: phase.exemplified ?? false,
    sealed: phase.sealed ?? false,
    gathers: phase.harvest !== undefined,
    asks: !(phase.answer instanceof z.ZodNever),
    contributes: phase.contributions !== undefined || phase.sealed === true,
    begin: (place) => phase.begin(sceneAt(place)),
    decide(input, by, place) {
      const parsed = phase.input.safeParse(input)
      return parsed.success ? phase.decide(parsed.data, by, sceneAt(place)) : refuse('unreadable')
    },
    evolve: (event, slice) => phase.evolve(event as E, slice as Scene<O, A, S>),
    task: (place, viewer) => phase.task(sceneAt(place), viewer),
    body: (place, viewer) => phase.body(sceneAt(place), viewer),
    form: (place, viewer, draft) => phase.form?.(sceneAt(place), viewer, draft) ?? null,
    dialog: (name, place, by, draft) => phase.dialog?.(name, sceneAt(place), by, draft) ?? null,
    picture: (place) => phase.picture?.(sceneAt(place)) ?? null,
    harvest: (place) => phase.harvest?.(sceneAt(place)) ?? [],
    contributions: (place) => phase.contributions?.(sceneAt(place)) ?? [],
    leaves: (place) => phase.leaves?.(sceneAt(place)) ?? null,
    offers: (place) => phase.offers?.(sceneAt(place)) ?? [],
    takes: (options) => phase.takes?.(options as O) ?? null,
    reveals: (shared) => phase.reveals?.(shared as S) ?? [],
    announces: (event) => phase.announces?.(event as E) ?? false,
    alarm: (shared) => phase.alarm?.(shared as S) ?? null,
    ring: (shared, now) => phase.ring?.(shared as S, now) ?? [],
    shift: (shared, by) => phase.shift?.(shared as S, by) ?? shared,
    chapter: (place) => phase.chapter(sceneAt(place)),
    took: (place) => phase.took?.(sceneAt(place)) ?? null,
    forget: (given) => phase.forget?.(given as A) ?? given,
    part: (place) => phase.part?.(sceneAt(place)) ?? null,
    texts: (place) => phase.texts?.(sceneAt(place)) ?? [],
    retext(place, change) {
      const scene = sceneAt(place)
      return phase.retext?.(scene, change) ?? scene
    },
  }
}
