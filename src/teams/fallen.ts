import { type Lang, say, type Text } from '../core/text.ts'
import { noticeView } from '../core/views/index.ts'
import { speak } from '../locales/index.ts'
import { DamagedRecord } from '../ports.ts'
import type { Answer } from './answer.ts'
import type { Envelope } from './incoming.ts'

/** Choices are shorter, ids hold no space: anything else, someone took pains over. */
const worthGivingBack = /^(?=.*\s).{20,}/su

/** What the one who asked is told where a fault of ours, or a disk's, left her without an answer. */
export function fallen({ what, lang }: Envelope, error: unknown): Answer & { notice?: string } {
  const text = say(error instanceof DamagedRecord ? 'fault.record' : 'fault.ours')
  switch (what.kind) {
    case 'typed':
      return { chat: noticeView(text, lang, 'attention') }
    case 'dialog-asked':
    case 'dialog-sent':
      return { dialog: noticeView(text, lang, 'attention', givenBack(what.press.fields)) }
    case 'pressed':
      return what.press.verb === 'refresh' || !what.execute ? {} : { notice: inWords(text, lang) }
    case 'installed':
    case 'removed':
    case 'people-changed':
    case 'meeting-started':
    case 'meeting-ended':
    case 'file-answered':
    case 'misread-action':
    case 'other-invoke':
    case 'other':
      return {}
  }
}

/** A dialog that closes takes what was written in it along: it is shown once more. */
function givenBack(fields: Record<string, string>): Text | null {
  const texts = Object.values(fields).filter((one) => worthGivingBack.test(one))
  return texts.length === 0 ? null : { lines: [say('fault.given'), ...texts.map((said) => ({ said }))] }
}

/** It is no card: no text of it is anyone's, and no hour is told. */
const inWords = (text: Text, lang: Lang): string => speak(text, { lang, zone: 'UTC' })
