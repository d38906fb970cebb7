import type { TurnState } from '@microsoft/teams-ai'
// The package's own index brings its models, planners and tokenizers along: two hundred files that nothing here uses.
import { Application } from '@microsoft/teams-ai/lib/Application.js'
import { TeamsAdapter } from '@microsoft/teams-ai/lib/TeamsAdapter.js'
import { ActivityTypes, type TurnContext } from 'botbuilder'
import type { Config } from '../config.ts'
import { type ActivityOutcome, DamagedRecord, type Heard, type Log, type Meter, type View } from '../ports.ts'
import type { Answer } from './answer.ts'
import { fallen } from './fallen.ts'
import { type Envelope, readActivity } from './incoming.ts'
import { type Dealt, once } from './once.ts'
import { type Reach, reachFrom } from './reach.ts'

interface Parts {
  adapter: TeamsAdapter
  answer(envelope: Envelope, reach: Reach): Promise<Answer>
  /** A view as the platform's card. */
  draw(view: View, meeting: string): Record<string, unknown>
  /** The bot was added to a chat, or removed from it. */
  member(envelope: Envelope, reach: Reach, isIn: boolean): Promise<void>
  /** Sends to the chat without making anyone wait. */
  say(envelope: Envelope, reach: Reach, answer: Answer): void
  heard: Heard
  log: Log
  meter: Meter
}

/** The adapter alone knows credentials; without them (the room, the Playground) it checks no token. */
export function teamsAdapter({ teams }: Config): TeamsAdapter {
  if (teams.appId === '') return new TeamsAdapter({})
  return new TeamsAdapter({
    MicrosoftAppId: teams.appId,
    MicrosoftAppPassword: teams.password,
    MicrosoftAppType: teams.type,
    MicrosoftAppTenantId: teams.tenantId,
    ToChannelFromBotLoginUrl: teams.cloud.login,
    ToChannelFromBotOAuthScope: teams.cloud.resource,
    ToBotFromChannelTokenIssuer: teams.cloud.issuer,
    ToBotFromChannelOpenIdMetadataUrl: teams.cloud.metadata,
  })
}

/** Every activity goes one way: read, answered, and the answer put in the shape its kind expects. */
export function teamsApp(parts: Parts): Application<TurnState> {
  const app = new Application<TurnState>({
    adapter: parts.adapter,
    startTypingTimer: false,
    removeRecipientMention: true,
  })
  // The option above is not looked at: a turn that lasts would send "typing" each second, past every limit.
  app.startTypingTimer = () => {}
  const dealtOnce = once(parts)
  const handle = async (context: TurnContext) => {
    const since = performance.now()
    const dealt = (kind: string, outcome: ActivityOutcome) =>
      parts.meter.activity(kind, outcome, (performance.now() - since) / 1000)
    const envelope = readActivity(context.activity)
    const invoke = context.activity.type === ActivityTypes.Invoke
    const reach = reachFrom(context.activity)
    if (!envelope || reach.serviceUrl === '') {
      dealt('unreadable', 'unreadable')
      return invoke ? respond(context, 400, null) : undefined
    }
    const { kind } = envelope.what
    const { body, outcome } = await dealtOnce(envelope, (isFirst) =>
      answered(parts, envelope, reach, isFirst),
    )
    if (invoke) await respond(context, 200, body)
    dealt(kind, outcome)
    const facts = { activity: envelope.id, meeting: envelope.conversationId, kind, outcome }
    parts.log.info({ ...facts, tookMs: Math.round(performance.now() - since) }, 'activity dealt with')
  }
  app.addRoute(async () => true, handle, true)
  app.addRoute(async () => true, handle)
  return app
}

/** A fault of ours is a sentence to the person, and the whole story in the log. */
async function answered(
  parts: Parts,
  envelope: Envelope,
  reach: Reach,
  isFirst: () => Promise<boolean>,
): Promise<Dealt> {
  try {
    const { kind } = envelope.what
    if (kind === 'installed' || kind === 'removed') await parts.member(envelope, reach, kind === 'installed')
    const answer = await parts.answer(envelope, reach)
    const body = bodyOf(envelope, answer, (view) => parts.draw(view, envelope.conversationId))
    if (shows(envelope, answer) && (await isFirst())) parts.say(envelope, reach, answer)
    return { body, outcome: 'answered' }
  } catch (error) {
    const facts = { activity: envelope.id, meeting: envelope.conversationId, error }
    parts.log.error(facts, error instanceof DamagedRecord ? unreadRecord : 'activity not answered')
    const { notice, ...answer } = fallen(envelope, error)
    parts.say(envelope, reach, answer)
    const { kind } = envelope.what
    if (kind === 'pressed') return { body: notice ? message(notice) : fault, outcome: 'failed' }
    const body = bodyOf(envelope, answer, (view) => parts.draw(view, envelope.conversationId))
    return { body, outcome: 'failed' }
  }
}

const unreadRecord = 'the record of a meeting cannot be read: npm run doctor tells of which file and why'

/** What nobody waits for was heard, whether or not there is something to say of it. */
const shows = ({ isAsked }: Envelope, { chat, repost, file, later }: Answer): boolean =>
  !isAsked || Boolean(chat ?? repost ?? file ?? later)

const fault = {
  statusCode: 500,
  type: 'application/vnd.microsoft.error',
  value: { code: 'InternalServerError', message: '' },
}

function bodyOf(envelope: Envelope, answer: Answer, draw: Draw): unknown {
  switch (envelope.what.kind) {
    case 'pressed':
      return cardResponse(answer, draw)
    case 'dialog-asked':
    case 'dialog-sent':
      return dialogResponse(answer, draw)
    case 'misread-action':
      return unread
    default:
      return {}
  }
}

/** https://learn.microsoft.com/adaptive-cards/authoring-cards/universal-action-model#response-format */
const unread = {
  statusCode: 400,
  type: 'application/vnd.microsoft.error',
  value: { code: 'BadRequest', message: '' },
}

function cardResponse(answer: Answer, draw: Draw): unknown {
  if (answer.card) return { statusCode: 200, type: cardType, value: draw(answer.card) }
  return message('')
}

/** Shown beside the card, which stays as it is, with what is typed on it. */
const message = (value: string) => ({
  statusCode: 200,
  type: 'application/vnd.microsoft.activity.message',
  value,
})

/** A dialog as tall as its content asks, within what the client allows; nothing to show closes it. */
function dialogResponse(answer: Answer, draw: Draw): unknown {
  if (!answer.dialog) return {}
  const card = draw(answer.dialog)
  return {
    task: {
      type: 'continue',
      value: {
        title: 'Ouverture',
        width: 'medium',
        height: heights[answer.dialog.card] ?? 'small',
        card: { contentType: cardType, content: card },
      },
    },
  }
}

type Draw = (view: View) => Record<string, unknown>

/** The forms that do not fit a small dialog. */
const heights: Record<string, 'medium' | 'large'> = {
  'dialogs/card-add': 'medium',
  'dialogs/documents': 'large',
  'dialogs/correct': 'large',
  'dialogs/corrections': 'large',
  'dialogs/complete': 'medium',
  'dialogs/letter': 'large',
  'dialogs/card-edit': 'medium',
  'dialogs/join': 'large',
  'dialogs/note': 'medium',
  'dialogs/prepare': 'large',
}

const cardType = 'application/vnd.microsoft.card.adaptive'

const respond = async (context: TurnContext, status: number, body: unknown): Promise<void> => {
  await context.sendActivity({ type: ActivityTypes.InvokeResponse, value: { status, body } })
}
