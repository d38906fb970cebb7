/**
 * A text as a file that the simplest editor opens right: UTF-8 with its mark, lines ended as Windows ends them. Control
 * characters, which an editor may obey, become spaces.
 */
export function plainText(text: string): string {
  const lines = text
    .replace(/\r\n?|[\u0085\u2028\u2029]/gu, '\n')
    .replace(/[^\P{Cc}\n]/gu, ' ')
    .split('\n')
  return `\uFEFF${lines.map((line) => line.trimEnd()).join('\r\n')}\r\n`
}
