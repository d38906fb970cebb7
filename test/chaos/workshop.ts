import { randomUUID } from 'node:crypto'
import { type Guest, startConnector, type TestConnector, wordsIn } from '../support/connector.ts'
import { linksIn, wordsAt } from '../support/finished.ts'
import { inputsOf } from '../support/seat.ts'
import { courier, latest, weather } from '../support/weather.ts'
import { claire, identity, others } from '../support/wire.ts'
import { type Client, client, offers, type Place, type View } from './client.ts'
import { formatId } from './format.ts'
import { type About, type Fields, type Ledger, ledger } from './ledger.ts'
import { receivedIn, subjectsOf } from './receipts.ts'
import { watched } from './watch.ts'

/** What whoever ends processes wants to know of. */
export interface Moments {
  /** An activity that changes something is on its way. */
  sending(): void
  /** Someone was just told that something is kept. */
  acknowledged(): void
  /** A step will last until then. */
  deadline(at: number): void
}

export interface Played {
  ledger: Ledger
  connector: TestConnector
  /** Activities: sent, delivered twice, overtaken. */
  sent: number
  twice: number
  overtaken: number
}

interface Setting {
  name: string
  url: string
  chance: () => number
  seed: number
  moments: Moments
  record(meeting: string): Promise<string | null>
  /** Where documents are, now. */
  site(): string
  /** At so many of the first steps people may stay until it rings. */
  stays: number
}

const people: Guest[] = [claire, ...others]

/** One workshop of format #1 from its launch to its summary, by people who press again what gets no answer. */
export async function workshop(setting: Setting): Promise<Played> {
  const post = traffic(setting.seed)
  const connector = await startConnector({
    people,
    conversationId: `19:meeting_${setting.name}@thread.v2`,
    botUrl: setting.url,
    limits: true,
    weather: weather(setting.seed, 0.15),
    courier: post.carry,
  })
  const played = { ledger: ledger(connector.conversationId), connector }
  const watch = watched({
    book: played.ledger,
    read: setting.record,
    said: () => connector.activities().map(({ card }) => wordsIn(card)),
    moments: setting.moments,
  })
  try {
    await play(scene(setting, connector, played.ledger))
  } catch (error) {
    played.ledger.entries.push({ did: 'stuck', why: error instanceof Error ? error.message : String(error) })
  }
  await post.allCame()
  await watch.stop()
  return { ...played, ...post.counted() }
}

/** The courier of the other tests, whose ways are counted. */
function traffic(seed: number) {
  const post = courier(seed)
  let sent = 0
  let overtaken = 0
  let latestIn = 0
  const carry: typeof post.carry = (activity, deliver) => {
    const number = ++sent
    return post.carry(activity, (one) => {
      if (number < latestIn) overtaken += 1
      latestIn = Math.max(latestIn, number)
      return deliver(one)
    })
  }
  return { carry, allCame: post.allCame, counted: () => ({ sent, twice: post.twice(), overtaken }) }
}

interface Scene extends Setting {
  connector: TestConnector
  ledger: Ledger
  host: Client
  seats: Client[]
  /** Waits for this to be true; now and then the facilitator types « afficher ». Whatever throws is tried again. */
  comes(what: string, isTrue: () => boolean | Promise<boolean>, withinMs?: number): Promise<void>
}

/** Real milliseconds: between two looks, before she asks to see what does not come, before all is given up. */
const patience = { look: 250, ask: 9000, all: 150_000 }

function scene(setting: Setting, connector: TestConnector, book: Ledger): Scene {
  const [host, ...seats] = people.map((one) => client(connector, one))
  if (!host) throw new Error('nobody facilitates')

  async function comes(what: string, isTrue: () => boolean | Promise<boolean>, withinMs = patience.all) {
    const end = Date.now() + withinMs
    for (let next = Date.now() + patience.ask; !(await tried(async () => isTrue())); ) {
      if (Date.now() > end) throw new Error(`never came: ${what}`)
      if (Date.now() > next) {
        next = Date.now() + patience.ask
        await typed(book, host as Client, 'afficher')
      }
      await pause(patience.look * (0.5 + setting.chance()))
    }
  }
  return { ...setting, connector, ledger: book, host, seats, comes }
}

const tried = <T>(work: () => Promise<T>): Promise<T | null> => work().catch(() => null)

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** What is typed may be typed again, and answered each time. */
async function typed(book: Ledger, one: Client, text: string): Promise<void> {
  const from = Date.now()
  await tried(() => one.types(text))
  book.entries.push({ did: 'asked', from, to: Date.now() + latest })
}

async function play(here: Scene): Promise<void> {
  await launched(here)
  await each(here, (one) => introduces(here, one))
  for (const step of [1, 2, 3]) {
    await goTo(here, step)
    if (step <= here.stays) await lingers(here, step)
  }
  await goTo(here, 4)
  await each(here, (one) => thinks(here, one))
  await goTo(here, 5)
  await shared(here)
  await goTo(here, 6)
  await each(here, (one) => rates(here, one))
  await revealed(here)
  await goTo(here, 7)
  await each(here, (one) => leavesAddress(here, one))
  await ended(here)
}

