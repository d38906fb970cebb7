import { afterEach, describe, expect, it } from 'vitest'
import { freshFolder, removeFolder, spawnBot } from '../support/bot.ts'
import { type Guest, wordsIn } from '../support/connector.ts'
import { linksIn, wordsAt } from '../support/finished.ts'
import { inputsOf, seat } from '../support/seat.ts'
import {
  bot,
  claire,
  cleanUp,
  identity,
  later,
  lobby,
  meeting,
  others,
  said,
  shows,
} from '../support/wire.ts'

afterEach(cleanUp)

describe('format #1 over the wire, with no room', () => {
  it('goes from launch to summary, and posts few messages', { timeout: 60_000 }, async () => {
    const connector = await meeting({ limits: true })
    const { log } = await bot(connector)
    const { host, seats } = await lobby(connector)
    await host.press('start')
    await shows(connector, 'Étape 1 sur 7')
    for (const one of seats) await one.press('clear')

    await host.press('next')
    await shows(connector, 'Étape 2 sur 7')
    for (let turn = 0; turn <= seats.length; turn++) await host.press('floor-done')

    await host.press('next')
    await shows(connector, 'Étape 3 sur 7')
    while (await host.offered('page-next')) await host.press('page-next')

    await host.press('next')
    await shows(connector, 'Vos sujets')
    await host.press('silence')
    for (const one of seats) {
      const receipt = await one.press('ideas-done', {
        title1: `Sujet de ${one.who.name}`,
        sentence1: 'Une phrase claire.',
        title2: '',
        sentence2: '',
      })
      expect(wordsIn(receipt)).toContain(`Sujet de ${one.who.name}`)
    }
    expect(said(connector)).not.toContain('Sujet de')

    await host.press('next')
    await shows(connector, 'Étape 5 sur 7')
    for (let turn = 0; turn <= seats.length; turn++) await host.press('floor-done')
    for (const one of seats) await shows(connector, `Sujet de ${one.who.name}`)

    await host.press('next')
    await shows(connector, 'Vos avis')
    for (const one of seats) {
      while (await one.offered('rate-save')) {
        const { card } = await one.find('rate-save')
        await one.press('rate-save', Object.fromEntries(inputsOf(card).map((id) => [id, '4'])))
      }
    }
    await host.press('reveal')
    await shows(connector, /À porter en priorité|désirabilité 4/iu)

    await host.press('next')
    await shows(connector, 'Restons en contact')
    for (const one of seats)
      await one.press('feedback-save', { email: `${one.who.id.slice(3)}@example.org`, consent: 'true' })
    await host.press('next')
    await shows(connector, 'Télécharger')

    const closing = connector.activities().at(-1)
    const summary = await wordsAt(linksIn(closing?.card)[0] ?? '')
    for (const one of seats) expect(summary).toContain(`Sujet de ${one.who.name}`)
    expect(summary).not.toContain('@example.org')
    const hers = await connector.refresh(host.who, closing?.id ?? '')
    const stamp = { s: '1', k: /"k":"(summary[^"]+)"/u.exec(JSON.stringify(hers.body))?.[1] ?? '' }
    const list = await connector.dialog(
      host.who,
      'fetch',
      { ...stamp, dialog: 'documents' },
      closing?.id ?? '',
    )
    const copies = await Promise.all(linksIn(list.body).slice(1, 4).map(wordsAt))
    expect(copies.join()).toContain('paul@example.org')

    expect(connector.activities().length).toBeLessThanOrEqual(16)
    expect(log.told.filter((one) => one.level === 'error')).toEqual([])
  })

  it('can be led by typed commands alone, in French and in English', { timeout: 60_000 }, async () => {
    const connector = await meeting()
    await bot(connector)
    const { host } = await lobby(connector)
    await host.types('<at>Ouverture</at> commencer')
    await shows(connector, 'Étape 1 sur 7')
    await host.types('<at>Ouverture</at> note Bon démarrage')
    await shows(connector, 'La note est gardée')
    for (const [typed, step] of [
      ['suivant', 2],
      ['next', 3],
      ['suite', 4],
      ['retour', 3],
      ['annuler', 4],
    ] as const) {
      const before = connector.activities().length
      await host.types(`<at>Ouverture</at> ${typed}`)
      await connector.until(
        () =>
          connector
            .activities()
            .slice(before)
            .some((one) => wordsIn(one.card).includes(`Étape ${step} sur 7`)),
        10_000,
      )
    }
    await host.types('<at>Ouverture</at> pause')
    await shows(connector, /[Pp]ause/u)
    await host.types('<at>Ouverture</at> +5')
    await host.types('<at>Ouverture</at> end')
    await shows(connector, 'Télécharger')
  })
})

