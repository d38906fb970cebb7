import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Acquaintance } from '../../src/room/views.ts'
import { type Bench, bench, firstSlug, open, type Seat, sit } from './seat.ts'
import { card, cardAnswer, execute, type Heard, text } from './tiny-bot.ts'

const joins = (name: string) => (heard: Heard) =>
  heard.name === 'application/vnd.microsoft.meetingParticipantJoin' && heard.from.name === name

describe('several meetings, a week apart', () => {
  let here: Bench
  beforeEach(async () => {
    here = await bench({ behave: (heard) => heard.type === 'invoke' && cardAnswer(card([text('Merci')])) })
  })
  afterEach(() => here.close())

  const newMeeting = async (who: Seat, title: string): Promise<string> =>
    ((await (await who.post('meetings', { title })).json()) as { slug: string }).slug

  const joinsOf = (name: string): Heard[] => here.bot.heard.filter(joins(name))

  it('are held by the same person, whom the bot knows by the same id', async () => {
    const anne = await sit(here.room, 'Anne Martin', 'organizer')
    const second = await newMeeting(anne, 'Atelier 2')
    const third = await newMeeting(anne, 'Atelier 2')
    expect(third).not.toBe(second)
    for (const slug of [second, third]) await open(here.room, anne.token, slug)
    await here.bot.hears(() => joinsOf('Anne Martin').length === 3)
    expect(new Set(joinsOf('Anne Martin').map((heard) => heard.from.id))).toEqual(new Set([anne.mri]))
    expect(new Set(joinsOf('Anne Martin').map((heard) => heard.conversation.id)).size).toBe(3)
    const roles = joinsOf('Anne Martin').map((heard) => heard.value.members[0].meeting.role)
    expect(roles).toEqual(['Organizer', 'Organizer', 'Organizer'])
  })

  it('bring back the same simulated people, and new ones once those are there', async () => {
    const anne = await sit(here.room, 'Anne Martin', 'organizer')
    await anne.post('simulated', { count: 2, pace: 'fast' })
    const there = await open(here.room, anne.token, await newMeeting(anne, 'Atelier 2'))
    await there.post('simulated', { count: 2, pace: 'slow' })
    await there.post('simulated', { count: 1, pace: 'slow' })
    const members = await there.sees((chat) => chat.members.length === 4 && chat.members)
    const keys = (chat: { members: { key: string; simulated: boolean }[] }) =>
      chat.members.filter((member) => member.simulated).map((member) => member.key)
    expect(keys({ members }).slice(0, 2)).toEqual(keys(anne.chat()))
    await here.bot.hears(() => joinsOf('Sophie Lambert').length === 2)
    expect(new Set(joinsOf('Sophie Lambert').map((heard) => heard.from.id)).size).toBe(1)
  })

  it('let a simulated person go on in one when taken out of the other', async () => {
    here.clock.setSpeed(60)
    const anne = await sit(here.room, 'Anne Martin', 'organizer')
    await anne.post('simulated', { count: 1, pace: 'fast' })
    const first = await here.bot.hears((heard) => heard.type === 'installationUpdate')
    const there = await open(here.room, anne.token, await newMeeting(anne, 'Atelier 2'))
    await there.post('simulated', { count: 1, pace: 'fast' })
    await here.bot.post(first, card([], { actions: [execute('C’est clair', 'clear')] }))
    await there.post('simulated/remove', {})
    await here.bot.hears((heard) => heard.value?.action?.verb === 'clear')
    expect(anne.chat().members).toHaveLength(2)
  })

  it('never give two messages the same name', async () => {
    const anne = await sit(here.room, 'Anne Martin', 'organizer')
    const there = await open(here.room, anne.token, await newMeeting(anne, 'Atelier 2'))
    await Promise.all([anne, there, anne, there].map((seat, index) => seat.say(`Bonjour ${index}`)))
    const ids = [anne, there].flatMap((seat) => seat.chat().messages.map((message) => message.id))
    expect(ids).toHaveLength(4)
    expect(new Set(ids).size).toBe(4)
  })

  it('are entered again as the person one was, with the role one had', async () => {
    const anne = await sit(here.room, 'Anne Martin', 'organizer')
    const paul = await sit(here.room, 'Paul Roux')
    const slug = await firstSlug(here.room.url)
    const known = async (): Promise<Acquaintance[]> => {
      const answer = await anne.post('known', { tokens: [anne.token, 'guess', paul.token], slug })
      return ((await answer.json()) as { people: Acquaintance[] }).people
    }
    expect(await known()).toMatchObject([
      { name: 'Anne Martin', role: 'Organizer', isHere: true },
      { name: 'Paul Roux', role: 'Attendee', isHere: true },
    ])
    paul.leave()
    await expect.poll(async () => (await known())[1]?.isHere).toBe(false)

    const back = await paul.post('return', { slug, entry: 'presenter' })
    const seat = (await back.json()) as { token: string; slug: string }
    const again = await open(here.room, seat.token, seat.slug)
    expect(again.mri).toBe(paul.mri)
    expect(again.chat().members.map((member) => [member.name, member.role])).toEqual([
      ['Anne Martin', 'Organizer'],
      ['Paul Roux', 'Attendee'],
    ])
    expect((await paul.post('return', { token: 'guess', slug, entry: 'attendee' })).status).toBe(401)
  })
})

describe('what someone types', () => {
  it('reaches the bot up to what Teams lets through, and no further', async () => {
    const here = await bench()
    const anne = await sit(here.room, 'Anne Martin', 'organizer')
    const said = `@Ouverture ${'é'.repeat(13_000)}`
    await anne.say(said)
    const heard = await here.bot.hears((each) => each.type === 'message')
    expect(heard.text).toHaveLength(said.length - '@Ouverture'.length + '<at>Ouverture</at>'.length)
    expect((await anne.post('say', { text: 'é'.repeat(14_500) })).status).toBe(413)
    await here.close()
  })
})