async function launched(here: Scene): Promise<void> {
  const { connector, host, ledger: book } = here
  await here.comes('the welcome', async () => {
    const from = Date.now()
    const { status } = await connector.installed(host.who)
    book.entries.push({ did: 'asked', from, to: Date.now() + latest })
    return status === 200
  })
  await typed(book, host, `lancer ${formatId}`)
  await here.comes('the launch', async () => {
    if (await here.record(connector.conversationId).then((text) => text?.includes('"lobby"'))) return true
    await pause(1500)
    await typed(book, host, `lancer ${formatId}`)
    return false
  })
}

const each = (here: Scene, act: (one: Client) => Promise<void>): Promise<unknown> =>
  Promise.all(here.seats.map(act))

/** What she gives, and where: it is given until her card says that it is kept. */
interface Giving {
  about: About
  place: Place
  verb: string
  fields: Fields
  inputs?: Record<string, string>
}

async function gives(here: Scene, one: Client, giving: Giving): Promise<void> {
  const { about, place, verb, fields } = giving
  const isTold = (card: View, since: number) =>
    told(here, one, { about, card, since }) === JSON.stringify(fields)
  await here.comes(`${about} of ${one.who.name}`, async () => {
    const since = Date.now()
    const seen = await one.view(place)
    if (!seen) return false
    if (isTold(seen, since)) return true
    if (offers(seen, verb) && !offers(seen, 'edit')) forgot(here, one, about)
    const form = offers(seen, 'edit') ? await one.press(seen, 'edit') : seen
    if (!offers(form, verb)) return false
    return isTold(await handsIn(here, one, { form, giving }), since)
  })
}

async function handsIn(
  here: Scene,
  one: Client,
  { form, giving }: { form: View; giving: Giving },
): Promise<View> {
  const { about, verb, fields, inputs = fields } = giving
  here.ledger.entries.push({ did: 'gave', who: one.who.id, about, fields, at: Date.now() })
  here.moments.sending()
  return one.press(form, verb, inputs)
}

/** What her card says was received; in the book too. */
function told(
  here: Scene,
  one: Client,
  { about, card, since }: { about: About; card: View; since: number },
): string {
  const who = one.who.id
  const given = here.ledger.entries.flatMap((entry) =>
    entry.did === 'gave' && entry.who === who && entry.about === about ? [entry.fields] : [],
  )
  const fields = receivedIn(card.card, about, given)
  if (!fields) return ''
  here.ledger.entries.push({ did: 'told', who, about, fields, since, at: Date.now() })
  here.moments.acknowledged()
  return JSON.stringify(fields)
}

/** Her card asks as if she had given nothing. */
function forgot({ ledger: book }: Scene, { who: { id: who } }: Client, about: About): void {
  const isTold = book.entries.some((one) => one.did === 'told' && one.who === who && one.about === about)
  const at = Date.now()
  if (isTold) book.entries.push({ did: 'told', who, about, fields: {}, since: at, at })
}

function introduces(here: Scene, one: Client): Promise<void> {
  const [firstName = '', rest = ''] = one.who.name.split(' ')
  const lastName = `${rest} ${randomUUID().slice(0, 6)}`
  return gives(here, one, {
    about: 'identity',
    place: 'join',
    verb: 'join',
    fields: { firstName, lastName },
    inputs: identity(firstName, lastName),
  })
}

/** One subject or two, once, twice or three times: each time in other words. */
async function thinks(here: Scene, one: Client): Promise<void> {
  const times = 1 + Math.floor(here.chance() * 3)
  for (let version = 1; version <= times; version += 1) {
    await pause(here.chance() * 1500)
    const second: Fields =
      here.chance() < 0.5
        ? {}
        : {
            title2: `Autre sujet de ${one.who.name}, v${version}.`,
            sentence2: `Une autre phrase, v${version}.`,
          }
    const fields = {
      title1: `Sujet de ${one.who.name}, v${version}.`,
      sentence1: `Une phrase de ${one.who.name}, v${version}.`,
      ...second,
    }
    const verb = version < times ? 'ideas-save' : 'ideas-done'
    const inputs = { title2: '', sentence2: '', ...fields }
    await gives(here, one, { about: 'subjects', place: 'form/identifier', verb, fields, inputs })
  }
}

/** Every subject is on the card of the step. */
async function shared(here: Scene): Promise<void> {
  await here.comes('the subjects', async () => {
    const card = await here.host.view('step/qualifier')
    if (offers(card, 'cards-show-all')) await here.host.press(card, 'cards-show-all')
    const words = said(here)
    return here.seats.every(({ who }) => words.includes(`Sujet de ${who.name}, v`))
  })
}

