import type { Lang } from '../core/text.ts'

/** One sentence as a page of its own: for someone who followed a link that no longer leads anywhere. */
export const pageSaying = (sentence: string, lang: Lang): string => `<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Ouverture</title>
<style>
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: #f3f6f9; color: #1b2733;
  font: 1.125rem/1.6 system-ui, sans-serif }
main { max-width: 32rem; margin: 1.5rem; padding: 2rem; background: #fff; border-top: 4px solid #0b5fa5; border-radius: 4px }
h1 { margin: 0 0 .5rem; font-size: 1.125rem; color: #0b5fa5 }
p { margin: 0 }
</style>
</head>
<body><main><h1>Ouverture</h1><p>${escaped(sentence)}</p></main></body>
</html>
`

const escaped = (words: string): string => words.replace(/[&<>"']/gu, (sign) => `&#${sign.codePointAt(0)};`)
