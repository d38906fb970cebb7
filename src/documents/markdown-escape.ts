/**
 * A text that Markdown shows as it was typed. Only signs that could mean something where they stand are escaped, so that
 * the file can be read without a renderer; lines keep their breaks and lose the spaces around them.
 */
export function escaped(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029\u0085\v\f]/gu, '\n')
    .replace(/[^\P{Cc}\n]/gu, ' ')
    .split('\n')
    .map((line) => escapedLine(line.trim()))
    .join('\n')
    .replace(/\n{3,}/gu, '\n\n')
    .trim()
}

function escapedLine(line: string): string {
  return line
    .replace(/[\\`*[\]<>&~|$]/gu, '\\$&')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    .replace(/:(?=\/\/)|(?<=\b(?:mailto|xmpp)):/giu, '\\:')
    .replace(/^[-+#=]/u, '\\$&')
    .replace(/^(\d+)([.)])/u, '$1\\$2')
    .replace(/\S+/gu, (word) => (word.includes('@') ? word : word.replace(dotInName, '\\.')))
}

/** Some renderers make a link of anything that looks like a host name. */
const dotInName = /(?<=[\p{L}\p{N}])\.(?=[\p{L}\p{N}]*\p{L}[\p{L}\p{N}])/gu