async function rates(here: Scene, one: Client): Promise<void> {
  const times = here.chance() < 0.3 ? 2 : 1
  for (let version = 1; version <= times; version += 1) {
    const wanted = (subject: string): string => String(1 + ((subject.length + version) % 5))
    let isOver = false
    await here.comes(`the ratings of ${one.who.name}`, async () => {
      const since = Date.now()
      const seen = await one.view('form/classer')
      if (!seen) return false
      const receipt = received(here, one, seen, since)
      if (receipt && (isOver || version === 1)) return true
      let form = receipt ? await one.press(seen, 'edit') : seen
      while (offers(form, 'rate-save')) {
        const page = ratingsFor(form, wanted, here.chance)
        form = await handsIn(here, one, {
          form,
          giving: { about: 'ratings', place: '', verb: 'rate-save', ...page },
        })
      }
      isOver = true
      return received(here, one, form, since)
    })
  }
}

const received = (here: Scene, one: Client, card: View, since: number): boolean =>
  told(here, one, { about: 'ratings', card, since }) !== ''

/** A rating of each subject on this page: the inputs, and what they mean. */
function ratingsFor({ card }: View, wanted: (subject: string) => string, chance: () => number) {
  const above = subjectsOf(card)
  const inputs: Record<string, string> = {}
  const fields: Fields = {}
  for (const id of inputsOf(card).filter((one) => one.startsWith('d-'))) {
    const subject = above.get(id) ?? ''
    const [y, x] = [wanted(subject), String(1 + Math.floor(chance() * 5))]
    Object.assign(inputs, { [id]: y, [id.replace('d-', 'f-')]: x })
    fields[subject] = `${y}/${x}`
  }
  return { inputs, fields }
}

async function revealed(here: Scene): Promise<void> {
  await here.comes('the matrix', async () => {
    const card = await here.host.view('step/classer')
    if (offers(card, 'reveal')) await here.host.press(card, 'reveal')
    return /À porter en priorité|[Dd]ésirabilité \d/u.test(said(here))
  })
}

function leavesAddress(here: Scene, one: Client): Promise<void> {
  const fields = { email: `${one.who.id.replace(/^\d+:/u, '')}.${randomUUID().slice(0, 6)}@example.org` }
  return gives(here, one, {
    about: 'address',
    place: 'form/conclusion',
    verb: 'feedback-save',
    fields,
    inputs: { ...fields, consent: 'true' },
  })
}

/** Presses what leads to a step until its card is there. */
async function goTo(here: Scene, step: number): Promise<void> {
  here.ledger.entries.push({ did: 'moved', step, at: Date.now() })
  await here.comes(`step ${step}`, async () => {
    const isThere = () => said(here).includes(`Étape ${step} sur 7`)
    if (isThere()) return true
    const place = step === 1 ? 'lobby' : 'step/'
    const verb = step === 1 ? 'start' : 'next'
    const card = await here.host.view(place)
    if (isThere() || !offers(card, verb)) return isThere()
    here.moments.sending()
    await here.host.press(card, verb)
    return isThere()
  })
}

/** Stays at a step: sometimes until it rings, sometimes after a pause, sometimes not at all. */
async function lingers(here: Scene, step: number): Promise<void> {
  if (here.chance() < 0.3) return
  if (here.chance() < 0.4) await paused(here)
  const rang = () => here.ledger.entries.some((one) => one.did === 'read' && one.step === step && one.rang)
  await here.comes(`the ring of step ${step}`, rang, 60_000).catch(() => {})
}

async function paused(here: Scene): Promise<void> {
  for (const [verb, status] of [
    ['pause', 'paused'],
    ['resume', 'running'],
  ] as const) {
    await here.comes(verb, async () => {
      const last = here.ledger.entries.findLast((one) => one.did === 'read')
      if (last?.did === 'read' && last.status === status) return true
      const card = await here.host.view('step/')
      if (offers(card, verb)) await here.host.press(card, verb)
      await pause(600)
      return false
    })
    await pause(here.chance() * 2500)
  }
}

async function ended(here: Scene): Promise<void> {
  const { connector, host, ledger: book } = here
  book.entries.push({ did: 'moved', step: 8, at: Date.now() })
  const closing = () => connector.activities().findLast((one) => linksIn(one.card).length > 0)
  await here.comes('the end', async () => {
    if (closing()) return true
    const card = await host.view('step/conclusion')
    if (offers(card, 'next')) await host.press(card, 'next')
    return closing() !== undefined
  })
  await here.comes('the summary', async () => {
    const link = new URL(linksIn(closing()?.card)[0] ?? '')
    const text = await wordsAt(`${here.site()}${link.pathname}${link.search}`)
    book.entries.push({ did: 'fetched', text })
    return true
  })
}

const said = ({ connector }: Scene): string =>
  connector
    .activities()
    .map(({ card }) => wordsIn(card))
    .join('\n')
