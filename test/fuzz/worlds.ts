import type { Meeting } from '../../src/core/meeting.ts'
import type { Json } from '../../src/core/patch.ts'
import type { ProgrammeAsk } from '../../src/core/programme/asks.ts'
import type { Ask } from '../../src/core/session/asks.ts'
import { lowdbStore } from '../../src/stores/lowdb.ts'
import { freshFolder, startBot } from '../support/bot.ts'
import { bot as botAccount, type Guest, startConnector, type TestConnector } from '../support/connector.ts'
import { calendar, planned, preparedBy } from '../support/prepared.ts'
import { type Stage, stage } from '../support/stage.ts'
import { headingTexts, kitFormat } from '../support/workshops.ts'

/** Two meetings with a session that runs in each, and someone who is in both. */

export const names = ['marie', 'karim', 'awa', 'paul', 'lea', 'zoe', 'tom', 'nadia'] as const
export type Name = (typeof names)[number]
export type Tag = 'a' | 'b'

/** Marie leads, Karim with her, Awa takes notes; Tom is in the meeting and has not joined; Nadia is in both meetings. */
export const idOf = (tag: Tag, name: Name): string =>
  name === 'nadia'
    ? '29:nadia-account'
    : name === 'zoe'
      ? `8:${tag}-zoe-account`
      : `29:${tag}-${name}-account`

/** What someone wrote, to be found again wherever it goes; what was said in the session before begins otherwise. */
export const canary = (tag: Tag, segment: string, name: Name, bird = 'canari'): string =>
  `${bird}-${tag}-${segment}-${name}.`

/** Someone whom Marie invites: told to nobody but those who organise with her. */
export const guestName = (tag: Tag): string => canary(tag, 'invitee', 'marie')

export const addressOf = (tag: Tag, name: Name): string => `canari-${tag}-courriel-${name}@exemple.org`

export interface Scene {
  format: 1 | 2 | 3
  /** Where the session stands: the lobby, a segment, or over. */
  at: string
}

/** Every place a session of the kit's formats can stand at. */
export const scenes: Scene[] = ([1, 2, 3] as const).flatMap((format) =>
  ['lobby', ...kitFormat(format).segments.map(({ id }) => id), 'closed'].map((at) => ({ format, at })),
)

export interface Place {
  tag: Tag
  scene: Scene
  conversationId: string
  connector: TestConnector
  people: Guest[]
  /** Slots of its cards, by session. */
  slots: { session: string; slot: string; messageId: string }[]
}

export interface World {
  dataDir: string
  bot: Awaited<ReturnType<typeof startBot>>
  places: Record<Tag, Place>
  /** Own chats, by person. */
  own: Map<string, TestConnector>
  close(): Promise<void>
}

/** A bot that wakes up on two meetings under way. */
export async function worldOf(sceneA: Scene, sceneB: Scene): Promise<World> {
  const dataDir = freshFolder()
  const store = lowdbStore(dataDir)
  const places = { a: await placeOf('a', sceneA), b: await placeOf('b', sceneB) }
  for (const place of Object.values(places)) {
    await store.save(await seeded(place))
    await store.save(preparedIn(place))
  }
  await store.close()
  const bot = await startBot({ DATA_DIR: dataDir })
  const own = new Map<string, TestConnector>()
  for (const place of Object.values(places)) {
    place.connector.talkTo(bot.botUrl)
    for (const person of place.people)
      if (!own.has(person.id)) own.set(person.id, await ownChat(person, bot.botUrl))
  }
  return {
    dataDir,
    bot,
    places,
    own,
    async close() {
      await bot.close()
      for (const one of [places.a.connector, places.b.connector, ...own.values()]) await one.close()
    },
  }
}

