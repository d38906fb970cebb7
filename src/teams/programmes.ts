import { bounds } from '../core/bounds.ts'
import type { PlanVerdict } from '../core/meeting.ts'
import type { Refusal } from '../core/phases/contract.ts'
import { programmeAsk } from '../core/programme/asks.ts'
import type { Calendar } from '../core/programme/calendar.ts'
import { isApart } from '../core/programme/follow.ts'
import { changesIn } from '../core/programme/form.ts'
import { mostGuests } from '../core/programme/guests.ts'
import type { Programme } from '../core/programme/types.ts'
import { wasCancelled } from '../core/session/place.ts'
import { type Lang, said, say, type Text } from '../core/text.ts'
import {
  chooseView,
  noticeView,
  type ProgrammeDraft,
  type ProgrammePage,
  programmesView,
  programmeView,
} from '../core/views/index.ts'
import type { View } from '../ports.ts'
import type { Desk } from './answer.ts'
import { decisions, type Found } from './decisions.ts'
import type { Envelope, Press } from './incoming.ts'
import { type Meant, saysOfSubjects, subjectsMeant } from './merged-subjects.ts'
import { namedIn, readPlan } from './plan-commands.ts'
import {
  invitedText,
  mendText,
  pageAfter,
  pageNamed,
  savedText,
  stillTyped,
  takenOffBy,
  turnedTo,
  typedPage,
  unchosen,
  unsaved,
  whichOne,
} from './programme-pages.ts'
import { sentence } from './said.ts'

interface Parts {
  desk: Pick<Desk, 'runtime' | 'formats' | 'clock' | 'log' | 'archive' | 'rehearsalAt'>
  calendar: Calendar
}

