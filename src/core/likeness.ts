/**
 * How alike two short texts are, from 0 to 1: the share of word stems they have in common, so that word order, accents,
 * capitals and endings do not matter.
 */
export function likeness(a: string, b: string): number {
  const left = stems(a)
  const right = stems(b)
  if (left.size === 0 || right.size === 0) return 0
  const common = [...left].filter((stem) => right.has(stem)).length
  return (
    common /
    Math.min(left.size, right.size) /
    (1 + Math.abs(left.size - right.size) / (left.size + right.size))
  )
}

/** Pairs that are probably the same subject, most alike first. */
export function probableTwins<T extends { id: string; title: string; sentence: string }>(
  items: T[],
): { a: T; b: T; score: number }[] {
  return items
    .flatMap((a, index) => items.slice(index + 1).map((b) => ({ a, b, score: score(a, b) })))
    .filter((pair) => pair.score >= 0.5)
    .sort((p, q) => q.score - p.score)
}

function score(a: { title: string; sentence: string }, b: { title: string; sentence: string }): number {
  const titles = likeness(a.title, b.title)
  const whole = likeness(`${a.title} ${a.sentence}`, `${b.title} ${b.sentence}`)
  return Math.max(titles >= 0.6 ? titles : 0, whole)
}

const emptyWords = new Set(
  'avec dans des les leur leurs mais nos notre nous par pas plus pour quand que quel qui sans ses son sur une vos votre vous est sont aux the and for with our their from that this what how are can more les'.split(
    ' ',
  ),
)

function stems(text: string): Set<string> {
  const words = text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 2 && !emptyWords.has(word))
  return new Set(words.map((word) => word.slice(0, 6).replace(/(es|s|e|x)$/u, '')))
}
