import { randomUUID } from 'node:crypto'
import { inputsOf } from '../support/seat.ts'
import { identity } from '../support/wire.ts'
import { type Client, offers, type Place, type View } from './client.ts'
import type { About, Fields } from './ledger.ts'
import { receivedIn, subjectsOf } from './receipts.ts'
import { pause, type Scene } from './scene.ts'

/** What people give. Each time they press, and each time their card says that something is kept, it is written down. */

export function introduces(here: Scene, one: Client): Promise<void> {
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
export async function thinks(here: Scene, one: Client): Promise<void> {
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

export async function rates(here: Scene, one: Client): Promise<void> {
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
      const first = receipt ? await one.press(seen, 'edit') : seen
      const last = await ratesEachPage(here, one, { first, wanted })
      isOver = true
      return received(here, one, last, since)
    })
  }
}

/** More pages than there are subjects would be a form that never ends. */
const mostPages = 8

async function ratesEachPage(
  here: Scene,
  one: Client,
  { first, wanted }: { first: View; wanted: (subject: string) => string },
): Promise<View> {
  const verb = 'rate-save'
  let form = first
  for (let page = 0; page < mostPages && offers(form, verb); page += 1) {
    const ratings = ratingsFor(form, wanted, here.chance)
    form = await handsIn(here, one, { form, giving: { about: 'ratings', place: '', verb, ...ratings } })
  }
  return form
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

export function leavesAddress(here: Scene, one: Client): Promise<void> {
  const fields = { email: `${one.who.id.replace(/^\d+:/u, '')}.${randomUUID().slice(0, 6)}@example.org` }
  return gives(here, one, {
    about: 'address',
    place: 'form/conclusion',
    verb: 'feedback-save',
    fields,
    inputs: { ...fields, consent: 'true' },
  })
}

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
