/** The first letter or digit of the first and the last word that have one; nothing else draws as a letter would. */
export function initials(name: string): string {
  const words = name.split(/\s+/u).flatMap((word) => lettersIn(word)[0] ?? [])
  return (words.length > 1 ? [words[0], words.at(-1)] : words).join('').toUpperCase() || unnamed
}

const unnamed = '?'

const graphemes = new Intl.Segmenter()

/** What reads as one letter is one: marks stay with what they are set on. */
const lettersIn = (word: string): string[] =>
  Array.from(graphemes.segment(word), ({ segment }) => segment).filter((one) => /^[\p{L}\p{Nd}]/u.test(one))
