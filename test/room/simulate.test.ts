import { afterEach, describe, expect, it } from 'vitest'
import { offersIn } from '../../src/room/simulate-cards.ts'
import { personas } from '../../src/room/simulate-texts.ts'
import { type Bench, bench, sit } from './seat.ts'
import { card, cardAnswer, execute, type Heard, text } from './tiny-bot.ts'

const input = (type: string, id: string, rest: object = {}) => ({
  type: `Input.${type}`,
  id,
  label: id,
  ...rest,
})
const marks = ['1', '2', '3', '4'].map((value) => ({ title: value, value }))

const joinForm = card(
  [
    input('Text', 'firstName'),
    input('Text', 'reason', { maxLength: 20 }),
    input('ChoiceSet', 'profile', {
      choices: [
        { title: 'Agent', value: 'agent' },
        { title: 'Autre', value: 'citizen' },
      ],
    }),
    input('Toggle', 'consent', { valueOn: 'yes' }),
  ],
  { actions: [execute('Terminer l’atelier', 'end'), execute('Je participe', 'join', { segment: 0 })] },
)

describe('a simulated participant', () => {
  let here: Bench
  afterEach(() => here?.close())

  /** Runs the room at full speed with that many of them; `behave` answers what they press. */
  async function withSimulated(count: number, behave: (heard: Heard) => unknown) {
    here = await bench({ behave: (heard) => (heard.type === 'invoke' ? behave(heard) : undefined) })
    here.clock.setSpeed(60)
    const anne = await sit(here.room, 'Anne Martin', 'organizer')
    await anne.post('simulated', { count, pace: 'fast' })
    return { anne, first: await here.bot.hears((heard) => heard.type === 'installationUpdate') }
  }

  const pressed = (verb: string) => (heard: Heard) => heard.value?.action?.verb === verb
  const pressesOf = (verb: string) => here.bot.heard.filter(pressed(verb))

  it('fills the form as itself, presses once, and never what is the facilitator’s', async () => {
    const { first } = await withSimulated(1, () => cardAnswer(card([text('Bienvenue')])))
    const id = await here.bot.post(first, joinForm)
    const join = await here.bot.hears(pressed('join'))
    expect(join.value.action.data).toMatchObject({
      segment: 0,
      firstName: 'Sophie',
      profile: 'agent',
      consent: 'yes',
    })
    expect(join.value.action.data.reason.length).toBeLessThanOrEqual(20)
    await here.bot.edit(first, id, joinForm)
    await here.bot.post(first, card([], { actions: [execute('C’est clair', 'clear')] }))
    await here.bot.hears(pressed('clear'))
    expect(pressesOf('join')).toHaveLength(1)
    expect(pressesOf('end')).toHaveLength(0)
  })

  it('turns the pages of its ratings, one after the other', async () => {
    const page = (ids: string[]) =>
      card(
        ids.map((id) => input('ChoiceSet', id, { choices: marks })),
        { actions: [execute('Suite', 'rate-save')] },
      )
    const { first } = await withSimulated(1, (heard) =>
      cardAnswer('d-1' in heard.value.action.data ? page(['d-2', 'f-2']) : card([text('Merci')])),
    )
    await here.bot.post(first, page(['d-1', 'f-1']))
    const last = await here.bot.hears((heard) => heard.value?.action?.data?.['d-2'] !== undefined)
    expect(marks.map((mark) => mark.value)).toContain(last.value.action.data['d-2'])
    expect(pressesOf('rate-save')).toHaveLength(2)
  })

  it('looks at its own view, and speaks again when its turn comes back', async () => {
    const { first, anne } = await withSimulated(1, (heard) => {
      const hasFloor = heard.value.action.verb === 'mine' && heard.value.action.data.turn === 'open'
      return cardAnswer(
        card([text('Vue')], hasFloor ? { actions: [execute('J’ai terminé', 'floor-done')] } : {}),
      )
    })
    const sophie = await anne.sees((chat) => chat.members.find((member) => member.simulated))
    expect(sophie.name).toBe('Sophie Lambert')
    const joined = await here.bot.hears(
      (heard) => heard.name?.endsWith('ParticipantJoin') === true && heard.from.name === 'Sophie Lambert',
    )
    const step = (turn: string) =>
      card([text('Tour de table')], {
        refresh: {
          userIds: [joined.from.id],
          action: { type: 'Action.Execute', verb: 'mine', data: { turn } },
        },
      })
    const id = await here.bot.post(first, step('open'))
    await here.bot.hears(pressed('floor-done'))
    await here.bot.edit(first, id, step('closed'))
    await here.bot.hears((heard) => heard.value?.action?.data?.turn === 'closed')
    await here.bot.edit(first, id, step('open'))
    await here.bot.hears(() => pressesOf('floor-done').length === 2)
  })

  it('tries again, but not for ever, when the bot fails', async () => {
    const { first } = await withSimulated(1, () => ({ status: 500 }))
    await here.bot.post(first, card([], { actions: [execute('C’est clair', 'clear')] }))
    await here.bot.hears(() => pressesOf('clear').length === 3)
    await here.bot.post(first, card([], { actions: [execute('J’ai fini', 'ideas-done')] }))
    await here.bot.hears(() => pressesOf('ideas-done').length === 3)
    expect(pressesOf('clear')).toHaveLength(3)
  })

  it('leaves with the others when asked to', async () => {
    const { anne } = await withSimulated(10, () => undefined)
    await anne.sees((chat) => chat.members.length === 11)
    await anne.post('simulated/remove', {})
    await anne.sees((chat) => chat.members.length === 1)
  })

  it('exists in both languages with the same twelve people', () => {
    const ids = personas('fr').map((persona) => persona.id)
    expect(ids).toHaveLength(12)
    expect(personas('en').map((persona) => persona.id)).toEqual(ids)
  })

  it('finds buttons wherever they are, with the inputs they would send', () => {
    const nested = card(
      [
        input('Text', 'outer'),
        { type: 'ActionSet', actions: [{ ...execute('Passer', 'pass'), associatedInputs: 'none' }] },
        {
          type: 'Container',
          isVisible: false,
          items: [{ type: 'ActionSet', actions: [execute('Caché', 'hidden')] }],
        },
      ],
      {
        actions: [
          {
            type: 'Action.ShowCard',
            card: card([input('Text', 'inner')], { actions: [execute('Oui', 'yes')] }),
          },
        ],
      },
    )
    const found = offersIn(nested).map(({ verb, inputs }) => [verb, inputs.map((each) => each.id)])
    expect(found).toEqual([
      ['pass', []],
      ['yes', ['outer', 'inner']],
    ])
  })
})
