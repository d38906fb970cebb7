import { afterEach, describe, expect, it } from 'vitest'
import { type Bench, bench, sit } from './seat.ts'
import { card, cardAnswer, execute, messageAnswer, text } from './tiny-bot.ts'

const form = card([text('Votre idée ?')], { actions: [execute('Envoyer', 'save', { segment: 4 })] })

describe('what one person gets back from a card', () => {
  let here: Bench
  afterEach(() => here.close())

  it('is theirs alone: nothing of it reaches the others', async () => {
    here = await bench({
      behave: (heard) => heard.type === 'invoke' && cardAnswer(card([text('Reçu : secret')])),
    })
    const anne = await sit(here.room, 'Anne Martin', 'organizer')
    const paul = await sit(here.room, 'Paul Roux')
    const first = await here.bot.hears((heard) => heard.type === 'installationUpdate')
    const id = await here.bot.post(first, form)
    const message = await anne.seesMessage((each) => each.id === id)
    const outcome = await anne.press(message, {
      type: 'Action.Execute',
      verb: 'save',
      data: { segment: 4, idea: 'secret' },
    })
    expect(outcome).toMatchObject({ kind: 'card' })
    expect(JSON.stringify(await paul.seesMessage((each) => each.id === id))).not.toContain('secret')
    const invoke = await here.bot.hears((heard) => heard.type === 'invoke')
    expect(invoke).toMatchObject({
      name: 'adaptiveCard/action',
      replyToId: id,
      from: { id: anne.mri },
      value: {
        trigger: 'manual',
        action: { type: 'Action.Execute', verb: 'save', data: { segment: 4, idea: 'secret' } },
      },
    })
  })

  it('may be a sentence, a dialog, nothing or a failure', async () => {
    const answers: Record<string, unknown> = {
      say: messageAnswer('Merci.'),
      refuse: {
        statusCode: 400,
        type: 'application/vnd.microsoft.error',
        value: { code: 'x', message: 'y' },
      },
      break: { status: 500 },
    }
    here = await bench({
      behave: (heard) => {
        if (heard.name === 'task/fetch') {
          return {
            task: { type: 'continue', value: { title: 'Note', height: 'small', card: { content: form } } },
          }
        }
        if (heard.name === 'task/submit') return { task: { type: 'message', value: 'Notée.' } }
        return answers[heard.value?.action?.verb]
      },
    })
    const anne = await sit(here.room, 'Anne Martin', 'organizer')
    const first = await here.bot.hears((heard) => heard.type === 'installationUpdate')
    const id = await here.bot.post(first, form)
    const message = await anne.seesMessage((each) => each.id === id)
    const press = (verb: string) => anne.press(message, { type: 'Action.Execute', verb })
    expect(await press('say')).toEqual({ kind: 'notice', text: 'Merci.' })
    expect(await press('refuse')).toEqual({ kind: 'failed', status: 400 })
    expect(await press('break')).toEqual({ kind: 'failed', status: 500 })
    expect(await press('unheard')).toEqual({ kind: 'nothing' })

    const data = { msteams: { type: 'task/fetch' }, what: 'note' }
    expect(await anne.press(message, { type: 'Action.Submit', data })).toMatchObject({
      kind: 'dialog',
      title: 'Note',
    })
    const submitted = await anne.post('dialog', { data: { note: 'entendu' } })
    expect(await submitted.json()).toEqual({ kind: 'notice', text: 'Notée.' })

    await anne.press(message, { type: 'Action.Submit', data: { plain: 1 } })
    const sent = await here.bot.hears((heard) => heard.type === 'message')
    expect(sent).toMatchObject({ replyToId: id, value: { plain: 1 } })
  })

  it('cannot be asked for by someone who is not there', async () => {
    here = await bench()
    const anne = await sit(here.room, 'Anne Martin', 'organizer')
    const first = await here.bot.hears((heard) => heard.type === 'installationUpdate')
    await here.bot.post(first, form)
    await anne.post('chats', { kind: 'personal' })
    const paul = await sit(here.room, 'Paul Roux')
    const personal = await here.bot.hears((heard) => heard.conversation.conversationType === 'personal')
    const intruding = await paul.post('say', { conversation: personal.conversation.id, text: 'coucou' })
    expect(intruding.status).toBe(403)
    expect((await paul.post('say', { token: 'guess', text: 'coucou' })).status).toBe(401)
  })
})
