import { type Offer, offersIn } from './simulate-cards.ts'

/** What a simulated participant may press, in the order they would. Never a facilitator's control. */
const pressable = [
  'join',
  'rate-save',
  'prompts-give',
  'ideas-save',
  'own-save',
  'propose',
  'starter-give',
  'estimate-give',
  'feedback-save',
  'clear',
  'nothing-missing',
  'floor-done',
  'ideas-done',
  'own-done',
  'floor-jump',
]

/** Buttons that say something by themselves: whoever presses them leaves the boxes beside them empty. */
const clicks = new Set(['clear', 'nothing-missing', 'floor-done', 'floor-jump'])

/** What comes back for more: how often one person answers it on one message, by their number. One in three volunteers. */
const often: Record<string, (seat: number) => number> = {
  'prompts-give': (seat) => 1 + (seat % 2),
  propose: (seat) => 1 + (seat % 3),
  'starter-give': (seat) => 1 + ((seat + 1) % 3),
  'estimate-give': (seat) => 1 + ((seat + 1) % 2),
  'floor-jump': (seat) => (seat % 3 === 0 ? 1 : 0),
}

/** What there is on a card for a participant to press, the first thing first. */
export function pressableIn(card: unknown): Offer[] {
  const rank = (offer: Offer) => pressable.indexOf(offer.verb)
  return offersIn(card)
    .filter((offer) => rank(offer) >= 0)
    .sort((a, b) => rank(a) - rank(b))
    .map((offer) => (clicks.has(offer.verb) ? { ...offer, inputs: [] } : offer))
}

/** One thing to press once, and how many times something was already given by the same form. */
export interface Due {
  key: string
  turn: number
}

/** Undefined for what this person has already pressed, or pressed often enough. */
export function dueOf(
  messageId: string,
  offer: Offer,
  { pressed, seat }: { pressed: string[]; seat: number },
): Due | undefined {
  const most = often[offer.verb]?.(seat)
  if (most === undefined) {
    const key = keyOf(messageId, offer)
    return pressed.includes(key) ? undefined : { key, turn: 0 }
  }
  const given = `${messageId}|${offer.verb}|#`
  const turn = pressed.filter((key) => key.startsWith(given)).length
  return turn < most ? { key: given + turn, turn } : undefined
}

/** A button that went away and comes back (a second turn to speak, the next page) is a new one to press. */
export function stillPressed(messageId: string, pressed: string[], offers: Offer[]): string[] {
  const offered = offers.map((offer) => keyOf(messageId, offer))
  return pressed.filter(
    (key) => !key.startsWith(`${messageId}|`) || !key.endsWith('|') || offered.includes(key),
  )
}

/** What an author's data holds of the moment it was drawn: the same button has others later. */
const passing = new Set(['n', 'nonce', 'expect', 'version'])

/** Message, verb, the author's data but for what passes, and the boxes to fill. */
function keyOf(messageId: string, offer: Offer): string {
  const data = Object.fromEntries(Object.entries(offer.data).filter(([key]) => !passing.has(key)))
  const inputs = offer.inputs.map((input) => input.id).sort()
  return `${messageId}|${offer.verb}|${JSON.stringify(data)}|${inputs.join(',')}`
}
