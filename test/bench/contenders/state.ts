import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { readFile, rename, writeFile } from 'node:fs/promises'
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

const written = new Set<string>()
const storage = process.env.STATE === 'file' ? inFile(join(folder, 'state.json')) : new MemoryStorage()
const adapter = new TeamsAdapter({})
const app = new Application<State>({ adapter, storage: noting(storage), startTypingTimer: false })
app.addRoute(
  async () => true,
  async (context, state) => {
    const { answers = {} } = state.conversation
    state.conversation.answers = { ...answers, [String(context.activity.id)]: context.activity.value }
    // A turn that reads a roster, or sends anything, lets others in between: here, for as little as can be.
    await new Promise(setImmediate)
    await context.sendActivity({
      type: ActivityTypes.InvokeResponse,
      value: { status: 200, body: { statusCode: 200, type: 'kept', value: {} } },
    })
  },
  true,
)
const server = restify.createServer()
server.use(restify.plugins.bodyParser())
server.post('/api/messages', async (request, response) => {
  try {
    await adapter.process(Object.assign(request, { method: 'POST' }), response, async (context) => {
      await app.run(context)
    })
  } catch {
    if (!response.headersSent) response.send(500)
  }
})
server.get('/kept', async (_request, response) => {
  const items: StoreItems[] = Object.values(await storage.read([...written]))
  const counts = items.map(({ answers }) => Object.keys(answers ?? {}).length)
  response.send(
    200,
    counts.reduce((sum, count) => sum + count, 0),
  )
})
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`))

function noting(kept: Storage): Storage {
  return {
    read: (keys) => kept.read(keys),
    delete: (keys) => kept.delete(keys),
    write(changes) {
      for (const key of Object.keys(changes)) written.add(key)
      return kept.write(changes)
    },
  }
}

/** Whole files, one replacing the other: nothing is torn, and nothing more is promised. */
function inFile(file: string): Storage {
  const all = async (): Promise<StoreItems> => JSON.parse(await readFile(file, 'utf8').catch(() => '{}'))
  const put = async (items: StoreItems) => {
    const temporary = `${file}.${randomUUID()}`
    await writeFile(temporary, JSON.stringify(items))
    await rename(temporary, file)
  }
  return {
    async read(keys) {
      const items = await all()
      return Object.fromEntries(keys.flatMap((key) => (key in items ? [[key, items[key]]] : [])))
    },
    write: async (changes) => put({ ...(await all()), ...changes }),
    async delete(keys) {
      await put(Object.fromEntries(Object.entries(await all()).filter(([key]) => !keys.includes(key))))
    },
  }
}
