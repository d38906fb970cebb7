import type { Place } from '../core/phases/seal.ts'

/** The commands about the subject cards, while they are shared and once they are on the matrix. */
const commands = [
  'card-add',
  'card-edit',
  'card-merge',
  'card-remove',
  'card-restore',
  'cards-apart',
  'place',
  'unplace',
  'prioritise',
  'deprioritise',
] as const
export type CardCommand = (typeof commands)[number]

export const isCardCommand = (command: string): command is CardCommand =>
  commands.some((one) => one === command)

/** What a line typed asks of the cards, or null when words are missing. Cards are called by their number. */
export function cardInput(
  command: CardCommand,
  rest: string,
  place: Place | null,
): Record<string, unknown> | null {
  if (command === 'card-add') return written({ do: command }, rest)
  const [, first = '', tail = ''] = /^#?(\d{1,3})\s*(.*)$/su.exec(rest) ?? []
  if (first === '') return null
  const card = cardNumbered(first, place)
  switch (command) {
    case 'card-edit':
      return written({ do: command, card }, tail)
    case 'card-merge':
    case 'cards-apart': {
      const other = /\d{1,3}/u.exec(tail)?.[0]
      return other ? { do: command, card, with: cardNumbered(other, place) } : null
    }
    case 'place': {
      const [y, x] = tail.replaceAll(',', '.').match(/\d(?:\.\d)?/gu) ?? []
      return x === undefined ? null : { do: command, card, x, y }
    }
    case 'card-remove':
    case 'card-restore':
    case 'unplace':
    case 'prioritise':
    case 'deprioritise':
      return { do: command, card }
  }
}

/** "titre : une phrase". */
function written(input: Record<string, unknown>, text: string): Record<string, unknown> | null {
  const [title = '', ...sentence] = text.split(/\s*[:|]\s*/u)
  return title === '' || sentence.length === 0 ? null : { ...input, title, sentence: sentence.join(' : ') }
}

/** The id of the card people call by this number; a number nobody uses is left for the phase to refuse. */
function cardNumbered(number: string, place: Place | null): string {
  if (!place) return number
  const { segments } = place.session.format
  const items = segments
    .slice(0, segments.findIndex(({ id }) => id === place.segment.id) + 1)
    .toReversed()
    .map(({ id }) => place.harvest(id))
    .find((found) => found.some((one) => one.number !== undefined))
  return items?.find((one) => one.number === Number(number))?.id ?? number
}
