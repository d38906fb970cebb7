import type { AddressInfo } from 'node:net'
import botbuilder from 'botbuilder'
import restify from 'restify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type RunningRoom, roomClock, startRoom } from '../../src/room/index.ts'
import { type Seat, sit } from './seat.ts'

type Logic = (context: botbuilder.TurnContext) => Promise<void>

describe('a bot on Microsoft’s SDK', () => {
  let room: RunningRoom
  let server: restify.Server
  let logic: Logic = async () => {}
  beforeEach(async () => {
    const adapter = new botbuilder.CloudAdapter(new botbuilder.ConfigurationBotFrameworkAuthentication({}))
    server = restify.createServer()
    server.use(restify.plugins.bodyParser())
    server.post('/api/messages', async (request, response) => {
      const { body, method, headers } = request
      await adapter.process(
        { body, method: method ?? 'POST', headers: headers as Record<string, string> },
        response,
        (context) => logic(context),
      )
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    room = await startRoom({ port: 0, botUrl: `http://127.0.0.1:${port}/api/messages`, clock: roomClock() })
  })
  afterEach(async () => {
    await room.close()
    await new Promise<void>((resolve) => server.close(() => resolve()))
  })

  /** Says something to the bot and gives what the bot made of it. */
  async function turn<T>(anne: Seat, work: (context: botbuilder.TurnContext) => Promise<T>): Promise<T> {
    const done = new Promise<T>((resolve, reject) => {
      logic = async (context) => {
        if (context.activity.type === 'message') await work(context).then(resolve, reject)
      }
    })
    await anne.say('@Ouverture aide')
    return done
  }

  it('posts, edits, deletes and types', async () => {
    const anne = await sit(room, 'Anne Martin', 'organizer')
    const id = await turn(anne, async (context) => {
      await context.sendActivity({ type: 'typing' })
      const kept = await context.sendActivity('Bonjour')
      const gone = await context.sendActivity('Oubliez')
      await context.updateActivity({ type: 'message', id: kept?.id ?? '', text: 'Bonsoir' })
      await context.deleteActivity(gone?.id ?? '')
      return kept?.id
    })
    await anne.sees((chat) => chat.messages.length === 2)
    expect(await anne.seesMessage((message) => message.id === id)).toMatchObject({
      text: 'Bonsoir',
      edited: true,
    })
  })

  it('finds who is there and what meeting this is', async () => {
    const anne = await sit(room, 'Anne Martin', 'organizer')
    const found = await turn(anne, async (context) => ({
      text: botbuilder.TurnContext.removeRecipientMention(context.activity).trim(),
      me: await botbuilder.TeamsInfo.getMember(context, context.activity.from.id),
      page: await botbuilder.TeamsInfo.getPagedMembers(context),
      participant: await botbuilder.TeamsInfo.getMeetingParticipant(context),
      meeting: await botbuilder.TeamsInfo.getMeetingInfo(context),
    }))
    expect(found).toMatchObject({
      text: 'aide',
      me: { id: anne.mri, name: 'Anne Martin', givenName: 'Anne', surname: 'Martin' },
      page: { members: [{ id: anne.mri }] },
      participant: { meeting: { role: 'Organizer', inMeeting: true } },
      meeting: { details: { title: 'Atelier Gouvernement ouvert' }, organizer: { id: anne.mri } },
    })
  })
})
