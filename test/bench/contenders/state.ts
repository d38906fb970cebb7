import { mkdtempSync, rmSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Application, TeamsAdapter, type TurnState } from '@microsoft/teams-ai'
import { ActivityTypes, MemoryStorage, type Storage, type StoreItems } from 'botbuilder'
import restify from 'restify'

/** A bot that keeps answers where the SDK's guides put them: the state of the conversation, in memory or in a file. */

type State = TurnState<{ answers?: Record<string, unknown> }>

const folder = mkdtempSync(join(tmpdir(), 'ouverture-bench-'))
process.on('SIGTERM', () => {
  rmSync(folder, { recursive: true, force: true })
  process.exit()
})

const storage: Storage =
  process.env.STATE === 'file' ? inFile(join(folder, 'state.json')) : new MemoryStorage()
const adapter = new TeamsAdapter({})
adapter.onTurnError = async () => {}
const app = new Application<State>({ adapter, storage, startTypingTimer: false })
app.addRoute(
  async () => true,
  async (context, state) => {
    const { answers = {} } = state.conversation
    state.conversation.answers = { ...answers, [String(context.activity.id)]: context.activity.value }
    await context.sendActivity({
      type: ActivityTypes.InvokeResponse,
      value: {
        status: 200,
        body: { statusCode: 200, type: 'kept', value: { before: Object.keys(answers).length } },
      },
    })
  },
  true,
)
const server = restify.createServer()
server.use(restify.plugins.bodyParser())
server.post('/api/messages', async (request, response) => {
  await adapter.process(Object.assign(request, { method: 'POST' }), response, async (context) => {
    await app.run(context)
  })
})
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`))

function inFile(file: string): Storage {
  const all = async (): Promise<StoreItems> => JSON.parse(await readFile(file, 'utf8').catch(() => '{}'))
  return {
    async read(keys) {
      const items = await all()
      return Object.fromEntries(keys.flatMap((key) => (key in items ? [[key, items[key]]] : [])))
    },
    async write(changes) {
      await writeFile(file, JSON.stringify({ ...(await all()), ...changes }))
    },
    async delete(keys) {
      const items = await all()
      await writeFile(
        file,
        JSON.stringify(Object.fromEntries(Object.entries(items).filter(([key]) => !keys.includes(key)))),
      )
    },
  }
}