describe('what nobody should be able to do', () => {
  it('a control pressed by someone who may not is refused with a sentence, and nothing moves', async () => {
    const connector = await meeting()
    await bot(connector)
    const { host, seats } = await lobby(connector)
    const { message, action } = await host.find('start')
    const reply = await connector.invoke(seats[0]?.who ?? claire, 'start', action.data as never, message.id)
    expect(wordsIn((reply.body as { value: never }).value)).toMatch(/animation|anim/u)
    expect(await host.offered('start')).toBe(true)
  })

  it('someone who only attends cannot launch', async () => {
    const connector = await meeting()
    await bot(connector)
    await connector.installed(claire)
    await shows(connector, 'Lancer cet atelier')
    const paul = seat(connector, others[0] ?? claire)
    expect(wordsIn(await paul.press('launch'))).toMatch(/organis|présent/u)
    expect(said(connector)).not.toContain('Qui êtes-vous')
  })

  it('the same press delivered three times, under the same id or another, is carried out once', async () => {
    const connector = await meeting()
    await bot(connector)
    const { host } = await lobby(connector)
    const { message, action } = await host.find('start')
    await Promise.all(
      [1, 2, 3].map(() => connector.invoke(claire, 'start', action.data as never, message.id)),
    )
    await shows(connector, 'Étape 1 sur 7')
    const next = await host.find('next')
    await Promise.all(
      [1, 2, 3].map(() => connector.invoke(claire, 'next', next.action.data as never, next.message.id)),
    )
    await shows(connector, 'Étape 2 sur 7')
    expect(said(connector)).not.toContain('Étape 3 sur 7')
  })

  it('ten people answering in the same millisecond are all in the record', { timeout: 40_000 }, async () => {
    const crowd: Guest[] = Array.from({ length: 10 }, (_, index) => ({
      id: `29:p${index}`,
      name: `Personne ${index}`,
      aadObjectId: `aad-p${index}`,
      role: 'Attendee',
    }))
    const connector = await meeting({ people: [claire, ...crowd] })
    await bot(connector)
    const host = seat(connector, claire)
    await connector.installed(claire)
    await shows(connector, 'Lancer cet atelier')
    await host.press('launch')
    await shows(connector, 'Qui êtes-vous')
    const seats = crowd.map((one) => seat(connector, one))
    await Promise.all(seats.map((one) => one.press('join', identity('Personne', one.who.id.slice(4)))))
    for (const verb of ['start', 'next', 'next', 'next']) await host.press(verb)
    await shows(connector, 'Vos sujets')
    const receipts = await Promise.all(
      seats.map((one) =>
        one.press('ideas-done', {
          title1: `T${one.who.id}`,
          sentence1: 'Phrase.',
          title2: '',
          sentence2: '',
        }),
      ),
    )
    receipts.forEach((receipt, index) => {
      expect(wordsIn(receipt)).toContain(`T${crowd[index]?.id}`)
    })
    await host.press('next')
    await host.press('cards-show-all')
    for (const one of crowd) await shows(connector, `T${one.id}`)
  })

  it('bad input comes back with a sentence and everything that was typed', async () => {
    const connector = await meeting()
    await bot(connector)
    const { host, seats } = await lobby(connector)
    for (const verb of ['start', 'next', 'next', 'next']) await host.press(verb)
    await shows(connector, 'Vos sujets')
    const long = 'x'.repeat(10_000)
    const card = JSON.stringify(
      await seats[0]?.press('ideas-save', {
        title1: 'Mon titre',
        sentence1: long,
        title2: '',
        sentence2: '',
      }),
    )
    expect(card).toContain('Mon titre')
    expect(card).toContain(long)
    expect(card).toMatch(/10[\s\u202F\u00A0]?000/u)
  })
})

