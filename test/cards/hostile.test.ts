import { describe, expect, test } from 'vitest'
import type { ViewData } from '../../src/core/text.ts'
import { said } from '../../src/core/text.ts'
import { markdown, plain } from '../../src/teams/card-text.ts'
import { cardOf } from '../../src/teams/cards.ts'
import { draw, readOn } from './drawn.ts'
import { people, scenes } from './scenes.ts'

const nasty = [
  '**gras** _italique_ ~~barré~~ `code`',
  '<b>gras</b> <script>alert(1)</script>',
  '${x} ${title} #{y}',
  '[lien](http://x.example) ![image](http://x.example/i.png)',
  '{{DATE(2026-11-23T10:00:00Z,SHORT)}}',
  '- liste # titre > citation',
  '1. premier &amp; &lt;b&gt; \\* \\',
  '👩🏽‍💻 émoji 🇫🇷',
  'مرحبا (1) بالعالم',
  '| a | b |',
]

test.each(nasty)('what people write is read as they typed it, everywhere: %s', (text) => {
  const token = 'Zq9'
  const title = `${text} ${token}`
  const subjects = Array.from({ length: 5 }, () => [title, title])
  const names = people.map((one) => ({ ...one, position: title, first: text.slice(0, 60) }))
  const drawn = scenes({ subjects, names }).map(({ name, view }) => ({ name, texts: readOn(draw(view)) }))
  const telling = drawn.flatMap(({ texts }) => texts).filter((one) => one.includes(token))
  expect(telling.length).toBeGreaterThan(20)
  for (const one of telling) expect(one).toContain(title)
  const lobby = drawn.find(({ name }) => name === 'lobby-room')?.texts.join('\n')
  expect(lobby).toContain(`${text} Durand`)
})

describe('a person’s words', () => {
  const marked = (text: string) => `\uE000${text}\uE001`

  test('are escaped where Markdown is read, and only there', () => {
    expect(markdown(`Merci ${marked('*Zoé*')} !`)).toBe('Merci \\*Zoé\\* !')
    expect(plain(`Merci ${marked('*Zoé*')} !`)).toBe('Merci *Zoé* !')
  })

  test('that run from right to left do not reorder our sentence', () => {
    expect(plain(`Merci ${marked('سلمى')} !`)).toBe('Merci \u2068سلمى\u2069 !')
    expect(plain(marked('سلمى'))).toBe('سلمى')
  })

  test('cannot forge a mark', () => {
    expect(plain(`${marked('a')}\uE001b`)).toBe('ab')
  })
})

describe('a value', () => {
  const context = {
    lang: 'fr' as const,
    zone: 'Europe/Paris',
    stamp: { s: '1' },
    address: () => 'https://bot.example/p',
  }
  const notice = (data: { [key: string]: ViewData }) => cardOf({ card: 'notice', data }, context)

  test('that is absent draws nothing', () => {
    const card = notice({ text: said('Bonjour'), tone: 'good', hint: null })
    expect(readOn(card)).toEqual(['✓ Bonjour'])
  })

  test('that looks like a template is never run', () => {
    expect(readOn(notice({ text: said('${tone}'), tone: 'good', hint: null }))).toEqual(['✓ ${tone}'])
  })
})
