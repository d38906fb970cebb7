import { press } from './actions.ts'
import { refreshFor } from './refresh.ts'
import type { Room } from './room.ts'
import { messageById } from './room.ts'
import { fill, thinkingTime } from './simulate-answers.ts'
import { holds, type Offer } from './simulate-cards.ts'
import { type Due, dueOf, pressableIn, stillPressed } from './simulate-presses.ts'
import { type Part, partOf } from './simulate-texts.ts'
import type { Conversation, Message, Person } from './state.ts'
import type { Outcome } from './views.ts'

/** One simulated person reading and answering cards. */
export interface Mind {
  /** Looks at a message as it now stands and plans what to press on it, if anything. */
  read(conversation: Conversation, messageId: string): Promise<void>
  forget(): void
}

/** Real milliseconds between two presses of one person, however fast the room's clock. */
const breath = 150

const remembered = 500
const attempts = 3

interface Plan extends Due {
  offer: Offer
  cancel(): void
}

type Simulated = Person & { simulated: NonNullable<Person['simulated']> }

export function mindFor(room: Room, person: Person): Mind | undefined {
  const part = person.simulated && partOf(person.simulated.persona, person.language)
  return part && mind(room, person as Simulated, part)
}

function mind(room: Room, person: Simulated, part: Part): Mind {
  const plans = new Map<string, Plan>()
  const reading = new Map<string, 'once' | 'again'>()
  const failures = new Map<string, number>()
  const waits = new Set<NodeJS.Timeout>()
  /** Messages on which something is left for when the silence begins. */
  const forSilence = new Set<string>()
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
    const offers = pressableIn(await cardSeen(conversation, message, card))
    person.simulated.pressed = stillPressed(id, person.simulated.pressed, offers)
    consider(conversation, id, offers)
    if (!awaitsSilence(conversation)) takeUp(conversation)
  }

  function takeUp(conversation: Conversation): void {
    const left = [...forSilence].filter((id) => messageById(conversation, id))
    for (const id of left) {
      forSilence.delete(id)
      void read(conversation, id)
    }
  }

  /** The personal view where there is one, else what everyone sees. */
  async function cardSeen(conversation: Conversation, message: Message, card: unknown): Promise<unknown> {
    const refresh = refreshFor(card, person.mri)
    if (!refresh) return card
    const outcome = await press(room, { conversation, person, message, ...refresh, trigger: 'automatic' })
    return outcome.kind === 'card' ? outcome.card : card
  }

  function consider(conversation: Conversation, id: string, offers: Offer[]): void {
    const next = offers.flatMap((offer) => {
      const due = dueOf(id, offer, { pressed: person.simulated.pressed, seat: part.seat })
      return due ? [{ ...due, offer }] : []
    })[0]
    const planned = plans.get(id)
    if (planned && planned.key === next?.key) planned.offer = next.offer
    else replacePlan(conversation, id, next)
  }

  function replacePlan(conversation: Conversation, id: string, next: Omit<Plan, 'cancel'> | undefined): void {
    dropPlan(id)
    if (gone || !next) return
    const { offer } = next
    const delay = thinkingTime(offer.verb, offer.inputs, person.simulated.pace, room.random)
    const cancel = room.clock.at(room.clock.now() + delay, () => afterBreath(() => act(conversation, id)))
    plans.set(id, { ...next, cancel })
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
    if (inSilence.has(plan.offer.verb) && awaitsSilence(conversation)) {
      forSilence.add(id)
      return
    }
    remember(plan.key)
    const outcome = await press(room, {
      conversation,
      person,
      message,
      ...filled(plan),
      trigger: 'manual',
    })
    afterPress(conversation, id, { plan, outcome })
  }

  function afterPress(conversation: Conversation, id: string, done: { plan: Plan; outcome: Outcome }): void {
    const { plan, outcome } = done
    if (outcome.kind === 'card') consider(conversation, id, pressableIn(outcome.card))
    if (outcome.kind !== 'failed' || !mayRetry(plan.key)) return
    person.simulated.pressed = person.simulated.pressed.filter((key) => key !== plan.key)
    consider(conversation, id, [plan.offer])
  }

  function filled({ offer, turn }: Plan) {
    const { id, verb, data, inputs } = offer
    const answers = fill(inputs, { part, language: person.language, turn })
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

const inSilence = new Set(['ideas-save', 'ideas-done', 'own-save', 'own-done'])

/** As anyone reads it on the step's card: the facilitator has not begun the silence yet. */
const awaitsSilence = ({ messages }: Conversation): boolean =>
  messages.some((message) => holds(cardOf(message), 'silence-awaited'))

function cardOf(message: Message): unknown {
  return message.attachments.find((each) => each.contentType === 'application/vnd.microsoft.card.adaptive')
    ?.content
}
