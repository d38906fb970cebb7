import { expect } from 'vitest'
import type { Meeting } from '../../src/core/meeting.ts'
import type { Asked } from './checker.ts'
import { type Guest, type TestConnector, wordsIn } from './connector.ts'
import { linksIn, wordsAt } from './finished.ts'
import { inputsOf, type Seat, seat } from './seat.ts'
import { latest } from './weather.ts'
import { claire, identity, others, said } from './wire.ts'

/** Format #1 played by people who press again what was not answered, and ask to see what does not come. */

const noemie: Guest = { id: '29:noemie', name: 'Noémie Leroy', aadObjectId: 'aad-noemie', role: 'Attendee' }
const hugo: Guest = { id: '29:hugo', name: 'Hugo Faure', aadObjectId: 'aad-hugo', role: 'Attendee' }
export const participants = [...others, noemie, hugo]
export const everyone = [claire, ...participants]

/** The meeting's record, as it is kept now. */
type Reading = () => Meeting | Promise<Meeting>

/** One who facilitates, and does as the bot tells her when a card does not come. */
export interface Led {
  connector: TestConnector
  host: Seat
  seats: Seat[]
  /** When she asked to see again what did not come. */
  asked: Asked[]
  /** Waits for this to be true; now and then she types « afficher ». */
  comes(what: string, isTrue: () => boolean | Promise<boolean>): Promise<void>
}

/** Real milliseconds she looks for a card before she asks for it. */
const patience = 3000

export function led(connector: TestConnector, who: Guest[] = participants): Led {
  const host = seat(connector, claire)
  const asked: Asked[] = []
  const trying = async <T>(work: () => Promise<T>): Promise<T | null> => work().catch(() => null)

  async function comes(what: string, isTrue: () => boolean | Promise<boolean>): Promise<void> {
    const end = Date.now() + 40_000
    for (let next = Date.now() + patience; !(await trying(async () => isTrue())); ) {
      if (Date.now() > end) throw new Error(`never came: ${what}\n${said(connector)}`)
      if (Date.now() > next) {
        next = Date.now() + patience
        const from = Date.now()
        await trying(() => host.types('afficher'))
        asked.push({ from, to: Date.now() + latest })
      }
      await pause(60)
    }
  }
  return { connector, host, seats: who.map((one) => seat(connector, one)), asked, comes }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

export const shows = (here: Led, text: string | RegExp): Promise<void> =>
  here.comes(String(text), () =>
    typeof text === 'string' ? said(here.connector).includes(text) : text.test(said(here.connector)),
  )

/** Presses once it is there; whoever gets no answer presses again. */
export async function press(
  here: Led,
  one: Seat,
  verb: string,
  inputs: Record<string, string> = {},
): Promise<string> {
  let words = ''
  await here.comes(`${verb} for ${one.who.name}`, async () => {
    if (!(await one.offered(verb))) return false
    words = wordsIn(await one.press(verb, inputs))
    return true
  })
  return words
}

const subjectOf = ({ who }: Seat): string => `Sujet de ${who.name}`

/** Goes to a step, and sees its card. */
export async function goTo(here: Led, step: number): Promise<void> {
  await press(here, here.host, step === 1 ? 'start' : 'next')
  await shows(here, `Étape ${step} sur 7`)
}

export async function opened(here: Led, format = 'format-1'): Promise<void> {
  const { connector, host, seats } = here
  await connector.installed(claire)
  await host.types(`lancer ${format}`)
  await shows(here, 'Qui êtes-vous')
  await Promise.all(
    seats.map((one) => {
      const [first = '', last = ''] = one.who.name.split(' ')
      return press(here, one, 'join', identity(first, last))
    }),
  )
}

export async function thought(here: Led): Promise<void> {
  for (const step of [1, 2, 3, 4]) await goTo(here, step)
  await shows(here, 'Vos sujets')
  await Promise.all(here.seats.map((one) => answers(here, one)))
}

/** Gives her subject, and sees that it is kept; what got no answer is given again. */
export const answers = (here: Led, one: Seat): Promise<void> =>
  here.comes(`the subject of ${one.who.name}`, async () => {
    if (await one.offered('ideas-done'))
      await one.press('ideas-done', {
        title1: subjectOf(one),
        sentence1: 'Une phrase claire.',
        title2: '',
        sentence2: '',
      })
    return wordsIn((await one.find('edit')).card).includes(subjectOf(one))
  })

export async function rated(here: Led, { isShown = false } = {}): Promise<void> {
  if (!isShown) {
    await goTo(here, 5)
    await press(here, here.host, 'cards-show-all')
  }
  for (const one of here.seats) await shows(here, subjectOf(one))
  await goTo(here, 6)
  await shows(here, 'Vos avis')
  await Promise.all(
    here.seats.map((one) =>
      // What was given may be kept although its answer was lost: nothing is asked any more then.
      here.comes(`the ratings of ${one.who.name}`, async () => {
        if (!(await one.offered('rate-save'))) return true
        const { card } = await one.find('rate-save')
        await one.press('rate-save', Object.fromEntries(inputsOf(card).map((id) => [id, '4'])))
        return false
      }),
    ),
  )
  await press(here, here.host, 'reveal')
  await shows(here, /À porter en priorité|[Dd]ésirabilité 4/u)
}

export async function closed(here: Led): Promise<void> {
  await goTo(here, 7)
  await shows(here, 'Restons en contact')
  await Promise.all(
    here.seats.map((one) =>
      press(here, one, 'feedback-save', { email: `${one.who.id.slice(3)}@example.org`, consent: 'true' }),
    ),
  )
  await press(here, here.host, 'next')
  await shows(here, 'Télécharger')
}

/** The bot shows all it has to show, and the platform lets it. */
export const settled = (here: Led, record: Reading): Promise<void> =>
  here.comes('the end of the outbox', async () =>
    (await record()).outbox.every(({ state }) => state === 'unsure' || state === 'aside'),
  )

/** Everything people were told was kept is kept, and what the chat shows in the end is true. */
export async function endsRight(here: Led, record: Reading): Promise<void> {
  const session = (await record()).sessions[0]
  expect(session?.steer.position.status).toBe('closed')
  const kept = JSON.stringify(session?.answers)
  for (const one of here.seats) {
    expect(kept).toContain(subjectOf(one))
    expect(kept).toContain(`${one.who.id.slice(3)}@example.org`)
  }
  const closing = here.connector.activities().findLast((one) => linksIn(one.card).length > 0)
  const summary = await wordsAt(linksIn(closing?.card)[0] ?? '')
  for (const one of here.seats) expect(summary).toContain(subjectOf(one))
  // Someone scrolls back: a message that nobody could vouch for is seen, and says where to look instead.
  await here.host.offered('nothing that is on a card')
  await settled(here, record)
  for (const { card } of here.connector.activities()) {
    expect(JSON.stringify(card)).not.toContain('"verb":"next"')
    if (/Étape \d sur 7/u.test(wordsIn(card))) expect(wordsIn(card)).not.toMatch(/Fin à|reste/u)
  }
}
