import { programmeLetter } from '../../core/programme/letters.ts'
import { planPicture } from '../../core/programme/plan-picture.ts'
import type { PaperId } from '../../core/text.ts'
import { say } from '../../core/text.ts'
import { speak } from '../../locales/index.ts'
import { dayIn, paperName } from '../file-name.ts'
import type { Rendered } from '../issue.ts'
import { plainText } from '../plain-text.ts'
import { briefDocument } from '../word/brief.ts'
import { wordType } from '../word/report.ts'
import { planCalendar } from './calendar.ts'
import type { PaperLook } from './look.ts'
import { planPng } from './plan-picture.ts'

/** One paper of a programme; which of them exist, `papersOf` says. Sheets and letters are in the programme's language. */
export async function renderPaper(paper: PaperId, look: PaperLook): Promise<Rendered> {
  const own = { ...look, lang: look.programme.lang }
  switch (paper) {
    case 'plan-picture':
      return {
        type: 'image/png',
        body: planPng(planPicture(look.programme), look),
        fileName: nameOf(paper, look, 'png'),
      }
    case 'plan-calendar':
      return {
        type: 'text/calendar; charset=utf-8',
        body: planCalendar(look),
        fileName: nameOf(paper, look, 'ics'),
      }
    case 'brief-referent':
      return {
        type: wordType,
        body: await briefDocument('referent', own),
        fileName: nameOf(paper, own, 'docx'),
      }
    case 'brief-challenger':
      return {
        type: wordType,
        body: await briefDocument('challenger', own),
        fileName: nameOf(paper, own, 'docx'),
      }
    case 'brief-note-taker':
      return {
        type: wordType,
        body: await briefDocument('note-taker', own),
        fileName: nameOf(paper, own, 'docx'),
      }
    case 'invitation':
    case 'chasing':
    case 'eve':
      return letter(paper, own)
  }
}

function letter(paper: 'invitation' | 'chasing' | 'eve', look: PaperLook): Rendered {
  const today = dayIn(look.now, look.zone)
  return {
    type: 'text/plain; charset=utf-8',
    body: plainText(speak(programmeLetter(paper, { ...look, today }).text, look)),
    fileName: nameOf(paper, look, 'txt'),
  }
}

/** Of the day of the first workshop; a paper that is one group's own says which. */
function nameOf(paper: PaperId, look: PaperLook, extension: string): string {
  const { programme, group } = look
  const first = Math.min(...programme.sittings.map(({ at }) => at))
  const stem = speak(say(`papers.name-${paper}`), look)
  const ofGroup = extension === 'txt' && programme.groups > 1
  return paperName(
    [stem, ...(ofGroup ? [speak(say('papers.name-group', { group }), look)] : [])],
    Number.isFinite(first) ? dayIn(first, look.zone) : '',
    extension,
  )
}