/** What Marie prepares, in her own chat: a programme with a date, a team, someone invited and something to follow. */
function preparedIn({ tag }: Place): Meeting {
  const who = idOf(tag, 'marie')
  const now = Date.now()
  const day = calendar.dayAt(now + 20 * 86_400_000)
  const before = preparedBy(who, day, now)
  const asks: ProgrammeAsk[] = [
    { do: 'programme-team', p: '1', referent: canary(tag, 'referent', 'marie') },
    { do: 'programme-invite', p: '1', guests: guestName(tag), group: '' },
    { do: 'programme-begin', from: 'subject', to: 'roadmap', people: '24' },
  ]
  return { ...planned(before, who, now, ...asks), version: 1 }
}

const ownChat = (person: Guest, botUrl: string): Promise<TestConnector> =>
  startConnector({
    people: [person],
    conversationId: `a:own-${person.id}`,
    meetingId: null,
    personal: true,
    botUrl,
    limits: false,
  })

async function placeOf(tag: Tag, scene: Scene): Promise<Place> {
  const conversationId = `19:meeting_${tag}@thread.v2`
  const people = names.map((name): Guest => guestOf(tag, name))
  const connector = await startConnector({
    people,
    conversationId,
    meetingId: `MCM-${tag}`,
    tenantId: 'tenant-test',
    limits: false,
  })
  return { tag, scene, conversationId, connector, people, slots: [] }
}

const guestOf = (tag: Tag, name: Name): Guest => ({
  id: idOf(tag, name),
  name: `${name} de ${tag}`,
  ...(name === 'zoe' ? {} : { aadObjectId: `aad-${idOf(tag, name)}` }),
  ...(name === 'zoe'
    ? {}
    : { role: name === 'marie' ? 'Organizer' : name === 'karim' ? 'Presenter' : 'Attendee' }),
})

/** The record of a meeting whose cards are all in the chat, as if it had been played until now. */
async function seeded(place: Place): Promise<Meeting> {
  const told = stage(kitFormat(place.scene.format))
  played(told, place, 'closed')
  played(told, place, place.scene.at)
  const { outbox, ...meeting } = told.meeting()
  const messages: Record<string, string> = {}
  for (const one of outbox) {
    if (one.do !== 'post') continue
    const messageId = await posted(place.connector)
    messages[`${one.session}/${one.slot}`] = messageId
    place.slots.push({ session: one.session, slot: one.slot, messageId })
  }
  const reach = {
    serviceUrl: place.connector.url,
    conversationId: place.conversationId,
    tenantId: 'tenant-test',
    botId: botAccount.id,
    botName: botAccount.name,
    meetingId: `MCM-${place.tag}`,
    personal: false,
  }
  const record = { ...meeting, reach, messages, outbox: [], version: 1 }
  return JSON.parse(
    JSON.stringify(record, later(Date.now() - told.now())).replaceAll(
      '"19:meeting"',
      JSON.stringify(place.conversationId),
    ),
  )
}

/** Every instant moved, so that the story ends now. */
const later = (by: number) => (_: string, value: Json) =>
  typeof value === 'number' && value > 1e12 ? value + by : value

async function posted({ url, conversationId }: TestConnector): Promise<string> {
  const response = await fetch(`${url}v3/conversations/${encodeURIComponent(conversationId)}/activities`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  })
  const { id } = (await response.json()) as { id: string }
  return id
}

