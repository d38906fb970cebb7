import { describe, expect, it } from 'vitest'
import { readFormat } from '../../../src/core/format.ts'
import { documentsOf } from '../../../src/core/summary/documents.ts'
import { postOf } from '../../../src/core/summary/post.ts'
import { formatOne, ideas, workshopAt } from '../../support/stage.ts'

/** One subject written, shown and made a priority; the workshop is over. */
function over() {
  const here = workshopAt('identifier', 'paul', 'lea').says('paul', ideas('Les cantines'))
  here.does('marie', { do: 'next' }).says('marie', { do: 'cards-show-all' }).does('marie', { do: 'next' })
  here.says('marie', { do: 'reveal' }).says('marie', { do: 'prioritise', card: cardOf(here) })
  return here.does('marie', { do: 'next' }).does('marie', { do: 'next' })
}

const cardOf = (here: ReturnType<typeof workshopAt>): string =>
  Object.keys((here.session().steer.shared.qualifier as { cards: object }).cards)[0] ?? ''

describe('the text for social networks', () => {
  it('is the script’s, with the session’s figures, and leaves out a sentence whose value is missing', () => {
    const here = over()
    const text = postOf(here.session(), here.now(), 'fr') ?? ''
    expect(text).toContain('3 personnes')
    expect(text).toContain('«\u00A0Les cantines\u00A0»')
    expect(text).not.toContain('point de départ')
    expect(text).not.toContain('{')
    expect(postOf(here.session(), here.now(), 'en')).toContain('“Les cantines”')
  })

  it('names nobody', () => {
    const here = over()
    const text = postOf(here.session(), here.now(), 'fr') ?? ''
    for (const name of ['Paul', 'Lea', 'Marie', 'Martin']) expect(text).not.toContain(name)
  })

  it('puts in what people wrote without reading it again', () => {
    const here = over().does('marie', { do: 'prepare', subject: 'Le {people} et le $& des $1' })
    expect(postOf(here.session(), here.now(), 'fr')).toContain('Le {people} et le $& des $1.')
  })

  it('is for the organisers to send: participants are not given it', () => {
    const here = over()
    const given = (copy: 'participants' | 'organisers') => documentsOf(here.session(), copy, here.now())
    expect(given('organisers')).toContain('post')
    expect(given('participants')).not.toContain('post')
  })

  it('cannot hold a value nobody knows', () => {
    const script = structuredClone(formatOne()) as unknown as { segments: { options: { post: object[] } }[] }
    script.segments.at(-1)?.options.post.push({ fr: '{nom}', en: '{people}' })
    expect(readFormat(script)).toMatchObject({
      mistakes: [
        {
          path: ['segments', 6, 'options', 'post', 6],
          what: expect.objectContaining({
            say: 'script.post-value',
            with: expect.objectContaining({ wrong: '{nom}' }),
          }),
        },
      ],
    })
  })
})
