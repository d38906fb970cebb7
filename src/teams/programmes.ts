import { programmeAsk } from '../core/programme/asks.ts'
import type { Calendar } from '../core/programme/calendar.ts'
import type { Programme } from '../core/programme/types.ts'
import { say, type Text } from '../core/text.ts'
import {
  chooseView,
  noticeView,
  type ProgrammeDraft,
  type ProgrammePage,
  programmePages,
  programmesView,
  programmeView,
} from '../core/views/index.ts'
import type { View } from '../ports.ts'
import type { Desk } from './answer.ts'
import type { Envelope, Press } from './incoming.ts'
import { sentence } from './said.ts'

interface Parts {
  desk: Pick<Desk, 'runtime' | 'formats' | 'clock' | 'log' | 'rehearsalAt'>
  calendar: Calendar
}

/** What an organiser prepares in her personal chat: each press turns the card into the page it leads to. */
export function programmeDesk({ desk, calendar }: Parts) {
  const mine = async ({ conversationId, from }: Envelope): Promise<Programme[]> =>
    (await desk.runtime.look(conversationId)).programmes.filter(({ owner }) => owner === from.id)

  /** The card after a press; null for what is none of its buttons. */
  async function pressed(envelope: Envelope, press: Press, reach: unknown): Promise<View | null> {
    const { verb, fields } = press
    if (verb === 'programme-new') return chooseView(envelope.lang)
    if (verb === 'programmes') return programmesView(await mine(envelope), envelope.lang)
    if (verb === 'programme' || (verb === 'refresh' && press.slot === 'programme'))
      return shown(envelope, fields.p ?? '', pageNamed(fields.page))
    return verb.startsWith('programme-') ? asked(envelope, press, reach) : null
  }

  async function asked(envelope: Envelope, press: Press, reach: unknown): Promise<View> {
    const { verb, fields } = press
    const ask = programmeAsk.safeParse({ ...fields, do: verb })
    if (!ask.success) return noticeView(say('refusal.unreadable'), envelope.lang, 'attention')
    const { from, lang, conversationId } = envelope
    const command = {
      ask: ask.data,
      by: from.id,
      at: desk.clock.now(),
      lang,
      calendar,
      key: envelope.key || null,
    }
    const outcome = await desk.runtime.plan(conversationId, command, reach).catch((error: unknown) => {
      desk.log.error({ meeting: conversationId, error }, 'programme not saved')
      return null
    })
    const verdict = outcome?.verdict ?? { done: false as const, refusal: { refusal: 'not-saved' as const } }
    if (verdict.done === 'before') return shown(envelope, fields.p ?? '', pageAfter(verb))
    if (verdict.done) return shown(envelope, verdict.about, pageAfter(verb), { notice: savedText(verb) })
    const { problems } = verdict.refusal
    const draft = {
      typed: fields,
      notice: sentence(verdict.refusal),
      isRefusal: true,
      ...(problems ? { problems } : {}),
    }
    return verb === 'programme-begin'
      ? chooseView(lang, draft)
      : shown(envelope, fields.p ?? '', pageNamed(fields.page), draft)
  }

  async function shown(
    envelope: Envelope,
    id: string,
    page: ProgrammePage,
    draft: ProgrammeDraft = {},
  ): Promise<View> {
    const { lang } = envelope
    const programme = (await mine(envelope)).find((one) => one.id === id)
    if (!programme) return programmesView(await mine(envelope), lang, say('programme.gone'))
    return programmeView(page, {
      programme,
      lang,
      now: desk.clock.now(),
      calendar,
      formats: desk.formats,
      draft,
      ...(desk.rehearsalAt ? { rehearsalAt: desk.rehearsalAt } : {}),
    })
  }

  return {
    pressed,
    /** « répéter », typed: how the programme she last worked on is rehearsed. */
    async rehearsal(envelope: Envelope): Promise<View> {
      const [latest] = (await mine(envelope))
        .filter(({ droppedAt }) => droppedAt === null)
        .toSorted((a, b) => b.touchedAt - a.touchedAt)
      return latest ? shown(envelope, latest.id, 'rehearse') : chooseView(envelope.lang)
    },
    /** Typed: her programmes where she has some, else the two questions. */
    async typed(envelope: Envelope): Promise<View> {
      const programmes = (await mine(envelope)).filter(({ droppedAt }) => droppedAt === null)
      return programmes.length ? programmesView(programmes, envelope.lang) : chooseView(envelope.lang)
    },
  }
}

const pageNamed = (name: string | undefined): ProgrammePage =>
  programmePages.find((one) => one === name) ?? 'hub'

/** Lists stay open for the next line; a form that is saved leads back to the programme. */
const staysOn: Record<string, ProgrammePage> = {
  'programme-invite': 'guests',
  'programme-answers': 'guests',
  'programme-uninvite': 'guests',
  'programme-tick': 'plan',
  'programme-follow': 'follow',
  'programme-followed': 'follow',
  'programme-unfollow': 'follow',
}

const pageAfter = (verb: string): ProgrammePage => staysOn[verb] ?? 'hub'

const savedText = (verb: string): Text =>
  say(
    verb === 'programme-begin'
      ? 'programme.begun'
      : verb === 'programme-drop'
        ? 'programme.dropped'
        : 'programme.saved',
  )
