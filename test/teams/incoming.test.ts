import { describe, expect, it } from 'vitest'
import { readActivity } from '../../src/teams/incoming.ts'

const base = {
  type: 'message',
  id: 'a1',
  from: { id: '29:paul', name: 'Paul' },
  recipient: { id: '28:bot' },
  conversation: { id: '19:meeting@thread.v2', conversationType: 'groupChat' },
  channelData: { meeting: { id: 'M' } },
}
const pressed = (data: unknown, more: object = {}) =>
  readActivity({
    ...base,
    type: 'invoke',
    name: 'adaptiveCard/action',
    replyToId: 'm1',
    value: { action: { type: 'Action.Execute', verb: 'next', data } },
    ...more,
  })

describe('an activity', () => {
  it('without a sender or a conversation is none', () => {
    for (const raw of [
      null,
      7,
      'x',
      [],
      {},
      { ...base, from: {} },
      { ...base, from: undefined },
      { ...base, conversation: {} },
    ])
      expect(readActivity(raw)).toBeNull()
  })

  it('is a typed line, the mention left out', () => {
    expect(readActivity({ ...base, text: '<at>Ouverture</at> suivant' })?.what).toEqual({
      kind: 'typed',
      text: 'suivant',
    })
    expect(readActivity({ ...base, value: null })?.what).toEqual({ kind: 'typed', text: '' })
  })

  it('is a press, with the card it came from and the fields apart', () => {
    const read = pressed({
      verb: 'x',
      s: '1',
      g: 'seg',
      k: 'step/seg/1',
      n: 3,
      expect: 'e',
      title1: 'Budget',
      deep: { a: 1 },
    })
    expect(read?.what).toMatchObject({
      kind: 'pressed',
      execute: true,
      press: {
        verb: 'next',
        session: '1',
        segment: 'seg',
        slot: 'step/seg/1',
        messageId: 'm1',
        fields: { expect: 'e', title1: 'Budget' },
      },
    })
  })

  it('takes role and identity from its sender, whatever the card says', () => {
    const read = pressed({ from: { id: '29:claire' }, by: '29:claire', role: 'facilitator' })
    expect(read?.from.id).toBe('29:paul')
  })

  it('has the same key for the same gesture under another id, another for another gesture', () => {
    const one = pressed({ s: '1', n: 3 }, { id: 'a1' })
    expect(pressed({ s: '1', n: 3 }, { id: 'a2' })?.key).toBe(one?.key)
    expect(pressed({ s: '1', n: 4 }, { id: 'a1' })?.key).not.toBe(one?.key)
    expect(pressed({ s: '1', n: 3 }, { from: { id: '29:lea' } })?.key).not.toBe(one?.key)
  })

  it('of a kind nobody knows is nothing to answer', () => {
    expect(readActivity({ ...base, type: 'invoke', name: 'composeExtension/query' })?.what).toEqual({
      kind: 'other-invoke',
    })
    expect(readActivity({ ...base, type: 'typing' })?.what).toEqual({ kind: 'other' })
  })

  it('tells a meeting from a chat and from a private conversation', () => {
    expect(readActivity(base)?.ground).toBe('meeting')
    expect(readActivity({ ...base, channelData: {} })?.ground).toBe('chat')
    expect(readActivity({ ...base, conversation: { id: 'a:1', conversationType: 'personal' } })?.ground).toBe(
      'personal',
    )
  })

  it('of people coming and going tells who', () => {
    const event = (name: string) =>
      readActivity({
        ...base,
        type: 'event',
        name: `application/vnd.microsoft.${name}`,
        value: { members: [{ user: { id: '29:lea' } }] },
      })?.what
    expect(event('meetingParticipantJoin')).toEqual({ kind: 'people-changed', came: ['29:lea'], left: [] })
    expect(event('meetingParticipantLeave')).toEqual({ kind: 'people-changed', came: [], left: ['29:lea'] })
  })
})
