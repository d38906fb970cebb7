import { askedOf, notUnderstood } from './command-line.ts'
import type { Text } from './core/text.ts'
import { loadFiles, sentence } from './formats/index.ts'
import { speak } from './locales/index.ts'

/** `npm run formats:check [FILE…] [-- --lang en]`: every mistake with its place, in the named files beside the kit's own scripts. */
const asked = askedOf(process.argv.slice(2), { options: {}, words: true }, process.env)
const tell = (text: Text) => speak(text, { lang: asked.lang, zone: 'UTC' })
if ('wrong' in asked) {
  for (const one of asked.wrong) console.error(tell(one))
  process.exit(notUnderstood)
}

const read = await loadFiles(asked.words)
if ('misread' in read) {
  for (const one of read.misread) console.error(tell(sentence(one)))
  console.log(tell({ say: 'script.to-mend', with: { count: read.misread.length } }))
  process.exitCode = 1
} else console.log(tell({ say: 'script.fine', with: { count: Object.keys(read.formats).length } }))
