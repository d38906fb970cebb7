import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Language } from './views.ts'

const here = (path: string) => new URL(path, import.meta.url)

export const languages = ['fr', 'en'] as const satisfies readonly Language[]

const textsSchema = z.record(z.record(z.string()))
export type Texts = z.infer<typeof textsSchema>

/** Section → key → ICU message. */
export function roomTexts(language: Language): Texts {
  return textsSchema.parse(localeFile(language, 'room'))
}

export function localeFile(language: Language, name: string): unknown {
  return parse(readFileSync(here(`../locales/${language}/${name}.yaml`), 'utf8'))
}

export interface Assets {
  script(): Promise<string>
  style(): string
  /** For machines without Teams' own typeface. */
  font(weight: string): Buffer | undefined
  page(fields: { language: Language; data: object }): string
}

/** The browser's part, bundled once, at the first request. */
export function assets(): Assets {
  let script: Promise<string> | undefined
  return {
    script: () => {
      script ??= bundle()
      return script
    },
    style: () => readFileSync(here('./client/style.css'), 'utf8'),
    font: (weight) => readFont(weight),
    page: ({ language, data }) =>
      readFileSync(here('./client/page.html'), 'utf8')
        .replace('lang="fr"', `lang="${language}"`)
        .replace('PAGE_TITLE', roomTexts(language).product?.name ?? '')
        // A function, so that `$` in the data is left alone; `<` so that it cannot close the script.
        .replace('"PAGE_DATA"', () => JSON.stringify(data).replace(/</g, '\\u003c')),
  }
}

const fonts: Record<string, string> = {
  '400': '400Regular/SourceSans3_400Regular.ttf',
  '600': '600SemiBold/SourceSans3_600SemiBold.ttf',
}

function readFont(weight: string): Buffer | undefined {
  const file = fonts[weight]
  if (!file) return undefined
  return readFileSync(createRequire(import.meta.url).resolve(`@expo-google-fonts/source-sans-3/${file}`))
}

async function bundle(): Promise<string> {
  const built = await build({
    entryPoints: [fileURLToPath(here('./client/main.tsx'))],
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    loader: { '.json': 'json' },
    legalComments: 'none',
    logLevel: 'silent',
  })
  return built.outputFiles[0]?.text ?? ''
}
