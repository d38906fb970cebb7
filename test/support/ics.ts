/** Content lines of RFC 5545, unfolded; throws on a line too long, badly ended or that is no property. */
export function lines(body: string): [name: string, value: string][] {
  if (!body.endsWith('\r\n')) throw new Error('the last line is not ended')
  const folded = body.slice(0, -2).split('\r\n')
  for (const line of folded)
    if (Buffer.byteLength(line) > 75 || /[^\P{Cc}\t]/u.test(line)) throw new Error(`a bad line: ${line}`)
  return body
    .slice(0, -2)
    .replaceAll('\r\n ', '')
    .split('\r\n')
    .map((line) => {
      const [, name, value] = /^([A-Z-]+(?:;[A-Z-]+=[A-Z-]+)*):(.*)$/su.exec(line) ?? []
      if (name === undefined || value === undefined) throw new Error(`no property: ${line}`)
      return [name, value]
    })
}

/** Values of every property of this name, in order. */
export const valuesOf = (body: string, property: string): string[] =>
  lines(body)
    .filter(([name]) => name === property)
    .map(([, value]) => value)

/** A text as a calendar shows it; throws on a sign that should have been escaped. */
export const text = (value: string): string =>
  value.replace(/\\([\s\S]?)|[;,]/gu, (sign, after?: string) => {
    if (after === 'n') return '\n'
    if (after === undefined || !'\\;,'.includes(after) || after === '')
      throw new Error(`not escaped: ${sign}`)
    return after
  })
