type Fold = { [key: string]: unknown } | unknown[]

/** What is nested deeper, such as one person's answer, is kept with what holds it. */
const deepest = 4

/**
 * What `JSON.stringify` gives, to the letter, in UTF-8. Records are never changed in place: from one version to the next,
 * most of a record, its script first, is the same parts. The bytes of each are kept for as long as the part is, once:
 * those of what holds it point there.
 */
export const recordBytes = (record: object | null): Buffer =>
  Buffer.concat(record ? piecesOf(record, 0) : [Buffer.from('null')])

const kept = new WeakMap<object, Buffer[]>()

function piecesOf(value: object, depth: number): Buffer[] {
  const known = kept.get(value)
  if (known) return known
  const pieces =
    depth < deepest && hasParts(value) ? folded(value, depth + 1) : [Buffer.from(JSON.stringify(value))]
  kept.set(value, pieces)
  return pieces
}

function folded(value: Fold, depth: number): Buffer[] {
  const pieces: Buffer[] = []
  const list = Array.isArray(value)
  let text = list ? '[' : '{'
  let between = ''
  for (const [key, one] of Object.entries(value)) {
    if (one === undefined && !list) continue
    text += list ? between : `${between}${JSON.stringify(key)}:`
    between = ','
    if (isObject(one)) {
      pieces.push(Buffer.from(text), ...piecesOf(one, depth))
      text = ''
    } else text += JSON.stringify(one) ?? 'null'
  }
  pieces.push(Buffer.from(`${text}${list ? ']' : '}'}`))
  return pieces
}

/** What says itself how it is written is not taken apart. */
const hasParts = (value: object): value is Fold => !('toJSON' in value) && Object.values(value).some(isObject)

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null
