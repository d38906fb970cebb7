import type { Refusal } from '../core/phases/contract.ts'
import type { Ask } from '../core/session/asks.ts'
import { type Lang, say, type Text } from '../core/text.ts'
import { noticeView } from '../core/views/index.ts'
import type { View } from '../ports.ts'

/** An address typed in the chat is a gift: the reply says to whom, and for what. */
export function confirmation(what: Ask): Text {
  const input = what.do === 'phase' ? what.input : null
  const email = typeof input === 'object' && input !== null && 'do' in input && input.do === 'email-give'
  return email ? say('typed.done-email') : say(`typed.done-${what.do}`)
}

/** Shows at once on the cards of the chat. */
export const showsByItself = (what: Ask): boolean => silent.has(what.do)

export const refusalNotice = (refusal: Refusal, lang: Lang): View =>
  noticeView(typedSentence(refusal), lang, 'attention', hintFor(refusal))

/** A command that another exercise understands is known: it is not its moment. */
export function typedSentence(refusal: Refusal): Text {
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

const hintFor = (refusal: Refusal): Text | null => {
  switch (refusal.refusal) {
    case 'no-session':
      return say('typed.try-launch')
    case 'join-first':
      return say('typed.try-join')
    default:
      return null
  }
}
