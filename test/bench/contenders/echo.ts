import { TeamsAdapter } from '@microsoft/teams-ai'
import { ActivityTypes, type TurnContext } from 'botbuilder'
import restify from 'restify'

/** The least a bot of this SDK can do with an invoke: it answers what it was sent. */
const adapter = new TeamsAdapter({})
const server = restify.createServer()
server.use(restify.plugins.bodyParser())
server.post('/api/messages', async (request, response) => {
  await adapter.process(request, response, async (context: TurnContext) => {
    await context.sendActivity({
      type: ActivityTypes.InvokeResponse,
      value: { status: 200, body: { statusCode: 200, type: 'echo', value: context.activity.value } },
    })
  })
})
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`))
