import type { Refusal } from '../core/phases/contract.ts'
import type { Ask } from '../core/session/asks.ts'
import { type Lang, say, type Text } from '../core/text.ts'
import { noticeView } from '../core/views/index.ts'
import type { View } from '../ports.ts'

/** An address typed in the chat is a gift: the reply says to whom, and for what. */
export function confirmation(what: Ask): Text {
  return verbOf(what) === 'email-give' ? say('typed.done-email') : say(`typed.done-${what.do}`)
}

/** What is asked of the exercise that runs. */
export const verbOf = (ask: Ask): string =>
  ask.do === 'phase' && typeof ask.input === 'object' && ask.input !== null && 'do' in ask.input
    ? String(ask.input.do)
    : ''

/** Shows at once on the cards of the chat. */
export const showsByItself = (what: Ask): boolean => silent.has(what.do)

export const refusalNotice = (refusal: Refusal, lang: Lang, ask?: Ask): View =>
  noticeView(typedSentence(refusal, ask), lang, 'attention', hintFor(refusal))

/** A command that another exercise understands is known: it is not its moment. */
export function typedSentence(refusal: Refusal, ask?: Ask): Text {
  const ends = ask !== undefined && finishes.has(verbOf(ask))
  if (ends && refusal.refusal === 'invalid') return say('typed.nothing-written')
  switch (refusal.refusal) {
    case 'unreadable':
      return say('refusal.not-now')
    case 'left-unseen':
      return say('typed.left-unseen', { ...refusal.with, anyway: say('command.next-anyway') })
    default:
      return sentence(refusal)
  }
}

export const incompleteNotice = (command: string, lang: Lang): View =>
  noticeView(say('typed.incomplete', { example: say(`command.${command}`) }), lang, 'attention')

export function sentence(refusal: Refusal): Text {
  const first = Object.values(refusal.problems ?? {})[0]
  const several = Object.keys(refusal.problems ?? {}).length > 1
  if (first && !several) return first
  return say(`refusal.${refusal.refusal}`, refusal.with)
}

/** « terminé », typed: it holds no answer. */
const finishes: ReadonlySet<string> = new Set(['ideas-done', 'own-done'])

const silent: ReadonlySet<Ask['do']> = new Set([
  'bring',
  'amend',
  'launch',
  'start',
  'next',
  'back',
  'skip',
  'pause',
  'resume',
  'extend',
  'rebalance',
  'end',
  'cancel',
  'adjourn',
  'undo',
  'redo',
])

export const hintFor = (refusal: Refusal): Text | null => {
  switch (refusal.refusal) {
    case 'no-session':
      return say('typed.try-launch')
    case 'join-first':
      return say('typed.try-join')
    default:
      return null
  }
}
