import { said, type Text } from '../text.ts'

/**
 * What was written in private, read as an answer to the exercise that runs: what to ask of its phase, or what is wrong.
 * `about`: the numbers of what was answered, where one answers by number.
 */
export type PlainAnswer = { input: Record<string, unknown>; about?: number[] } | { wrong: Text }

/** What someone may look at to answer by writing alone: what there is to answer to, how, and what she gave so far. */
export interface Desk {
  how: Text | null
  items: { number: number; title: Text; sentence: Text | null }[]
  mine: { number: number; text: Text }[]
  /** What is left to give and how to finish, once something was given. */
  rest: Text | null
  /** Kept from the room until it is revealed. */
  sealed: boolean
}

export interface Reply {
  text: Text
  tone: 'good' | 'attention'
}

export interface Exercise {
  desk: Desk
  /** Null where these words answer nothing. */
  read(text: string): PlainAnswer | null
  /** What is missing in words that are neither an answer nor a command. */
  misread?(text: string): Text
  /** What to say to "I have finished", sent as this verb, where there is nothing to keep of it. */
  finish(verb: string): Reply | null
}

/** Enough of what she wrote to know it again. */
export function beginning(text: string): Text {
  const letters = [...text.replace(/\s+/gu, ' ').trim()]
  return said(letters.length > shown ? `${letters.slice(0, shown).join('').trimEnd()}…` : letters.join(''))
}

const shown = 60