/** A session of its own, from launch to there; what people write says who and where. */
function played(here: Stage, { tag, scene }: Place, until: string): void {
  const as = (name: Name) => idOf(tag, name)
  const format = kitFormat(scene.format)
  here.does(as('marie'), { do: 'launch', format: format.id, name: 'Marie' })
  for (const [index, name] of names.entries()) if (name !== 'tom') here.does(as(name), joinAsk(name, index))
  for (const [name, role] of [
    ['karim', 'co-facilitator'],
    ['awa', 'note-taker'],
  ] as const)
    here.does(as('marie'), { do: 'name-role', person: as(name), role })
  here.does(as('marie'), {
    do: 'prepare',
    subject: canary(tag, 'contexte', 'marie'),
    contact: addressOf(tag, 'marie'),
    ...(format.id === 'format-3' ? { horizonStart: '2027-01-01', horizonEnd: '2028-12-31' } : {}),
  })
  if (format.id === 'format-2')
    here.does(as('marie'), { do: 'amend', 'f-title': canary(tag, 'depart', 'marie'), 'f-sentence': 'Oui.' })
  if (format.id === 'format-3')
    here.does(as('marie'), {
      do: 'amend',
      ...Object.fromEntries(Object.entries(headingTexts).map(([id, text]) => [`f-${id}`, text])),
    })
  if (until === 'lobby') return
  here.does(as('marie'), { do: 'start' })
  for (const { id, phase, options } of format.segments) {
    contributions(here, { id, phase, options }, (name) => ({
      who: as(name),
      address: addressOf(tag, name),
      text: canary(
        tag,
        id,
        name,
        until === 'closed' && here.meeting().sessions.length === 1 ? 'ancien' : 'canari',
      ),
    }))
    here.wait(1)
    if (id === until) return
    here.does(as('marie'), { do: 'next', anyway: 'true' })
  }
}

const joinAsk = (name: Name, index: number): Ask => ({
  do: 'join',
  firstName: name,
  lastName: `Nom-${name}`,
  position: 'Agente',
  organisation: 'Mairie',
  profile: (['agent', 'civil-society', 'citizen'] as const)[index % 3] ?? 'agent',
  lang: index % 2 ? 'fr' : 'en',
  contributes: '',
})

/** Those who answer. */
const writers = ['paul', 'lea', 'zoe', 'nadia'] as const

function contributions(here: Stage, segment: Segment, as: (name: Name) => Voice): void {
  for (const name of writers)
    for (const input of inputsFor(segment, as(name))) here.triesTo(as(name).who, input)
  for (const input of leading(segment)) here.triesTo(as('marie').who, input)
}

interface Segment {
  id: string
  phase: string
  options: unknown
}

/** Someone, and what she has to say here. */
interface Voice {
  who: string
  text: string
  address: string
}

interface Options {
  prompts?: { id: string }[]
  headings?: { id: string }[]
  starters?: { id: string }[]
  questions?: { id: string; kind: string }[]
}

function inputsFor({ phase, options }: Segment, { text, address }: Voice): Record<string, unknown>[] {
  const { prompts, headings, starters, questions } = options as Options
  switch (phase) {
    case 'tour-de-table':
      return [{ do: 'reason', reason: text }]
    case 'silent-ideation':
      return [{ do: 'ideas-done', title1: text, sentence1: text }]
    case 'reformulation':
      return [{ do: 'prompt-give', prompt: prompts?.[0]?.id, text }]
    case 'ideation-by-profile':
      return [{ do: 'own-done', idea1: text, idea2: text }]
    case 'canvas':
      return [{ do: 'propose', heading: headings?.[1]?.id, text }]
    case 'sub-actions':
      return [{ do: 'starter-give', starter: starters?.[0]?.id, text }]
    case 'roadmap':
      return [{ do: 'estimate-give', step: 'all', text }]
    case 'conclusion':
      return [
        {
          do: 'feedback-save',
          email: address,
          consent: 'true',
          ...Object.fromEntries(
            (questions ?? []).map((one) => [`q-${one.id}`, one.kind === 'text' ? text : '2']),
          ),
        },
      ]
    default:
      return []
  }
}

function leading({ phase }: Segment): Record<string, unknown>[] {
  switch (phase) {
    case 'subject-cards':
      return [{ do: 'cards-show-all' }]
    case 'sub-actions':
      return [
        { do: 'sub-action-add', title: 'Former les agents', sentence: 'Une journée.' },
        { do: 'sub-action-add', title: 'Publier le budget', sentence: 'En images.' },
      ]
    case 'roadmap':
      return [{ do: 'step-add', title: 'Former', deliverable: 'Un guide', months: '4' }]
    case 'canvas':
      return [{ do: 'heading-write', heading: 'titre', text: 'Un budget lisible' }]
    default:
      return []
  }
}
