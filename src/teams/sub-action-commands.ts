import { z } from 'zod'
import type { Place } from '../core/phases/seal.ts'

const canvas = z.object({ canvas: z.string() })

/** The commands of the listing of sub-actions. */
const commands = [
  'starter-give',
  'starter-edit',
  'starter-withdraw',
  'sub-action-add',
  'sub-action-edit',
  'sub-action-merge',
  'sub-action-remove',
  'sub-action-restore',
  'sub-actions-apart',
  'sweep',
  'nothing-missing',
  'see-one',
] as const
export type SubActionCommand = (typeof commands)[number]

/** Words of other exercises that mean the same here: « fusionner 3 5 » is about what is on the card. */
const alike: Record<string, SubActionCommand> = {
  'prompt-give': 'starter-give',
  'card-add': 'sub-action-add',
  'card-edit': 'sub-action-edit',
  'card-merge': 'sub-action-merge',
  'card-remove': 'sub-action-remove',
  'card-restore': 'sub-action-restore',
  'cards-apart': 'sub-actions-apart',
}

/** The command meant, where it is one of this exercise. */
export const subActionCommand = (command: string, kind: string | undefined): SubActionCommand | undefined =>
  commands.find((one) => one === command) ?? (kind === 'sub-actions' ? alike[command] : undefined)

/** What a line typed asks of the listing, or null when words are missing. Everything is called by its number. */
export function subActionInput(
  command: SubActionCommand,
  rest: string,
  place: Place | null,
): Record<string, unknown> | null {
  switch (command) {
    case 'sweep':
    case 'nothing-missing':
    case 'see-one':
      return { do: command }
    case 'starter-give':
      return begun(rest)
    case 'sub-action-add':
      return formulated(rest)
    default:
      return numbered(command, rest, place)
  }
}

/** "titre : précision", the second part free. */
export function titleAndSentence(text: string): { title: string; sentence?: string } {
  const [title = '', ...others] = text.split(/\s*[:|]\s*/u)
  return others.length ? { title, sentence: others.join(' : ') } : { title }
}

/** "idée 2 la fin de la phrase"; the number may be left out where there is one beginning only. */
function begun(rest: string): Record<string, unknown> | null {
  const [, starter = '', text = rest] = /^#?(\d{1,2})\s+(.*)$/su.exec(rest) ?? []
  return text === '' || /^\d+$/u.test(text) ? null : { do: 'starter-give', starter, text }
}

const ideas = String.raw`(?:id[ée]es?|ideas?)\s+([\d\s,]+?)`

/** "formuler titre : précision", "formuler idées 2 4 : titre : précision". */
function formulated(rest: string): Record<string, unknown> | null {
  const [, sources = '', text = rest] = new RegExp(`^${ideas}\\s*:\\s*(.*)$`, 'isu').exec(rest) ?? []
  return text === '' ? null : { do: 'sub-action-add', sources, ...titleAndSentence(text) }
}

type Numbered = Exclude<
  SubActionCommand,
  'sweep' | 'nothing-missing' | 'see-one' | 'starter-give' | 'sub-action-add'
>

function numbered(command: Numbered, rest: string, place: Place | null): Record<string, unknown> | null {
  const [, action, tail = ''] = /^#?(\d{1,3})(?:\s+(.*))?$/su.exec(rest) ?? []
  if (action === undefined) return null
  switch (command) {
    case 'starter-edit':
      return tail ? { do: command, idea: action, text: tail } : null
    case 'starter-withdraw':
      return { do: command, idea: action }
    case 'sub-action-edit':
      return tail ? { do: command, action, ...changed(tail, place) } : null
    case 'sub-action-merge':
    case 'sub-actions-apart': {
      const other = /\d{1,3}/u.exec(tail)?.[0]
      return other ? { do: command, action, with: other } : null
    }
    case 'sub-action-remove':
    case 'sub-action-restore':
      return { do: command, action }
  }
}

/** "sous-action 3 idées 2 4", "sous-action 3 rubrique transparence", else its text. */
function changed(tail: string, place: Place | null): Record<string, string> {
  const [, sources] = new RegExp(`^${ideas}$`, 'isu').exec(tail) ?? []
  if (sources) return { sources }
  const [, named = ''] = /^(?:rubrique|heading)\s+(.+)$/isu.exec(tail) ?? []
  const heading = named ? headingNamed(named, place) : undefined
  return heading ? { heading } : titleAndSentence(tail)
}

function headingNamed(name: string, place: Place | null): string | undefined {
  const read = canvas.safeParse(place?.segment.options)
  const items = place && read.success ? place.harvest(read.data.canvas) : []
  return items.find(({ label }) =>
    [label?.fr, label?.en].some((text) => text && folded(text).startsWith(folded(name))),
  )?.id
}

/** Without accents or capitals. */
const folded = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('’', "'").toLowerCase()
