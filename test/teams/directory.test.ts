import { CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { teamsDirectory } from '../../src/teams/directory.ts'
import { pacer } from '../../src/teams/pacer.ts'
import type { Reach } from '../../src/teams/reach.ts'
import { bot, type Guest, startConnector, type TestConnector } from '../support/connector.ts'

const claire: Guest = { id: '29:claire', name: 'Claire', aadObjectId: 'aad-claire', role: 'Organizer' }
const ahmed: Guest = { id: '29:ahmed', name: 'Ahmed', aadObjectId: 'aad-ahmed', role: 'Attendee' }
const someone: Guest = { id: '8:guest', name: 'Quelqu’un' }
const asker = ({ id }: Guest) => ({ id, directoryId: null })

describe('who is in a meeting', () => {
  let teams: TestConnector
  let reach: Reach
  let people: Guest[]

  beforeEach(async () => {
    people = [claire, ahmed, someone].map((one) => ({ ...one }))
    teams = await startConnector({ people, pageSize: 2 })
    reach = {
      serviceUrl: teams.url,
      conversationId: teams.conversationId,
      tenantId: 't',
      botId: bot.id,
      botName: bot.name,
      meetingId: 'MCMtest',
      personal: false,
    }
  })
  afterEach(() => teams.close())

  const directory = () =>
    teamsDirectory({
      adapter: new CloudAdapter(new ConfigurationBotFrameworkAuthentication({})),
      appId: '',
      pacer: pacer(),
    })
  const asked = (path: RegExp) => teams.requests.filter((one) => path.test(one.path)).length

  it('is read page by page, without the bot', async () => {
    expect(await directory().roster(reach)).toEqual([
      { id: '29:claire', name: 'Claire' },
      { id: '29:ahmed', name: 'Ahmed' },
      { id: '8:guest', name: 'Quelqu’un' },
    ])
    expect(asked(/pagedmembers/u)).toBe(2)
  })

  it('is not told as empty when it could not be read', async () => {
    teams.fault({ path: /pagedmembers/u, status: 403, code: 'BotNotInConversationRoster' })
    await expect(directory().roster(reach)).rejects.toThrow(/roster/u)
  })

  it('is asked for again when the platform is busy', async () => {
    teams.fault({ path: /pagedmembers/u, status: 429, retryAfter: 0 })
    expect(await directory().roster(reach)).toHaveLength(3)
  })

  it('tells each person’s role', async () => {
    const who = directory()
    expect(await who.role(reach, asker(claire))).toBe('organizer')
    expect(await who.role(reach, asker(ahmed))).toBe('attendee')
  })

  it('reads a role fresh each time', async () => {
    const who = directory()
    await who.role(reach, asker(ahmed))
    Object.assign(people[1] ?? {}, { role: 'Presenter' })
    expect(await who.role(reach, asker(ahmed))).toBe('presenter')
    expect(asked(/participants/u)).toBe(2)
    expect(asked(/\/members\//u)).toBe(1)
  })

  it('tells no role of someone anonymous, of someone unknown, or outside a meeting', async () => {
    const who = directory()
    expect(await who.role(reach, asker(someone))).toBe('none')
    expect(await who.role(reach, { id: '29:nobody', directoryId: null })).toBe('none')
    expect(asked(/participants/u)).toBe(0)
    expect(await who.role({ ...reach, meetingId: null }, asker(claire))).toBeNull()
  })

  it('needs no roster to tell the role of someone whose activity names her in the directory', async () => {
    teams.fault({ path: /members/u, status: 403, code: 'Forbidden', times: 9 })
    expect(await directory().role(reach, { id: claire.id, directoryId: 'aad-claire' })).toBe('organizer')
    expect(asked(/members/u)).toBe(0)
  })

  it.each([{ status: 403, code: 'Forbidden' }, { status: 500 }])(
    'takes nobody for anonymous because the roster answers %o',
    async (misfortune) => {
      teams.fault({ path: /members/u, times: 20, ...misfortune })
      expect(await directory().role(reach, asker(claire))).toBeNull()
    },
  )

  it.each([{ status: 403, code: 'Forbidden' }, { status: 404 }, { status: 500 }])(
    'tells no role when the platform answers %o',
    async (misfortune) => {
      teams.fault({ path: /participants/u, ...misfortune })
      expect(await directory().role(reach, asker(claire))).toBeNull()
    },
  )

  it('does not keep someone waiting for a role that does not come', async () => {
    teams.fault({ path: /participants/u, status: 429, retryAfter: 60 })
    expect(await directory().role(reach, asker(claire))).toBeNull()
  })
})