describe('what does not fit', () => {
  it('an unknown command, no session, a second launch: a sentence that says what to do', async () => {
    const connector = await meeting()
    await bot(connector)
    const host = seat(connector, claire)
    await host.types('<at>Ouverture</at> suivant')
    await shows(connector, 'lancer')
    await host.types('<at>Ouverture</at> fais-moi un café')
    await shows(connector, 'aide')
    await host.types('<at>Ouverture</at> lancer')
    await shows(connector, 'Qui êtes-vous')
    const before = connector.activities().length
    await host.types('<at>Ouverture</at> lancer')
    await connector.until(() => connector.activities().length > before, 10_000)
    expect(await host.reads()).toMatch(/déjà|en cours/u)
  })

  it('a chat with no meeting gets a welcome that says how to begin', async () => {
    const connector = await meeting({ meetingId: null, conversationId: '19:chat@thread.v2' })
    await bot(connector)
    await connector.installed(claire)
    await shows(connector, 'Lancer cet atelier')
  })

  it('what is no activity is turned away without a word of what went wrong inside', async () => {
    const connector = await meeting()
    const { botUrl } = await bot(connector)
    const post = (body: string, type = 'application/json') =>
      fetch(botUrl, { method: 'POST', body, headers: { 'content-type': type } })
    for (const body of [
      '{}',
      'null',
      '[]',
      '{"type":"message"}',
      '{"type":"message","from":{}}',
      '"x"',
      '{',
      'x'.repeat(400_000),
    ]) {
      const answer = await post(body)
      expect(answer.status).toBeGreaterThanOrEqual(400)
      expect(answer.status).toBeLessThan(500)
      expect(await answer.text()).not.toMatch(/at .*\(|node_modules|TypeError/u)
    }
  })
})

describe('a killed process', () => {
  it('loses no acknowledged answer, keeps the deadline, and shows once what had not been shown', {
    timeout: 90_000,
  }, async () => {
    const connector = await meeting()
    const dataDir = freshFolder()
    later(() => removeFolder(dataDir))
    let running = await spawnBot(dataDir)
    later(() => running.kill())
    connector.talkTo(running.botUrl)
    const { host, seats } = await lobby(connector)
    for (const verb of ['start', 'next', 'next', 'next']) await host.press(verb)
    await shows(connector, 'Vos sujets')
    const ends = /Fin à [^\n]+/u.exec(said(connector))?.[0]
    await Promise.all(
      seats.map((one) =>
        one.press('ideas-save', {
          title1: `T ${one.who.name}`,
          sentence1: 'Phrase.',
          title2: '',
          sentence2: '',
        }),
      ),
    )
    // The move is acknowledged and the process dies at once: its card may not be in the chat yet.
    await host.press('next')
    await running.kill()
    running = await spawnBot(dataDir)
    connector.talkTo(running.botUrl)
    await shows(connector, 'Étape 5 sur 7')
    await host.press('undo')
    await connector.until(() => said(connector).split('Vos sujets').length > 2, 10_000)
    for (const one of seats) expect(wordsIn((await one.find('edit')).card)).toContain(`T ${one.who.name}`)
    const again = connector
      .activities()
      .filter((one) => wordsIn(one.card).includes('Étape 4 sur 7'))
      .map((one) => wordsIn(one.card))
    expect(again.some((words) => ends !== undefined && words.includes(ends))).toBe(true)
    expect(connector.activities().filter((one) => wordsIn(one.card).includes('Étape 5 sur 7'))).toHaveLength(
      1,
    )
    expect(connector.activities().filter((one) => wordsIn(one.card).includes('Vos sujets'))).toHaveLength(2)
  })
})

describe('a flood', () => {
  it('of commands nobody may use gets a few answers, no error, no effect, and the workshop goes on', {
    timeout: 60_000,
  }, async () => {
    const connector = await meeting({ limits: true })
    const { log } = await bot(connector)
    const { host, seats } = await lobby(connector)
    await host.press('start')
    await shows(connector, 'Étape 1 sur 7')
    const before = connector.activities().length
    const paul = seats[0]?.who ?? claire
    const step = connector.activities().at(-1)?.id ?? ''
    const hostile = {
      s: '1',
      g: 'introduction',
      k: 'step/introduction/1',
      speaker: 'x'.repeat(5000),
      page: '__proto__',
    }
    const verbs = [
      'next',
      'end',
      'undo',
      'reveal',
      'card-add',
      'floor-done',
      '__proto__',
      'name-role',
      'cancel',
    ]
    for (let round = 0; round < 120; round++) {
      const data = { ...hostile, verb: verbs[round % verbs.length] ?? '', n: round }
      const replies = await Promise.all([
        connector.invoke(paul, data.verb, data, step),
        connector.send(paul, { type: 'message', value: data, replyToId: step }),
        connector.message(paul, `<at>Ouverture</at> suivant ${round}`),
        connector.dialog(paul, round % 2 ? 'fetch' : 'submit', { ...data, dialog: 'team' }, step),
      ])
      for (const reply of replies) expect(reply.status).toBeLessThan(300)
    }
    await host.press('next')
    await shows(connector, 'Étape 2 sur 7')
    expect(connector.activities().length - before).toBeLessThan(20)
    expect(said(connector)).not.toContain('Étape 3 sur 7')
    expect(log.told.filter((one) => one.level === 'error')).toEqual([])
  })
})
