import type { Letter } from '../core/session/types.ts'
import { letterOf } from '../core/summary/letters.ts'
import { say } from '../core/text.ts'
import { speak } from '../locales/index.ts'
import { fileName } from './file-name.ts'
import type { Issue, Rendered } from './issue.ts'
import { plainText } from './plain-text.ts'

/** A text to send, as a file that any editor opens; empty where there is nothing to compose it from. */
export function letterDocument(letter: Letter, issue: Issue): Rendered {
  const text = letterOf(letter, issue.session, issue.now)
  return {
    type: 'text/plain; charset=utf-8',
    body: plainText(text ? speak(text, issue) : ''),
    fileName: fileName(speak(say(names[letter]), issue), issue, 'txt'),
  }
}

const names: Record<Letter, string> = {
  thanks: 'files.name-thanks',
  steering: 'files.name-steering',
  post: 'files.name-post',
}
