import { TeamsAdapter } from '@microsoft/teams-ai'
import { ActivityTypes, type TurnContext } from 'botbuilder'
import restify from 'restify'

/** The least a bot of this SDK can do: a message is sent back to the chat, an invoke is answered what it was sent. */
const adapter = new TeamsAdapter({})
const server = restify.createServer()
server.use(restify.plugins.bodyParser())
server.post('/api/messages', async (request, response) => {
  await adapter.process(
    Object.assign(request, { method: 'POST' }),
    response,
    async (context: TurnContext) => {
      const { type, text, value } = context.activity
      if (type === ActivityTypes.Message) await context.sendActivity(`Echo: ${text}`)
      else
        await context.sendActivity({
          type: ActivityTypes.InvokeResponse,
          value: { status: 200, body: { statusCode: 200, type: 'echo', value } },
        })
    },
  )
})
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`))
