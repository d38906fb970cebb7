import { steers } from '../core/session/people.ts'
import type { Session } from '../core/session/types.ts'
import { type Lang, say, type Text } from '../core/text.ts'
import {
  eraseDialog,
  forgetDialog,
  noticeView,
  ownDataDialog,
  ownDataDoor,
  ownDataView,
} from '../core/views/index.ts'
import type { View } from '../ports.ts'
import type { Erased } from '../runtime/keeper.ts'
import type { Answer, Desk } from './answer.ts'
import type { Envelope, Press } from './incoming.ts'

/**
 * What a person may ask of her own data, and an organiser of her session. Whose data it is comes from the
 * authenticated activity alone; a card never says it.
 */
export function ownDataDesk({ keeper, archive, retentionDays, log }: Desk) {
  /** Typed: told at once in a personal chat, behind a dialog where others read. */
  const asked = async (envelope: Envelope): Promise<View> =>
    envelope.ground === 'personal' ? listed(envelope, ownDataView) : ownDataDoor(envelope.lang)

  async function listed({ from, lang }: Envelope, drawn: typeof ownDataView): Promise<View> {
    const [own, { over, held, programmes }] = await Promise.all([
      keeper.ownData(from.id),
      keeper.holds(from.id),
    ])
    const carried = over + held - own.length
    return drawn(own, { who: from.id, lang, days: retentionDays, carried, programmes })
  }

  /** Null for what is not about anyone's data. */
  function dialog(envelope: Envelope): Promise<Answer> | null {
    const { what } = envelope
    if (what.kind === 'dialog-asked') return opened(what.press.dialog, envelope, what.press)
    if (what.kind !== 'dialog-sent') return null
    const { press } = what
    if (press.verb === 'open') return opened(press.fields.open ?? null, envelope, press)
    return confirmed(envelope, press)?.catch((error: unknown) => notErased(envelope, error)) ?? null
  }

  function confirmed(envelope: Envelope, { verb, meeting, session }: Press): Promise<Answer> | null {
    const { id } = envelope.from
    switch (verb) {
      case 'forget-me':
        return forgotten(envelope)
      case 'erase-session':
        return erased(envelope, keeper.erase(id, meeting ?? '', session ?? ''))
      case 'erase-meeting':
        return erased(envelope, keeper.eraseAll(id, meeting ?? ''))
      default:
        return null
    }
  }

  /** Nobody is told that it is done when a disk is full or a record out of reach. */
  function notErased({ id, lang }: Envelope, error: unknown): Answer {
    log.error({ activity: id, error }, 'not erased')
    return notice(say('own-data.not-erased'), lang, 'attention')
  }

  function opened(name: string | null, envelope: Envelope, press: Press): Promise<Answer> | null {
    switch (name) {
      case 'own-data':
        return listed(envelope, ownDataDialog).then((view) => ({ dialog: view }))
      case 'forget':
        return beforeForgetting(envelope)
      case 'erase':
        return beforeErasing(envelope, press)
      default:
        return null
    }
  }

  async function beforeForgetting({ from, lang }: Envelope): Promise<Answer> {
    const { over, held, programmes } = await keeper.holds(from.id)
    if (over + programmes > 0) return { dialog: forgetDialog({ over, held, programmes }, lang) }
    return held > 0
      ? notice(say('own-data.forget-only-held'), lang, 'attention')
      : notice(say('own-data.none'), lang, 'good')
  }

  async function forgotten({ from, lang }: Envelope): Promise<Answer> {
    const { held } = await keeper.forget(from.id)
    const rest = held ? say('own-data.forget-held', { count: held }) : null
    return { dialog: noticeView(say('own-data.forgotten'), lang, 'good', rest) }
  }

  async function beforeErasing({ from, lang }: Envelope, { meeting, session }: Press): Promise<Answer> {
    const found = meeting && session ? await archive.session(from.id, meeting, session) : null
    if (!found) return notice(say('documents.not-yours'), lang, 'attention')
    const drawn = eraseDialog(found, { by: from.id, others: await othersOf(found, from.id) }, lang)
    return drawn ? { dialog: drawn } : notice(say('own-data.erase-runs'), lang, 'attention')
  }

  const othersOf = async ({ meetingId, id }: Session, who: string): Promise<number> =>
    (await archive.organisedBy(who)).filter(
      (one) =>
        one.meetingId === meetingId &&
        one.id !== id &&
        steers(one, who) &&
        one.steer.position.status === 'closed',
    ).length

  async function erased({ lang }: Envelope, erasing: Promise<Erased>): Promise<Answer> {
    switch (await erasing) {
      case 'erased':
        return notice(say('own-data.erased'), lang, 'good')
      case 'runs':
        return notice(say('own-data.erase-runs'), lang, 'attention')
      case 'not-yours':
        return notice(say('documents.not-yours'), lang, 'attention')
    }
  }

  return { asked, dialog }
}

const notice = (text: Text, lang: Lang, tone: 'good' | 'attention'): Answer => ({
  dialog: noticeView(text, lang, tone),
})
