import MarkdownIt from 'markdown-it'
import { describe, expect, it } from 'vitest'
import type { Chapter } from '../../src/core/summary/chapter.ts'
import { said, type Text } from '../../src/core/text.ts'
import { markdownOf } from '../../src/documents/markdown.ts'

const both = (fr: string, en = fr): Text => ({ fr, en })
const frame = { lang: 'fr', zone: 'Europe/Paris', title: 'Ouvrir la matrice' } as const

describe('a summary in Markdown', () => {
  it('reads like a document, in French', () => {
    const chapters: Chapter[] = [
      {
        id: 'context',
        title: both('L’atelier'),
        blocks: [
          { block: 'facts', facts: [{ label: both('Date'), value: { day: Date.UTC(2026, 10, 23, 9) } }] },
          { block: 'text', text: said('Première ligne\nseconde ligne\n\nautre paragraphe') },
        ],
      },
      {
        id: 'subjects',
        title: both('Les sujets'),
        blocks: [
          { block: 'list', title: both('Notes'), items: [said('une note'), said('deux\nlignes')] },
          {
            block: 'table',
            head: [both('N°'), both('Sujet')],
            rows: [
              [said('1'), said('Vélo | bus')],
              [said('2'), said('ligne 1\nligne 2')],
            ],
          },
          { block: 'table', title: both('Vide'), head: [both('N°')], rows: [] },
        ],
      },
    ]
    expect(markdownOf(chapters, frame)).toBe(`# Ouvrir la matrice

## L’atelier

- **Date**\u00A0: lundi 23 novembre 2026

Première ligne  
seconde ligne

autre paragraphe

## Les sujets

### Notes

- une note
- deux  
  lignes

| N° | Sujet |
| --- | --- |
| 1 | Vélo \\| bus |
| 2 | ligne 1<br>ligne 2 |
`)
  })

  it('is in English for those who chose it', () => {
    const chapter: Chapter = {
      id: 'x',
      title: both('Suite', 'Next'),
      blocks: [
        { block: 'facts', facts: [{ label: both('Quand', 'When'), value: { lasting: 90 * 60_000 } }] },
      ],
    }
    expect(markdownOf([chapter], { ...frame, lang: 'en' })).toContain(
      '## Next\n\n- **When**: 1\u00A0h\u00A030',
    )
  })
})

/** The strictest reading: HTML is let through, and anything like an address becomes a link. */
const renderer = new MarkdownIt({ html: true, linkify: true })

const hostile = [
  '**gras** et *italique* _et_ __ça__ ~~barré~~ `code`',
  '<img src=x onerror=alert(1)> <b>gras</b> <!-- caché -->',
  '[cliquez](https://pirate.example) ![image](https://pirate.example/x.png)',
  'https://pirate.example www.pirate.example pirate.example ftp://pirate.example //pirate.example',
  '<https://pirate.example> mailto:x',
  '# titre',
  '- liste',
  '+ liste',
  '1. liste',
  '12) liste',
  '> citation',
  '=====',
  '-----',
  '```\nbloc\n```',
  '~~~\nbloc\n~~~',
  '    quatre espaces',
  '\tune tabulation',
  'a | b\n--- | ---\nc | d',
  '&lt;b&gt; &amp; &#x41; &copy;',
  '[ref]: https://pirate.example "x"\n[ref]',
  'barre oblique \\ et \\* et \\',
  'ligne\\\nsuivante',
  'snake_case et _fin_ et 3_4 et a__b__c',
  '$x$ ${x} {{x}}',
  'fin de ligne  \r\nWindows\rMac\u2028séparateur',
  'cellule\u0000nulle \u001b[31mrouge',
  '| --- |',
  'مرحبا 🇫🇷 e\u0301',
]

describe('what people wrote, in a summary in Markdown', () => {
  it.each(hostile)('is shown as typed, wherever it stands: %s', (text) => {
    const chapter: Chapter = {
      id: 'x',
      title: said(text),
      blocks: [
        { block: 'text', text: said(text) },
        { block: 'facts', facts: [{ label: both('Libellé'), value: said(text) }] },
        { block: 'list', items: [said(text)] },
        { block: 'table', head: [both('A'), both('B')], rows: [[said(text), said('ok')]] },
      ],
    }
    const html = renderer.render(markdownOf([chapter], frame))
    const tags = [...new Set([...html.matchAll(/<\/?([a-z0-9]+)/gu)].map((one) => one[1]))]
    const ours = ['h1', 'h2', 'p', 'ul', 'li', 'strong', 'table', 'thead', 'tr', 'th', 'tbody', 'td', 'br']
    expect(tags.filter((tag) => !ours.includes(tag ?? ''))).toEqual([])
    expect(html.match(/<li>/gu)).toHaveLength(2)
    expect(html.match(/<table>/gu)).toHaveLength(1)
    expect(html.match(/<td>/gu)).toHaveLength(2)
    for (const shown of [...html.matchAll(/<(?:h2|td)>([\s\S]*?)<\/(?:h2|td)>/gu)].map((one) => one[1] ?? ''))
      if (shown !== 'ok') expect(words(textOf(shown))).toEqual(words(text))
  })

  it('keeps an e-mail address fit to be copied', () => {
    const chapter: Chapter = {
      id: 'x',
      title: both('x'),
      blocks: [{ block: 'list', items: [said('jean_paul.x@ville.fr')] }],
    }
    expect(markdownOf([chapter], frame)).toContain('- jean_paul.x@ville.fr\n')
  })
})

const textOf = (html: string): string =>
  html
    .replace(/<br>/gu, ' ')
    .replace(/&lt;/gu, '<')
    .replace(/&gt;/gu, '>')
    .replace(/&quot;/gu, '"')
    .replace(/&amp;/gu, '&')

const words = (text: string): string[] => text.split(/[\s\p{Cc}\u2028]+/u).filter((word) => word !== '')