/** What an organiser prepares in her personal chat: each press turns the card into the page it leads to. */
export function programmeDesk({ desk, calendar }: Parts) {
  const decided = decisions(desk)

  const mine = async ({ conversationId, from }: Envelope): Promise<Programme[]> =>
    (await desk.runtime.look(conversationId)).programmes.filter(({ owner }) => owner === from.id)

  /** The card after a press; null for what is none of its buttons. */
  async function pressed(envelope: Envelope, press: Press, reach: unknown): Promise<View | null> {
    const { verb, fields } = press
    const left = unsaved(press)
    if (left) return shown(envelope, fields.p ?? '', pageNamed(fields.left), left)
    if (verb === 'programme-new') return choosing(envelope)
    if (verb === 'programmes') return programmesView(await mine(envelope), envelope.lang)
    const [kind, seen] = press.slot?.split('/') ?? []
    if (verb === 'refresh' && kind === 'programme') return shown(envelope, fields.p ?? '', pageNamed(seen))
    if (verb === 'programme') return shown(envelope, fields.p ?? '', pageNamed(fields.page), turnedTo(fields))
    return verb.startsWith('programme-') ? asked(envelope, press, reach) : null
  }

  async function asked(envelope: Envelope, press: Press, reach: unknown): Promise<View> {
    const { verb, fields } = press
    if (verb === 'programme-unfollow' && !fields.id)
      return shown(envelope, fields.p ?? '', 'follow', whichOne)
    const was = (await mine(envelope)).find(({ id }) => id === fields.p)
    const outcome = await submitted(envelope, press, reach)
    if ('view' in outcome) return outcome.view
    const { verdict, found } = outcome
    // What is sent again, its answer having been lost, is answered as it was.
    if (verdict.done) {
      const before = found.fields.p || fields.p || (await latestOf(envelope))
      const about = verdict.done === 'before' ? before : verdict.about
      const draft = {
        notice: await confirmed(
          envelope,
          { verb, fields, was, about, isAgain: verdict.done === 'before' },
          found,
        ),
        ...turnedTo(fields),
        typed: stillTyped(press),
        isDated: verb === 'programme-dates',
        ...(was ? takenOffBy(press, was) : {}),
        ...(verb === 'programme-invite' ? { at: mostGuests } : {}),
      }
      return shown(envelope, about, pageAfter(verb), draft, found)
    }
    const { problems } = verdict.refusal
    const draft = {
      typed: changesIn(fields),
      notice: problems ? mendText(verdict.refusal) : sentence(verdict.refusal),
      isRefusal: true,
      ...(problems ? { problems } : {}),
    }
    return verb === 'programme-begin'
      ? choosing(envelope, draft)
      : shown(envelope, fields.p ?? '', pageNamed(fields.page), draft, found)
  }

  /** How many people a list added is told against those who were on it. */
  async function confirmed(
    envelope: Envelope,
    { verb, fields, was, about, isAgain }: Done,
    found: Found,
  ): Promise<Text> {
    if (verb !== 'programme-invite' || isAgain) return savedText(verb, found)
    return invitedText(
      fields,
      was,
      (await mine(envelope)).find(({ id }) => id === about),
    )
  }

  async function submitted(
    envelope: Envelope,
    press: Press,
    reach: unknown,
  ): Promise<{ verdict: PlanVerdict; found: Found } | { view: View }> {
    const { from, lang, conversationId } = envelope
    const { verb, fields } = press
    const subjects = await subjectsOf(envelope, verb, fields)
    if (subjects && 'problem' in subjects)
      return { view: await shown(envelope, fields.p ?? '', 'merged', unchosen(fields, subjects.problem)) }
    const found = await decided.askedIn(envelope, press, await mine(envelope))
    if (!found) return { view: noticeView(say('documents.not-yours'), lang, 'attention') }
    const ask = programmeAsk.safeParse({ ...(subjects?.fields ?? fields), ...found.fields, do: verb })
    if (!ask.success) return { view: noticeView(unreadable(fields), lang, 'attention') }
    const command = {
      ask: ask.data,
      by: from.id,
      at: desk.clock.now(),
      lang,
      calendar,
      key: envelope.key || null,
      ...(found.decided ? { decided: found.decided } : {}),
      ...(verb === 'programme-size' ? { held: await heldSteps(envelope, fields.p ?? '') } : {}),
    }
    const outcome = await desk.runtime.plan(conversationId, command, reach).catch((error: unknown) => {
      desk.log.error({ meeting: conversationId, error }, 'programme not saved')
      return null
    })
    const verdict = outcome?.verdict ?? { done: false as const, refusal: { refusal: 'not-saved' as const } }
    return { verdict, found: { ...found, ...(subjects ? { saved: subjects.saved } : {}) } }
  }

  /**
   * A line of her own chat that is a command of these: the page it changed, or a sentence. Null where it is not. Whoever
   * takes part in a workshop answers there: her line is taken only where it names a programme of hers by its number.
   */
  async function line(
    envelope: Envelope,
    text: string,
    { attends, reach }: { attends: boolean; reach: unknown },
  ): Promise<View | 'before' | null> {
    const programmes = await mine(envelope)
    const named = namedIn(text)
    const about = named ? programmes.find(({ id }) => id === named.number) : latestIn(programmes, text)
    const meansOne = named && (!attends || readPlan(named.rest, programmes[0] ?? null))
    if (meansOne && !about && programmes.length)
      return noticeView(say('plan.none'), envelope.lang, 'attention')
    if (attends && (!named || !about)) return null
    const read = readPlan(named?.rest || (named ? 'programme' : text), about ?? null)
    return read && carried(envelope, read, about?.id ?? '', reach)
  }

  /**
   * Whoever takes part in a workshop answers there. Where her line reads as one of these commands too, she is told how to say
   * it to what she prepares.
   */
  async function pointed(envelope: Envelope, text: string, answered: View): Promise<View> {
    const about = latestIn(await mine(envelope), text)
    const read = about && !namedIn(text) && readPlan(text, about)
    if (!read || !('hint' in answered.data)) return answered
    const hint = say('plan.by-number', { number: about.id, line: said(text.slice(0, 60)) })
    return { ...answered, data: { ...answered.data, hint } }
  }

  async function carried(
    envelope: Envelope,
    read: NonNullable<ReturnType<typeof readPlan>>,
    p: string,
    reach: unknown,
  ): Promise<View | 'before'> {
    const { lang } = envelope
    const example = say(`command.${read.command}`)
    switch (read.kind) {
      case 'show':
        return shown(envelope, p, read.page)
      case 'incomplete':
        return noticeView(say('typed.incomplete', { example }), lang, 'attention')
      case 'wrong':
        return noticeView(read.text, lang, 'attention')
      case 'ask': {
        const { verb } = read
        const was = (await mine(envelope)).find(({ id }) => id === p)
        const outcome = await submitted(envelope, typedPress(verb, { ...read.fields, p }), reach)
        if ('view' in outcome) return outcome.view
        const { verdict, found } = outcome
        if (verdict.done === 'before') return 'before'
        if (verdict.done) {
          const { about } = verdict
          const notice = await confirmed(envelope, { verb, fields: read.fields, was, about }, found)
          return shown(envelope, about, typedPage(verb), { notice }, found)
        }
        return refusedLine(verdict.refusal, example, lang)
      }
    }
  }

  /** Each programme is begun once from its card, whatever the answers. */
  async function choosing(envelope: Envelope, draft: ProgrammeDraft = {}): Promise<View> {
    const { nextProgramme } = await desk.runtime.look(envelope.conversationId)
    const drawn = chooseView(envelope.lang, draft)
    return { ...drawn, stamp: { ...drawn.stamp, n: nextProgramme } }
  }

  const latestOf = async (envelope: Envelope): Promise<string> => (await mine(envelope)).at(-1)?.id ?? ''

  async function shown(
    envelope: Envelope,
    id: string,
    page: ProgrammePage,
    draft: ProgrammeDraft = {},
    found: Found = { fields: {} },
  ): Promise<View> {
    const { lang, from, conversationId: home } = envelope
    const programmes = await mine(envelope)
    const programme = programmes.find((one) => one.id === id)
    if (!programme) return programmesView(programmes, lang, say('programme.gone'))
    const held =
      telling.has(page) && programme.sittings.length > 0
        ? await desk.archive.sessionsOf(from.id, home, id)
        : []
    const follows = page === 'follow' || programme.path.length === 0
    return programmeView(page, {
      programme,
      home,
      held,
      lang,
      now: desk.clock.now(),
      calendar,
      formats: desk.formats,
      draft,
      isOneOfSeveral: programmes.filter(({ droppedAt }) => droppedAt === null).length > 1,
      ...(desk.rehearsalAt ? { rehearsalAt: desk.rehearsalAt } : {}),
      ...(follows ? { decided: found.decided ?? (await decided.of(envelope, programme)) } : {}),
    })
  }

  /** Places in the path, from 0, of the workshops that some session was launched for. */
  async function heldSteps({ from, conversationId }: Envelope, id: string): Promise<number[]> {
    const sessions = await desk.archive.sessionsOf(from.id, conversationId, id)
    return sessions.flatMap((one) => (one.prepared && !wasCancelled(one) ? [one.prepared.step] : []))
  }

  /** Null for what is about no subject, or about no programme of hers. */
  async function subjectsOf(
    envelope: Envelope,
    verb: string,
    fields: Press['fields'],
  ): Promise<Meant | null> {
    const programme = (await mine(envelope)).find((one) => one.id === fields.p)
    if (!programme || !saysOfSubjects.has(verb)) return null
    const about = { verb, fields, by: envelope.from.id, home: envelope.conversationId, programme }
    return subjectsMeant(desk, about)
  }

  return {
    pressed,
    /** Typed: where the latest programme that has dates stands. */
    async board(envelope: Envelope): Promise<View> {
      const programmes = await mine(envelope)
      const latest = programmes.findLast((one) => one.droppedAt === null && one.sittings.length > 0)
      return latest
        ? shown(envelope, latest.id, 'board')
        : programmesView(programmes, envelope.lang, say('board.nothing'))
    },
    /** « répéter », typed: how this programme, or the one she last worked on, is rehearsed. */
    async rehearsal(envelope: Envelope, wanted: string | null): Promise<View> {
      const programmes = (await mine(envelope)).filter(({ droppedAt }) => droppedAt === null)
      const [latest] = programmes.toSorted((a, b) => b.touchedAt - a.touchedAt)
      if (wanted !== null)
        return programmes.some(({ id }) => id === wanted)
          ? shown(envelope, wanted, 'rehearse')
          : noticeView(say('plan.none'), envelope.lang, 'attention')
      return latest ? shown(envelope, latest.id, 'rehearse') : choosing(envelope)
    },
    line,
    pointed,
    prepares: async (envelope: Envelope): Promise<boolean> => (await mine(envelope)).length > 0,
    /** Typed: her programmes where she has some, else the two questions. */
    async typed(envelope: Envelope): Promise<View> {
      const programmes = await mine(envelope)
      return programmes.length ? programmesView(programmes, envelope.lang) : choosing(envelope)
    },
  }
}

