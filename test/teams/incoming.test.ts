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

const about = { m: '19:meeting@thread.v2', s: '1', d: 'report' }
const place = {
  uploadUrl: 'https://contoso-my.sharepoint.com/upload?guid=1',
  contentUrl: 'https://contoso-my.sharepoint.com/personal/paul/report.docx',
  name: 'report.docx',
  uniqueId: 'u1',
  fileType: 'docx',
}
const answered = (value: unknown, id = 'a1') =>
  readActivity({ ...base, id, type: 'invoke', name: 'fileConsent/invoke', replyToId: 'm1', value })

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
      { ...base, recipient: undefined },
      { ...base, type: '' },
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

  it('is the answer to a file that was offered, with where it goes', () => {
    expect(answered({ action: 'accept', context: about, uploadInfo: place })?.what).toEqual({
      kind: 'file-answered',
      accepted: true,
      about,
      upload: place,
    })
    expect(answered({ action: 'decline', context: about })?.what).toEqual({
      kind: 'file-answered',
      accepted: false,
      about,
      upload: null,
    })
    expect(answered({ action: 'take', context: about })?.what).toEqual({ kind: 'other-invoke' })
    expect(answered('accept')?.what).toEqual({ kind: 'other-invoke' })
  })

  it.each([
    ['missing', undefined],
    ['null', null],
    ['a text', '{"m":"1","s":"2","d":"3"}'],
    ['a list', ['1', '2', '3']],
    ['without its session', { m: '1', d: '3' }],
    ['of numbers', { m: 1, s: 2, d: 3 }],
    ['of objects', { m: { $ne: '' }, s: '2', d: '3' }],
    ['endless', { m: '1', s: 'x'.repeat(301), d: '3' }],
  ])('whose file is about something %s is about nothing', (_what, context) => {
    expect(answered({ action: 'accept', context, uploadInfo: place })?.what).toMatchObject({
      kind: 'file-answered',
      about: null,
      upload: place,
    })
  })

  it.each([
    ['no place', undefined],
    ['a place without an address', { ...place, uploadUrl: '' }],
    ['an endless address', { ...place, uploadUrl: `https://x.sharepoint.com/${'x'.repeat(8000)}` }],
    ['an address that is none', { ...place, contentUrl: ['x'] }],
  ])('with %s for its file has nowhere to put it', (_what, uploadInfo) => {
    const read = answered({ action: 'accept', context: about, uploadInfo })
    expect(read?.what).toMatchObject({ kind: 'file-answered', about, upload: null })
  })

  it('keeps of what a client says about a file only what is known', () => {
    const more = { evil: true, ['__proto__']: { admin: true } }
    const read = answered({
      action: 'accept',
      context: { ...about, ...more },
      uploadInfo: { ...place, ...more, etag: '1' },
    })
    expect(read?.what).toEqual({ kind: 'file-answered', accepted: true, about, upload: place })
  })

  it('about a file has the same key delivered again, another for another place', () => {
    const value = { action: 'accept', context: about, uploadInfo: place }
    const one = answered(value, 'a1')
    expect(answered(value, 'a2')?.key).toBe(one?.key)
    expect(answered({ ...value, uploadInfo: { ...place, uniqueId: 'v' } }, 'a1')?.key).not.toBe(one?.key)
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
        value: { members: [{ user: { id: '29:lea', name: 'Léa' } }] },
      })?.what
    const told = { kind: 'people-changed', event: true }
    expect(event('meetingParticipantJoin')).toEqual({
      ...told,
      came: [{ id: '29:lea', name: 'Léa' }],
      left: [],
    })
    expect(event('meetingParticipantLeave')).toEqual({ ...told, came: [], left: ['29:lea'] })
  })

  it('of people added to the chat tells who, the bot itself left out', () => {
    const added = { membersAdded: [{ id: '28:bot' }, { id: '29:lea', name: 'Léa' }] }
    expect(
      readActivity({ ...base, type: 'conversationUpdate', recipient: { id: '28:bot' }, ...added })?.what,
    ).toEqual({
      kind: 'people-changed',
      came: [{ id: '29:lea', name: 'Léa' }],
      left: [],
      event: false,
    })
  })

  it.each([
    ['meetingStart', 'StartTime', 'meeting-started'],
    ['meetingEnd', 'EndTime', 'meeting-ended'],
  ])(
    'of a meeting, %s, is told once, whatever id it comes under, also without its time',
    (name, time, kind) => {
      const event = (id: string, value: unknown) =>
        readActivity({ ...base, id, type: 'event', name: `application/vnd.microsoft.${name}`, value })
      const given = { [time]: '2026-11-23T14:00:00Z' }
      expect(event('1', given)?.what).toEqual({ kind, at: Date.UTC(2026, 10, 23, 14) })
      expect(event('2', given)?.key).toBe(event('1', given)?.key)
      expect(event('2', { [time]: '2026-11-23T16:00:00Z' })?.key).not.toBe(event('1', given)?.key)
      for (const odd of [null, 'x', {}, { [time]: 'soon' }, { [time]: null }])
        expect(event('3', odd)?.what).toEqual({ kind, at: null })
    },
  )

  it('tells the directory id of who sent it, where the platform does', () => {
    expect(
      readActivity({ ...base, from: { id: '29:p', name: 'P', aadObjectId: 'aad' } })?.from.directoryId,
    ).toBe('aad')
    for (const from of [{ id: '8:z' }, { id: '8:z', aadObjectId: '' }, { id: '8:z', aadObjectId: 7 }])
      expect(readActivity({ ...base, from })?.from.directoryId).toBeNull()
  })
})
