import { readFile } from 'node:fs/promises'
import { loadFormats, readScript, sentence } from './index.ts'

/** `npm run formats:check [FILE…]`: every mistake with its place; the kit's own scripts when no file is named. */
const named = process.argv.slice(2)
const misread = named.length ? (await Promise.all(named.map(mistakesOf))).flat() : await ownMistakes()

for (const one of misread) console.error(sentence(one))
console.log(misread.length ? `${misread.length} to mend` : 'every format reads well')
process.exitCode = misread.length ? 1 : 0

async function mistakesOf(file: string) {
  const text = await readFile(file, 'utf8').catch((error: Error) => error)
  if (text instanceof Error) return [{ file, line: 1, column: 1, message: `cannot be read: ${text.message}` }]
  const read = readScript(text, file)
  return 'misread' in read ? read.misread : []
}

async function ownMistakes() {
  const read = await loadFormats(null)
  return 'misread' in read ? read.misread : []
}
