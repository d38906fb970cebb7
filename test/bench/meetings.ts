import type { Meeting } from '../../src/core/meeting.ts'
import type { Json } from '../../src/core/patch.ts'
import { viewOf } from '../../src/core/views/index.ts'
import { cardOf } from '../../src/teams/cards.ts'
import { actionIn, at, bot, type Card } from '../support/connector.ts'
import { inputsOf, isCard } from '../support/seat.ts'
import { joining, type Stage, stage } from '../support/stage.ts'
import { subjectsAbout } from '../support/workshops.ts'

/** Meetings all alike, each with people of its own: one is played, and the others are its record under another number. */
export interface Alike {
  id(index: number): string
  /** Saved once. */
  record(index: number): Meeting
}

/** A page of someone's form, as her client would send it but for her ratings. */
export interface Ballot {
  meeting: string
  person: string
  messageId: string
  data: Card
  /** Of what is to be rated. */
  inputs: string[]
}

export const tenantId = 'tenant-bench'

/** Takes the place of the meeting's number, and is as long: every record weighs the same. */
const tag = 'NNNNNNN'
const conversation = `19:meeting_${tag}@thread.v2`
const accountOf = (name: string): string => `29:${tag}-${name}`
const host = accountOf('marie')
const leader = '29:leader'
const leaders = 1000

/** People around the matrix with two subjects for each, forty at most; no vote was given yet. */
export function aroundMatrix(
  people: number,
  serviceUrl: string,
): Alike & { ballots(index: number): Ballot[] } {
  const accounts = Array.from({ length: people }, (_, index) => accountOf(`personne${index}`))
  const here = voting(accounts)
  const alike = numbered(here, { reach: reachOf(serviceUrl) })
  const ballots = JSON.stringify(accounts.flatMap((one) => ballotsOf(one, here)))
  return { ...alike, ballots: (index) => JSON.parse(withNumber(ballots, index)) }
}

/** A workshop that was ended as soon as it began; each of those who lead them led many. */
export function overAndDone(): Alike {
  const alike = numbered(
    launched(leader).does(leader, { do: 'start' }).does(leader, { do: 'end' }).wait(1),
    {},
  )
  const ledBy = (meeting: Meeting, index: number): Meeting =>
    JSON.parse(JSON.stringify(meeting).replaceAll(leader, `29:leader-${index % leaders}`))
  return { ...alike, record: (index) => ledBy(alike.record(index), index) }
}

const launched = (who: string): Stage =>
  stage().does(who, { do: 'launch', format: 'format-1', name: 'Marie Durand' })

function voting(accounts: string[]): Stage {
  const here = launched(host)
  for (const account of accounts) here.does(account, joining('paul'))
  for (const move of ['start', 'next', 'next', 'next'] as const) here.does(host, { do: move })
  const subjects = subjectsAbout()
  for (const [index, account] of accounts.slice(0, subjects.length / 2).entries()) {
    const [one, two] = subjects.slice(2 * index)
    here.says(account, {
      do: 'ideas-done',
      title1: one?.[0],
      sentence1: one?.[1],
      title2: two?.[0],
      sentence2: two?.[1],
    })
  }
  return here.does(host, { do: 'next' }).says(host, { do: 'cards-show-all' }).does(host, { do: 'next' })
}

function numbered(here: Stage, more: Partial<Meeting>): Alike {
  const record = { ...here.delivers().delivers().meeting(), ...more, outbox: [], version: 1 }
  const moved: Json = JSON.parse(JSON.stringify(record), later(Date.now() - here.now()))
  const text = JSON.stringify(moved).replaceAll('"19:meeting"', JSON.stringify(conversation))
  return {
    id: (index) => withNumber(conversation, index),
    record: (index) => JSON.parse(withNumber(text, index)),
  }
}

const withNumber = (text: string, index: number): string =>
  text.replaceAll(tag, String(index).padStart(tag.length, '0'))

/** Every instant moved, so that the story ends now. */
const later = (by: number) => (_: string, value: Json) =>
  typeof value === 'number' && value > 1e12 ? value + by : value

const reachOf = (serviceUrl: string) => ({
  serviceUrl,
  conversationId: conversation,
  tenantId,
  botId: bot.id,
  botName: bot.name,
  meetingId: `MCM-${tag}`,
  personal: false,
})

/** The pages of her form, as they are drawn for her. */
function ballotsOf(person: string, here: Stage): Ballot[] {
  const { messages } = here.delivers().delivers().meeting()
  const form = Object.entries(messages).find(([key]) => pageOf(person, slotIn(key), 0, here))
  if (!form) throw new Error('nothing to rate')
  const [key, messageId] = form
  const ballots: Ballot[] = []
  for (let page = 0; ; page += 1) {
    const found = pageOf(person, slotIn(key), page, here)
    if (!found || Number(found.data.page) < page) return ballots
    ballots.push({ meeting: conversation, person, messageId, ...found })
  }
}

const slotIn = (key: string): string => key.slice(key.indexOf('/') + 1)

function pageOf(person: string, slot: string, page: number, here: Stage) {
  const view = viewOf(here.session(), slot, { sees: 'person', id: person }, here.now(), { page })
  if (!view) return null
  const card = cardOf(view, {
    lang: 'fr',
    zone: 'Europe/Paris',
    stamp: view.stamp,
    address: () => 'http://localhost',
  })
  const data = at(actionIn(card, 'rate-save'), 'data')
  if (!isCard(data)) return null
  return { data, inputs: inputsOf(card).filter((id) => /^[df]-/u.test(id)) }
}
