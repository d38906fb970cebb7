import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { type Card, type Guest, wordsIn } from '../support/connector.ts'
import { seat } from '../support/seat.ts'
import { bot, claire, cleanUp, identity, lobby, meeting, others, said, shows } from '../support/wire.ts'

afterEach(cleanUp)

const crowd = (size: number): Guest[] =>
  Array.from({ length: size }, (_, index) => ({
    id: `29:p${index}`,
    name: `Personne ${index}`,
    aadObjectId: `aad-p${index}`,
    role: 'Attendee',
  }))

const record = (dataDir: string): string => {
  const folder = join(dataDir, 'meetings')
  return readdirSync(folder)
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n')
}

describe('many at once', () => {
  it('two hundred answers in the same moment are all answered, and all kept', {
    timeout: 120_000,
  }, async () => {
    const people = crowd(50)
    const connector = await meeting({ people: [claire, ...people], limits: true })
    const { dataDir, log } = await bot(connector)
    const host = seat(connector, claire)
    await connector.installed(claire)
    await host.press('launch', { format: 'format-1' })
    const seats = people.map((one) => seat(connector, one))
    await Promise.all(seats.map((one) => one.press('join', identity('Personne', one.who.id.slice(4)))))
    for (const verb of ['start', 'next', 'next', 'next']) await host.press(verb)
    const { message, action } = (await seats[0]?.find('ideas-save')) ?? (await host.find('ideas-save'))
    const answers = people.flatMap((who) =>
      [1, 2, 3, 4].map((round) =>
        connector.invoke(
          who,
          'ideas-save',
          {
            ...(action.data as Card),
            title1: `${who.id}-${round}`,
            sentence1: 'Phrase.',
            title2: '',
            sentence2: '',
          },
          message.id,
        ),
      ),
    )
    const replies = await Promise.all(answers)
    expect(replies.map(({ status }) => status).filter((status) => status !== 200)).toEqual([])
    for (const who of people) {
      const kept = [1, 2, 3, 4].filter((round) => record(dataDir).includes(`"${who.id}-${round}"`))
      expect(kept, who.id).toHaveLength(1)
    }
    expect(log.told.filter((one) => one.level === 'error')).toEqual([])
  })

  it('a platform that takes nothing any more keeps nobody from being answered', {
    timeout: 60_000,
  }, async () => {
    const connector = await meeting()
    await bot(connector)
    const { host, seats } = await lobby(connector)
    for (const verb of ['start', 'next', 'next', 'next']) await host.press(verb)
    await shows(connector, 'Vos sujets')
    const forms = await Promise.all(seats.map((one) => one.find('ideas-save')))
    const next = await host.find('next')
    // Neither messages nor edits get an answer from now on.
    connector.fault({ hang: true, times: 10_000, path: /activities/u })
    const press = (index: number, text: string) =>
      connector.invoke(
        seats[index]?.who ?? claire,
        'ideas-save',
        {
          ...(forms[index]?.action.data as Card),
          title1: text,
          sentence1: 'Phrase.',
          title2: '',
          sentence2: '',
        },
        forms[index]?.message.id ?? '',
      )
    for (let round = 0; round < 20; round += 1) {
      const replies = await Promise.all(seats.map((_, index) => press(index, `Tour ${round} de ${index}`)))
      for (const [index, { status, body }] of replies.entries()) {
        expect(status).toBe(200)
        expect(wordsIn((body as { value: Card }).value)).toContain(`Tour ${round} de ${index}`)
      }
    }
    const moved = await connector.invoke(claire, 'next', next.action.data as Card, next.message.id)
    expect(moved.status).toBe(200)
    expect((await connector.message(claire, 'aide')).status).toBe(200)
  })
})

describe('someone who attends', () => {
  it('launches nothing by asking so often that nobody can look up who she is', {
    timeout: 60_000,
  }, async () => {
    const connector = await meeting()
    const { dataDir } = await bot(connector)
    const paul = others[0] ?? claire
    await connector.installed(claire)
    await shows(connector, 'Lancer cet atelier')
    const presses = Array.from({ length: 40 }, (_, n) =>
      connector.invoke(paul, 'launch', { verb: 'launch', format: 'format-1', n }, 'm1'),
    )
    for (const { status } of await Promise.all(presses)) expect(status).toBe(200)
    expect(connector.requests.filter(({ path }) => path.includes('/participants/')).length).toBeLessThan(10)
    await connector.message(paul, 'fais-moi un café')
    await shows(connector, 'Je n’ai pas compris')
    expect(said(connector)).not.toContain('Qui êtes-vous')
    expect(record(dataDir)).not.toContain('"launchedBy"')
  })
})
