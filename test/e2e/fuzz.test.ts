import { afterAll, describe, expect, it } from 'vitest'
import { lowdbStore } from '../../src/stores/lowdb.ts'
import { type Chance, chance } from '../fuzz/chance.ts'
import { type Arsenal, arsenalOf, type Hostile, hostile } from '../fuzz/hostile.ts'
import { type Actor, recordsOf, sealed, trespasses } from '../fuzz/oracle.ts'
import { buttonsIn } from '../fuzz/recorded.ts'
import { idOf, type Name, names, type Scene, scenes, type Tag, type World, worldOf } from '../fuzz/worlds.ts'
import { removeFolder } from '../support/bot.ts'

/** The same each time, so that what fails is what changed; `npm run fuzz` draws others, `-- --count N --seed S` sets both. */
const count = Number(process.env.FUZZ_COUNT ?? 20_000)
const seed = Number(process.env.FUZZ_SEED ?? 533_893)

const batchSize = 40

/** Each scene is one of a pair: every place a session can stand at has its share. */
const pairs: [Scene, Scene][] = scenes
  .map((scene, index): [Scene, Scene] => [scene, scenes[(index * 7 + 5) % scenes.length] ?? scene])
  .filter((_, index) => index % 2 === 0)

const perWorld = Math.ceil(count / pairs.length)

const closing: Promise<void>[] = []

const totals = { sent: 0, effects: 0, verbs: new Set<string>(), statuses: new Map<number, number>() }

describe(`hostile activities (seed ${seed}, ${count} of them)`, () => {
  for (const [index, [a, b]] of pairs.entries())
    it(`change nothing their sender may not, with #${a.format} at ${a.at} beside #${b.format} at ${b.at}`, {
      timeout: 60_000 + perWorld * 60,
    }, async () => {
      const world = await worldOf(a, b)
      try {
        // Each world has its own chance: it can be had again alone, in any order.
        const sent = await besieged(world, chance(seed * 1000 + index))
        expect(sent).toBeGreaterThanOrEqual(perWorld)
        await areReadable(world)
      } finally {
        // A stop finishes what is being sent: the next world does not wait for it.
        closing.push(world.close().then(() => removeFolder(world.dataDir)))
      }
    })

  afterAll(async () => {
    await Promise.all(closing)
    console.log(
      `fuzz: seed ${seed}, ${totals.sent} activities, ${totals.effects} batches with an effect, ${totals.verbs.size} verbs, statuses ${JSON.stringify([...totals.statuses])}`,
    )
  })
})

/** Who acts: those who lead come last, for they may end it all. */
const turns: [Name, 'place' | 'own'][] = [
  ['paul', 'place'],
  ['zoe', 'place'],
  ['tom', 'place'],
  ['nadia', 'place'],
  ['paul', 'own'],
  ['lea', 'place'],
  ['nadia', 'own'],
  ['awa', 'place'],
  ['awa', 'own'],
  ['marie', 'own'],
  ['karim', 'place'],
  ['marie', 'place'],
]

/** Whatever was sent, the next start finds every record sound. */
async function areReadable({ dataDir, places }: World): Promise<void> {
  const store = lowdbStore(dataDir)
  for (const { conversationId, tag } of Object.values(places))
    for (const id of [conversationId, `a:own-${idOf(tag, 'marie')}`])
      expect(await store.load(id)).toMatchObject({ id })
  await store.close()
}

/** Gives how many were sent. */
async function besieged(world: World, dice: Chance): Promise<number> {
  const arsenal = arsenalOf(world, await buttonsIn(world))
  const batches = Math.ceil(perWorld / batchSize)
  for (let batch = 0; batch < batches; batch += 1) {
    const turn = turns[Math.floor((batch * turns.length) / batches)] ?? turns[0]
    if (turn) await assaulted(world, arsenal, turn, dice)
  }
  return batches * batchSize
}

/** What ends the story for everyone is left to chance bent. */
const tame: ReadonlySet<string> = new Set(['end', 'cancel', 'erase-session', 'erase-meeting', 'forget-me'])

const leads: ReadonlySet<Name> = new Set(['marie', 'karim'])
const none: ReadonlySet<string> = new Set()

async function assaulted(
  world: World,
  arsenal: Arsenal,
  [name, where]: [Name, 'place' | 'own'],
  dice: Chance,
): Promise<void> {
  const tag = dice.one(['a', 'b'] as const)
  const batch = dice.below(2 ** 30)
  const sent = Array.from({ length: batchSize }, (_, index) => {
    const one = hostile(dice, arsenal, leads.has(name) ? tame : none)
    return { ...one, fields: { id: `f-${batch}-${index}`, ...plucked(one.fields) } }
  })
  const place = world.places[tag]
  const actor: Actor = {
    id: idOf(tag, name),
    name,
    place: where === 'place' ? place : null,
    erases: sent.some(({ fields }) => /forget-me|erase-/u.test(JSON.stringify(fields))),
  }
  const before = recordsOf(world)
  forgetRequests(world)
  const received = await sentBy(world, actor, tag, sent)
  const after = recordsOf(world)
  const context = () =>
    JSON.stringify({ seed, actor: { ...actor, place: place.tag, where }, sent }).slice(0, 200_000)
  const problems = [
    ...trespasses(before, after, actor),
    ...received.flatMap(faultsOf),
    ...leaks(world, received, actor, after),
    ...logged(world),
  ]
  if (problems.length) console.log(context().slice(0, 6000))
  expect(problems).toEqual([])
  totals.effects += before.size && [...before].some(([id, text]) => after.get(id) !== text) ? 1 : 0
  await goesOn(world, tag, dice)
}