/** The pages that tell of its sessions. */
const telling: ReadonlySet<ProgrammePage> = new Set(['hub', 'plan', 'board', 'merged'])

interface Done {
  verb: string
  fields: Press['fields']
  was: Programme | undefined
  about: string
  /** It was done before, and its answer was lost. */
  isAgain?: boolean
}

const unreadable = (fields: Press['fields']): Text =>
  Object.values(fields).some((one) => one.length > bounds.rawField)
    ? say('programme.too-long', { max: bounds.rawField })
    : say('refusal.unreadable')

const refusedLine = (refusal: Refusal, example: Text, lang: Lang): View =>
  noticeView(
    sentence(refusal),
    lang,
    'attention',
    refusal.refusal === 'invalid' ? say('typed.example', { example }) : null,
  )

const typedPress = (verb: string, fields: Record<string, string>): Press => ({
  verb,
  fields,
  meeting: null,
  session: null,
  segment: null,
  slot: null,
  dialog: null,
  about: null,
  messageId: null,
})

/** The one she changed last; where she takes one up again, the last one set aside. */
function latestIn(programmes: Programme[], text: string): Programme | undefined {
  const taken = readPlan(text, programmes[0] ?? null)
  const isBack = taken?.command === 'plan-restore'
  return programmes
    .filter((one) => (one.droppedAt !== null) === isBack)
    .toSorted((a, b) => b.touchedAt - a.touchedAt)
    .sort((a, b) => Number(isApart(a)) - Number(isApart(b)))[0]
}
