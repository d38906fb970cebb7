import type { MatrixPicture, TimelinePicture } from '../phases/contract.ts'
import type { Bilingual, Text } from '../text.ts'

/** One piece of a format's deliverable, in the kit's shape (kit §1), as data: documents lay it out, none computes it. */
export type Part = SubjectsPart | CanvasPart | SubActionsPart | RoadmapPart

/** The subject sheet: every card, best placed first, and the matrix they stand on. */
export interface SubjectsPart {
  part: 'subjects'
  cards: SubjectLine[]
  /** The two axes and the name of their high corner; null where the cards were never placed. */
  board: { x: Bilingual; y: Bilingual; corner: Bilingual; scale: { min: number; max: number } } | null
  picture: MatrixPicture | null
  /** The same content as the picture, in sentences. */
  pictureText: Text | null
  /** The rule of agreement, as it was announced before anyone voted. */
  rule: Text | null
}

export interface SubjectLine {
  id: string
  number: number
  title: string
  sentence: string
  authors: Text[]
  /** In points of the scale; null until it is placed. */
  at: { x: number; y: number } | null
  votes: number
  priority: boolean
  divided: boolean
  /** Placed by the facilitator's hand. */
  byHand: boolean
  /** In the corner where both axes are high, and not marked as a priority. */
  wellPlaced: boolean
  /** On a sheet that brings several groups together: what each of them made of it, a line each. */
  groups?: Text[]
}

/** The commitment canvas, every heading in its order, the empty ones too. */
export interface CanvasPart {
  part: 'canvas'
  /** The subject the commitment answers, as it was last put in words; empty where nobody said it. */
  subject: string
  headings: CanvasLine[]
}

export interface CanvasLine {
  id: string
  label: Bilingual
  help: Bilingual
  group: 'main' | 'principle'
  text: string
  authors: Text[]
}

export interface SubActionsPart {
  part: 'sub-actions'
  list: SubActionLine[]
}

export interface SubActionLine {
  id: string
  number: number
  title: string
  sentence: string
  /** Headings of the canvas it serves. */
  headings: Bilingual[]
  authors: Text[]
}

/** The steps in order. Days are `YYYY-MM-DD`, empty where nothing says them. */
export interface RoadmapPart {
  part: 'roadmap'
  horizon: { start: string; end: string }
  steps: StepLine[]
  picture: TimelinePicture | null
  pictureText: Text | null
  /** What does not hold, a sentence each. */
  warnings: Text[]
  /** Sub-actions no step has taken. */
  left: string[]
}

export interface StepLine {
  id: string
  number: number
  title: string
  /** What it makes, verifiable. */
  deliverable: string
  /** Who leads it. */
  lead: string
  start: string
  end: string
  /** A day of it is a guess: nobody gave its length. */
  toEstimate: boolean
  /** Numbers of the steps that must have ended before. */
  needs: number[]
  /** Titles of the sub-actions gathered in it. */
  takes: string[]
}
