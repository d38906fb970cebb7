import { describe, expect, it } from 'vitest'
import { askedOf } from '../src/command-line.ts'
import { speak } from '../src/locales/index.ts'

const own = { online: { type: 'boolean' }, env: { type: 'string' } } as const

const asked = (args: string[], env: Record<string, string> = { LANG: 'en_GB.UTF-8' }) => {
  const found = askedOf(args, { options: own }, env)
  if (!('wrong' in found)) return found
  return found.wrong.map((one) => speak(one, { lang: found.lang, zone: 'UTC' }))
}

describe('what follows a command', () => {
  it('is read, and says in which language to answer', () => {
    expect(asked(['--online', '--env', 'test'])).toEqual({
      lang: 'en',
      values: { online: true, env: 'test' },
      words: [],
    })
    expect(asked(['--env=test', '--lang', 'fr'])).toEqual({
      lang: 'fr',
      values: { env: 'test', lang: 'fr' },
      words: [],
    })
    expect(asked(['--lang', 'en'], { LANG: 'fr_FR.UTF-8' })).toMatchObject({ lang: 'en' })
    expect(asked([], {})).toEqual({ lang: 'fr', values: {}, words: [] })
  })

  it('may be names of files, where the command takes some', () => {
    expect(askedOf(['a.yaml', '--lang', 'en', 'b.yaml'], { options: {}, words: true }, {})).toEqual({
      lang: 'en',
      values: { lang: 'en' },
      words: ['a.yaml', 'b.yaml'],
    })
  })

  it('is told, whole, where it is not understood', () => {
    expect(asked(['--onlne', 'there', '--lang', 'de', '-x'])).toEqual([
      '“--onlne”: there is no such option. Options: --online, --env and --lang.',
      '“there”: no such word is expected here. Options, which npm wants after “--”: --online, --env and --lang.',
      '--lang: expected fr or en.',
      '“-x”: there is no such option. Options: --online, --env and --lang.',
    ])
    expect(asked(['--env', '--online'])).toEqual(['--env: give a value after this option.'])
    expect(asked(['--env='])).toEqual(['--env: give a value after this option.'])
    expect(asked(['--lang', 'de'], {})).toEqual(['--lang\u00A0: indiquez fr ou en.'])
  })
})