interface Received {
  sent: Hostile
  status: number
  text: string
}

async function sentBy(world: World, actor: Actor, tag: Tag, sent: Hostile[]): Promise<Received[]> {
  const chat = actor.place?.connector ?? world.own.get(actor.id)
  const who = world.places[tag].people.find(({ id }) => id === actor.id)
  if (!chat || !who) throw new Error(`${actor.id} is nowhere`)
  const received: Received[] = []
  const waiting = [...sent]
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { status, body } = await chat.send(who, next.fields)
      received.push({ sent: next, status, text: JSON.stringify(body) })
      totals.sent += 1
      totals.verbs.add(next.verb)
      totals.statuses.set(status, (totals.statuses.get(status) ?? 0) + 1)
    }
  }
  await Promise.all(Array.from({ length: 16 }, lane))
  return received
}

/** Not a fault, nor a word of one. */
function faultsOf({ sent, status, text }: Received): string[] {
  const isFault = status >= 500 || /"statusCode":5\d\d/u.test(text)
  const isTold = /\bat .+:\d+:\d+|node_modules|TypeError|RangeError|ZodError|\[object Object\]/u.test(text)
  return isFault || isTold
    ? [`${status} ${text.slice(0, 300)} for ${JSON.stringify(sent.fields).slice(0, 1000)}`]
    : []
}

function leaks(
  world: World,
  received: Received[],
  actor: Actor,
  after: ReturnType<typeof recordsOf>,
): string[] {
  const hidden = sealed(after, actor.id)
  // What she sent herself may be shown to her again.
  const answers = received.flatMap(({ sent, text }) =>
    hidden
      .filter((one) => text.includes(one) && !JSON.stringify(sent.fields).includes(one))
      .map((one) => `${one} told to ${actor.id} by ${JSON.stringify(sent.fields).slice(0, 600)}`),
  )
  // Who organised nothing is given no document in her own chat.
  const organises = leads.has(actor.name) || actor.name === 'awa'
  const given = received
    .filter(({ text }) => !actor.place && !organises && text.includes('/documents/'))
    .map(({ sent }) => `documents given to ${actor.id} by ${JSON.stringify(sent.fields).slice(0, 600)}`)
  const inChats = Object.values(world.places).flatMap(({ tag, connector }) => {
    const said = connector.requests.map(({ raw }) => raw.toString()).join('\n')
    return sealed(after, idOf(tag, 'tom'))
      .filter((one) => said.includes(one))
      .map((one) => `${one} shown in ${tag}`)
  })
  return [...answers, ...given, ...inChats]
}

/** What is sent holds no canary, for nobody knows another's: one that is seen was then told by the bot. */
const plucked = (fields: Hostile['fields']): Hostile['fields'] =>
  JSON.parse(JSON.stringify(fields).replaceAll(/(?:canari|ancien)(?=-[ab]-)/gu, 'plume'))

const logged = ({ bot }: World): string[] =>
  bot.log.told
    .filter(({ level }) => level === 'error')
    .map((one) => JSON.stringify({ ...one, error: String(one.facts.error) }))

function forgetRequests({ places, own }: World): void {
  for (const one of [places.a.connector, places.b.connector, ...own.values()]) one.requests.length = 0
}

/** Someone else's honest work is still taken: Lea corrects her first name, and it is on disk. */
async function goesOn(world: World, tag: Tag, dice: Chance): Promise<void> {
  const { connector, people, conversationId } = world.places[tag]
  const lea = people[names.indexOf('lea')]
  const live = liveIn(world, conversationId)
  if (!lea || !live) return
  const firstName = `Lea${dice.below(2 ** 30)}`
  const reply = await connector.invoke(
    lea,
    'join',
    {
      s: live,
      k: 'join',
      firstName,
      lastName: 'Honnête',
      position: '',
      organisation: '',
      profile: 'citizen',
      lang: 'fr',
      contributes: '',
    },
    'm1',
  )
  expect(reply.status).toBe(200)
  expect(recordsOf(world).get(conversationId)).toContain(`"${firstName}"`)
}

function liveIn(world: World, conversationId: string): string | null {
  const record = JSON.parse(recordsOf(world).get(conversationId) ?? '{}')
  const last = record.sessions?.at(-1)
  return last && last.steer.position.status !== 'closed' ? last.id : null
}
