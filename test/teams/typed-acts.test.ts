import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type Ask, sessionVerbs } from '../../src/core/session/asks.ts'
import { say } from '../../src/core/text.ts'
import { speak } from '../../src/locales/index.ts'
import { readTyped, type Typed } from '../../src/teams/commands.ts'
import { helpGroups } from '../../src/teams/help.ts'
import { formatOne, lobbyWith, type Stage, workshopAt } from '../support/stage.ts'

/** What the help gives as an example to each person at this moment, in one language, and how it is understood. */
const examples = (here: Stage, lang: 'fr' | 'en'): Typed[] =>
  ['marie', 'camille'].flatMap((who) =>
    helpGroups(here.session(), who, here.now())
      .flatMap(({ commands }) => commands)
      .map((command) => speak(say(`command.${command}`), { lang, zone: 'Europe/Paris' }))
      .map((text) =>
        readTyped(text, {
          meeting: here.meeting(),
          by: who,
          name: who,
          defaultFormat: 'format-1',
          formats: ['format-1'],
          now: here.now(),
        }),
      ),
  )

const asked = (here: Stage, lang: 'fr' | 'en'): Ask[] =>
  examples(here, lang).flatMap((read) => (read.kind === 'ask' ? [read.ask] : []))

/** The acts of an exercise: what each button and each form of its cards may send. */
async function actsOf(kind: string): Promise<string[]> {
  const exported: Record<string, unknown> = await import(`../../src/core/phases/${kind}.ts`)
  const inputs = Object.values(exported).flatMap((one) => exercise.safeParse(one).data?.input ?? [])
  return inputs.flatMap(({ options }) => options.map((one) => one.shape.do.value))
}
const act = z.custom<z.ZodObject<{ do: z.ZodLiteral<string> }>>((one) => one instanceof z.ZodObject)
const exercise = z.object({ kind: z.string(), input: z.object({ options: z.array(act) }) })

/** Sealed: in the chat of the meeting everyone would read them. They are given on a card, or typed in one’s own chat. */
const secret: Record<string, string[]> = {
  'silent-ideation': ['ideas-save'],
  matrix: ['rate-save'],
  conclusion: ['feedback-save', 'email-give'],
}

/** Format #1 starts from nothing. */
const startingFrom = ['amend', 'bring', 'choose-group', 'choose-planned']

describe.each(['fr', 'en'] as const)('what the help of format #1 says can be typed, in "%s"', (lang) => {
  it.each(formatOne().segments)(
    'is all that $phase takes, but for what nobody else may read',
    async ({ id, phase }) => {
      const typed = asked(workshopAt(id, 'camille'), lang).flatMap((ask) =>
        ask.do === 'phase' ? [z.object({ do: z.string() }).parse(ask.input).do] : [],
      )
      const acts = await actsOf(phase)
      expect(acts).not.toEqual([])
      expect(acts.filter((one) => !typed.includes(one))).toEqual(secret[phase] ?? [])
    },
  )

  it('is all that steers a workshop; what is mended once it is over is in dialogs', () => {
    const lobby = lobbyWith('camille')
    const running = workshopAt('bon-sujet', 'camille')
    const closed = workshopAt('conclusion', 'camille').does('marie', { do: 'end' })
    const typed = [lobby, running, closed].flatMap((here) => asked(here, lang)).map((ask) => ask.do)
    const steering = [...sessionVerbs].filter((one) => one !== 'phase')
    expect(steering.filter((one) => !typed.some((verb) => verb === one)).toSorted()).toEqual([
      ...startingFrom,
      'complete',
      'correct',
      'letter',
      'settle',
    ])
  })

  it('is understood as it is written', () => {
    for (const { id } of formatOne().segments)
      for (const read of examples(workshopAt(id, 'camille'), lang))
        expect(['ask', 'show']).toContain(read.kind)
  })
})
