import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Bench, bench, firstSlug, sit } from './seat.ts'
import { activitiesOf, card, text, withCard } from './tiny-bot.ts'

describe('the room, seen by a bot', () => {
  let here: Bench
  beforeEach(async () => {
    here = await bench()
  })
  afterEach(() => here.close())

  it('installs the bot when the first person comes in, then starts the meeting, in that order', async () => {
    await sit(here.room, 'Anne Martin', 'organizer')
    await here.bot.hears((heard) => heard.name === 'application/vnd.microsoft.meetingParticipantJoin')
    expect(here.bot.heard.map((heard) => heard.name ?? heard.type)).toEqual([
      'installationUpdate',
      'conversationUpdate',
      'application/vnd.microsoft.meetingStart',
      'application/vnd.microsoft.meetingParticipantJoin',
    ])
    const [first] = here.bot.heard
    expect(first).toMatchObject({
      channelId: 'msteams',
      serviceUrl: here.room.url,
      conversation: { conversationType: 'groupChat', isGroup: true },
      recipient: { id: '28:ouverture-bot', name: 'Ouverture' },
      from: { name: 'Anne Martin' },
      locale: 'fr-FR',
    })
    expect(first?.conversation.id).toMatch(/^19:meeting_.*@thread\.v2$/)
    expect(first?.channelData.meeting?.id).toBeTruthy()
  })

  it('gives the bot only the messages that mention it', async () => {
    const anne = await sit(here.room, 'Anne Martin', 'organizer')
    await anne.say('Bonjour à tous')
    await anne.say('@Ouverture aide')
    const heard = await here.bot.hears((each) => each.type === 'message')
    expect(heard).toMatchObject({
      text: '<at>Ouverture</at> aide',
      entities: [{ type: 'mention', mentioned: { id: '28:ouverture-bot' }, text: '<at>Ouverture</at>' }, {}],
    })
    expect(here.bot.heard.filter((each) => each.type === 'message')).toHaveLength(1)
  })

  it('shows a message to everyone, then its edit, then takes it away', async () => {
    const anne = await sit(here.room, 'Anne Martin', 'organizer')
    const first = await here.bot.hears((heard) => heard.type === 'installationUpdate')
    const id = await here.bot.post(first, card([text('Un')]))
    expect(await anne.seesMessage((message) => message.id === id)).toMatchObject({
      edited: false,
      revision: 1,
    })
    await here.bot.edit(first, id, card([text('Deux')]))
    expect(await anne.seesMessage((message) => message.revision === 2)).toMatchObject({ edited: true })
    await here.bot.call('DELETE', first, `${activitiesOf(first)}/${id}`)
    await anne.sees((chat) => chat.messages.length === 0)
    expect((await here.bot.call('DELETE', first, `${activitiesOf(first)}/${id}`)).status).toBe(404)
  })

  it('refuses the eighth message of a second, says when to come back, and counts it', async () => {
    await sit(here.room, 'Anne Martin', 'organizer')
    const first = await here.bot.hears((heard) => heard.type === 'installationUpdate')
    const sent = await Promise.all(
      Array.from({ length: 8 }, () => here.bot.call('POST', first, activitiesOf(first), withCard(card([])))),
    )
    const refused = sent.filter((answer) => answer.status === 429)
    expect(refused).toMatchObject([{ wait: '1', body: { error: { code: 'TooManyRequests' } } }])
    const traffic = await here.bot.call('GET', first, 'api/room/traffic')
    expect(traffic.body.byConversation[first.conversation.id]).toEqual({ create: 7, refused: 1 })
  })

  it('refuses what is too big, unknown, or in a chat the bot was taken out of', async () => {
    const anne = await sit(here.room, 'Anne Martin', 'organizer')
    const first = await here.bot.hears((heard) => heard.type === 'installationUpdate')
    const big = await here.bot.call('POST', first, activitiesOf(first), {
      type: 'message',
      text: 'x'.repeat(60_000),
    })
    expect(big).toMatchObject({ status: 413, body: { error: { code: 'MessageSizeTooBig' } } })
    const unknown = await here.bot.call('PUT', first, `${activitiesOf(first)}/123`, withCard(card([])))
    expect(unknown.status).toBe(404)
    await anne.post('bot', { installed: false })
    const out = await here.bot.call('POST', first, activitiesOf(first), withCard(card([])))
    expect(out).toMatchObject({ status: 403, body: { error: { code: 'BotNotInConversationRoster' } } })
    await here.bot.hears((heard) => heard.type === 'installationUpdate' && heard !== first)
  })

  it('tells who is in the meeting and in which role, but knows nothing of anonymous people', async () => {
    const slug = await firstSlug(here.room.url)
    await sit(here.room, 'Anne Martin', 'organizer', slug)
    const zoe = await sit(here.room, 'Zoé Petit', 'anonymous', slug)
    const first = await here.bot.hears((heard) => heard.type === 'installationUpdate')
    const members = (path = '') => `v3/conversations/${encodeURIComponent(first.conversation.id)}/${path}`
    const roster = (await here.bot.call('GET', first, members('pagedmembers?pageSize=1'))).body
    expect(roster).toMatchObject({
      members: [{ name: 'Anne Martin', userRole: 'user' }],
      continuationToken: '1',
    })
    const one = await here.bot.call('GET', first, members(`members/${encodeURIComponent(zoe.mri)}`))
    expect(one.body).toMatchObject({ name: 'Zoé Petit', userRole: 'anonymous' })
    expect(one.body.aadObjectId).toBeUndefined()

    const meeting = `v1/meetings/${encodeURIComponent(first.channelData.meeting?.id ?? '')}`
    const anne = roster.members[0].aadObjectId
    const participant = await here.bot.call('GET', first, `${meeting}/participants/${anne}?tenantId=x`)
    expect(participant.body).toMatchObject({
      user: { id: first.from.id },
      meeting: { role: 'Organizer', inMeeting: true },
    })
    expect((await here.bot.call('GET', first, `${meeting}/participants/nobody?tenantId=x`)).status).toBe(404)
    expect((await here.bot.call('GET', first, meeting)).body).toMatchObject({
      organizer: { aadObjectId: anne },
    })
  })

  it('lets the bot write in private only to who opened a chat with it', async () => {
    const anne = await sit(here.room, 'Anne Martin', 'organizer')
    const first = await here.bot.hears((heard) => heard.type === 'installationUpdate')
    const wanted = { isGroup: false, members: [{ id: anne.mri }] }
    expect((await here.bot.call('POST', first, 'v3/conversations', wanted)).status).toBe(403)
    await anne.post('chats', { kind: 'personal' })
    const created = await here.bot.call('POST', first, 'v3/conversations', wanted)
    expect(created).toMatchObject({ status: 201, body: { id: expect.stringMatching(/^a:/) } })
  })

  it('says when someone leaves the meeting and comes back', async () => {
    await here.close()
    here = await bench({ leaveAfter: 1 })
    const anne = await sit(here.room, 'Anne Martin', 'organizer')
    anne.leave()
    const left = await here.bot.hears(
      (heard) => heard.name === 'application/vnd.microsoft.meetingParticipantLeave',
    )
    expect(left.value.members).toMatchObject([
      { user: { name: 'Anne Martin' }, meeting: { inMeeting: false } },
    ])
  })

  it('can be unlucky on purpose', async () => {
    await sit(here.room, 'Anne Martin', 'organizer')
    const first = await here.bot.hears((heard) => heard.type === 'installationUpdate')
    here.room.faults.status502 = 1
    expect((await here.bot.call('POST', first, activitiesOf(first), withCard(card([])))).status).toBe(502)
    here.room.faults.status502 = 0
    here.room.faults.timeoutAfter = 1
    await expect(here.bot.call('POST', first, activitiesOf(first), withCard(card([])))).rejects.toThrow()
    here.room.faults.timeoutAfter = 0
    const traffic = await here.bot.call('GET', first, 'api/room/traffic')
    expect(traffic.body.latest.map((line: { status: number }) => line.status)).toEqual([502, 0])
  })

  it('answers nobody who comes by another name or from another site', async () => {
    const elsewhere = await fetch(here.room.url, { headers: { origin: 'https://example.org' } })
    expect(elsewhere.status).toBe(403)
    const form = await fetch(`${here.room.url}api/room/enter`, { method: 'POST', body: 'name=x' })
    expect(form.status).toBe(415)
  })
})
