import { press } from './actions.ts'
import { refreshFor } from './refresh.ts'
import type { Room } from './room.ts'
import { messageById } from './room.ts'
import { fill, type Persona, personas, thinkingTime } from './simulate-answers.ts'
import { type Offer, offersIn } from './simulate-cards.ts'
import type { Conversation, Message, Person } from './state.ts'
import type { Outcome } from './views.ts'

/** One simulated person reading and answering cards. */
export interface Mind {
  /** Looks at a message as it now stands and plans what to press on it, if anything. */
  read(conversation: Conversation, messageId: string): Promise<void>
  forget(): void
}

/** What a simulated participant may press, in the order they would. Never a facilitator's control. */
const pressable = ['join', 'rate-save', 'ideas-save', 'feedback-save', 'clear', 'floor-done', 'ideas-done']

/** Real milliseconds between two presses of one person, however fast the room's clock. */
const breath = 150

const remembered = 500
const attempts = 3

interface Plan {
  key: string
  offer: Offer
  cancel(): void
}

type Simulated = Person & { simulated: NonNullable<Person['simulated']> }

export function mindFor(room: Room, person: Person): Mind | undefined {
  const persona = personas(person.language).find((each) => each.id === person.simulated?.persona)
  if (!persona || !person.simulated) return undefined
  return mind(room, person as Simulated, persona)
}

function mind(room: Room, person: Simulated, persona: Persona): Mind {
  const plans = new Map<string, Plan>()
  const reading = new Map<string, 'once' | 'again'>()
  const failures = new Map<string, number>()
  const waits = new Set<NodeJS.Timeout>()
  let lastPress = 0
  let gone = false

  /** Several edits while one is being read make one more reading. */
  async function read(conversation: Conversation, id: string): Promise<void> {
    const isReading = reading.has(id)
    reading.set(id, 'again')
    if (isReading) return
    do {
      reading.set(id, 'once')
      await look(conversation, id)
    } while (reading.get(id) === 'again' && !gone)
    reading.delete(id)
  }

  async function look(conversation: Conversation, id: string): Promise<void> {
    const message = messageById(conversation, id)
    const card = message && cardOf(message)
    if (!message || !card) return
    const offers = allowed(await cardSeen(conversation, message, card))
    forgetClicksNoLongerOffered(id, offers)
    consider(conversation, id, offers)
  }

  /** The personal view where there is one, else what everyone sees. */
  async function cardSeen(conversation: Conversation, message: Message, card: unknown): Promise<unknown> {
    const refresh = refreshFor(card, person.mri)
    if (!refresh) return card
    const outcome = await press(room, { conversation, person, message, ...refresh, trigger: 'automatic' })
    return outcome.kind === 'card' ? outcome.card : card
  }

  function consider(conversation: Conversation, id: string, offers: Offer[]): void {
    const offer = offers.find((each) => !person.simulated.pressed.includes(keyOf(id, each)))
    const planned = plans.get(id)
    if (planned && offer && planned.key === keyOf(id, offer)) planned.offer = offer
    else replacePlan(conversation, id, offer)
  }

  function replacePlan(conversation: Conversation, id: string, offer: Offer | undefined): void {
    dropPlan(id)
    if (gone || !offer) return
    const key = keyOf(id, offer)
    const delay = thinkingTime(offer.verb, offer.inputs, person.simulated.pace, room.random)
    const cancel = room.clock.at(room.clock.now() + delay, () => afterBreath(() => act(conversation, id)))
    plans.set(id, { key, offer, cancel })
  }

  function afterBreath(doIt: () => void): void {
    const wait = lastPress + breath - Date.now()
    lastPress = Math.max(Date.now(), lastPress + breath)
    const timer = setTimeout(
      () => {
        waits.delete(timer)
        doIt()
      },
      Math.max(0, wait),
    )
    waits.add(timer)
  }

  async function act(conversation: Conversation, id: string): Promise<void> {
    const plan = plans.get(id)
    const message = messageById(conversation, id)
    if (gone || !plan || !message) return
    plans.delete(id)
    remember(plan.key)
    const outcome = await press(room, {
      conversation,
      person,
      message,
      ...filled(plan.offer),
      trigger: 'manual',
    })
    afterPress(conversation, id, { plan, outcome })
  }

  function afterPress(conversation: Conversation, id: string, done: { plan: Plan; outcome: Outcome }): void {
    const { plan, outcome } = done
    if (outcome.kind === 'card') consider(conversation, id, allowed(outcome.card))
    if (outcome.kind !== 'failed' || !mayRetry(plan.key)) return
    person.simulated.pressed = person.simulated.pressed.filter((key) => key !== plan.key)
    consider(conversation, id, [plan.offer])
  }

  function filled(offer: Offer) {
    const { id, verb, data, inputs } = offer
    const answers = fill(inputs, persona, person.language)
    return {
      action: { type: 'Action.Execute' as const, ...(id ? { id } : {}), verb, data: { ...data, ...answers } },
    }
  }

  function mayRetry(key: string): boolean {
    failures.set(key, (failures.get(key) ?? 0) + 1)
    return (failures.get(key) ?? 0) < attempts
  }

  function remember(key: string): void {
    person.simulated.pressed = [...person.simulated.pressed, key].slice(-remembered)
    room.changed()
  }

  /** A button that went away and comes back (a second turn to speak, the next page) is a new one to press. */
  function forgetClicksNoLongerOffered(id: string, offers: Offer[]): void {
    const offered = offers.map((offer) => keyOf(id, offer))
    person.simulated.pressed = person.simulated.pressed.filter(
      (key) => !key.startsWith(`${id}|`) || !key.endsWith('|') || offered.includes(key),
    )
  }

  function dropPlan(id: string): void {
    plans.get(id)?.cancel()
    plans.delete(id)
  }

  function forget(): void {
    gone = true
    for (const id of [...plans.keys()]) dropPlan(id)
    for (const timer of waits) clearTimeout(timer)
  }

  return { read, forget }
}

function allowed(card: unknown): Offer[] {
  const rank = (offer: Offer) => pressable.indexOf(offer.verb)
  return offersIn(card)
    .filter((offer) => rank(offer) >= 0)
    .sort((a, b) => rank(a) - rank(b))
}

/** What an author's data holds of the moment it was drawn: the same button has others later. */
const passing = new Set(['n', 'nonce', 'expect', 'version'])

/** One thing to press: message, verb, the author's data but for what passes, and the boxes to fill. */
function keyOf(messageId: string, offer: Offer): string {
  const data = Object.fromEntries(Object.entries(offer.data).filter(([key]) => !passing.has(key)))
  const inputs = offer.inputs.map((input) => input.id).sort()
  return `${messageId}|${offer.verb}|${JSON.stringify(data)}|${inputs.join(',')}`
}

function cardOf(message: Message): unknown {
  return message.attachments.find((each) => each.contentType === 'application/vnd.microsoft.card.adaptive')
    ?.content
}
