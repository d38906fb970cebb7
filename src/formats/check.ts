import { loadFiles, sentence } from './index.ts'

/** `npm run formats:check [FILE…]`: every mistake with its place, in the named files beside the kit's own scripts. */
const read = await loadFiles(process.argv.slice(2))
const misread = 'misread' in read ? read.misread : []

for (const one of misread) console.error(sentence(one))
console.log(misread.length ? `${misread.length} to mend` : 'every format reads well')
process.exitCode = misread.length ? 1 : 0
