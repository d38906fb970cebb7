import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import type { Json } from '../../src/core/patch.ts'
import { hostileTexts } from '../support/chained.ts'
import type { Card } from '../support/connector.ts'
import type { Chance } from './chance.ts'
import type { Button } from './recorded.ts'
import { addressOf, idOf, names, type World } from './worlds.ts'

/** One activity to be sent, all but its sender and place. */
export interface Hostile {
  fields: Card
  /** What was done to a true one; empty for a true one. */
  mutations: string[]
  verb: string
}

export interface Arsenal {
  buttons: Button[]
  byVerb: Button[][]
  /** Every id of both meetings that a card, or a person, might name. */
  ids: string[]
  words: string[]
}

const giant = 'g'.repeat(30_000)

const texts = [
  ...hostileTexts.map(([, text]) => text),
  giant,
  '',
  ' ',
  '\u202Etxet\u2066\u200B\uFEFF',
  '**gras** [lien](https://pirate.example) ![x](data:,x) <at>Ouverture</at>',
  "${$data} ${json('x')} ${rand(1,2)}",
  '<script>alert(1)</script>',
  '{{x}} {x, plural, other {#}}',
  '__proto__',
  'constructor',
  'true',
  '-1',
  '1e309',
  'NaN',
  '0',
  '../../../etc/passwd',
  'null',
]

const values: Json[] = [null, 0, -1, 1e308, 2 ** 53, true, false, [], {}, ['x'], { x: { y: 'z' } }, [[[[]]]]]

const keys = [
  'do',
  'by',
  'who',
  'person',
  'author',
  'role',
  'from',
  'at',
  'segment',
  'session',
  'm',
  's',
  'g',
  'k',
  'n',
  'd',
  'dialog',
  'about',
  'verb',
  'material',
  'meeting',
  'speaker',
  'editing',
  'page',
  'expect',
  'was',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'key',
  'lang',
  'name',
  'contributes',
  'offer',
  'f-title',
  'shown',
  'p',
  'back',
  'guests',
  'people',
  'groups',
  'onward',
  'next',
  'nextDate',
  'settledBy',
  'accept',
  'msteams',
]

const roles = ['facilitator', 'co-facilitator', 'note-taker', 'participant', 'Organizer', 'admin']

const vocabulary = (): string[] =>
  (['fr', 'en'] as const).flatMap((lang) =>
    ['commands', 'plan-commands'].flatMap((name) => {
      const file = new URL(`../../src/locales/${lang}/${name}.yaml`, import.meta.url)
      const { words } = parse(readFileSync(file, 'utf8')) as { words: Record<string, string[]> }
      return Object.values(words).flat()
    }),
  )

export function arsenalOf(world: World, buttons: Button[]): Arsenal {
  const people = (['a', 'b'] as const).flatMap((tag) => names.map((name) => idOf(tag, name)))
  const places = Object.values(world.places)
  const inData = buttons.flatMap(({ data }) => stringsIn(data))
  const ids = [
    ...people,
    ...people.flatMap((id) => [`${id}#1`, `${id}#2`]),
    ...places.flatMap(({ conversationId, slots }) => [
      conversationId,
      ...slots.flatMap(({ session, slot, messageId }) => [session, slot, messageId]),
    ]),
    ...(['a', 'b'] as const).map((tag) => addressOf(tag, 'paul')),
    ...inData,
  ]
  const byVerb = [...new Set(buttons.map(nameOf))].map((verb) =>
    buttons.filter((one) => nameOf(one) === verb),
  )
  return { buttons, byVerb, ids: [...new Set(ids)], words: vocabulary() }
}

const nameOf = ({ how, verb, data }: Button): string => `${how} ${verb} ${data.dialog ?? data.d ?? ''}`

const stringsIn = (value: Json): string[] => {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(stringsIn)
}

/** The next activity: a true button or command, most often bent. */
export function hostile(dice: Chance, arsenal: Arsenal, tame: ReadonlySet<string>): Hostile {
  if (dice.happens(0.08)) return typed(dice, arsenal)
  if (dice.happens(0.06)) return odd(dice, arsenal)
  const button = chosen(dice, arsenal)
  const data: Card = { ...structuredClone(button.data), ...filled(dice, arsenal, button) }
  const mutations: string[] = []
  // As the cards of a personal chat do, which name the meeting they are about.
  if (dice.happens(0.15)) {
    data.m = button.where
    mutations.push('its own meeting')
  }
  const isTrue = dice.happens(0.2) && !tame.has(button.verb)
  const bends = isTrue ? 0 : 1 + dice.below(3)
  for (let bend = 0; bend < bends; bend += 1) mutations.push(bent(dice, arsenal, data))
  const verb = dice.happens(0.05) ? dice.one(arsenal.buttons).verb : button.verb
  return { fields: wrapped(dice, button, verb, data, mutations), mutations, verb }
}

/**
 * Every verb has its chance, however few its buttons. A launch has the platform asked who someone is, twice a second at
 * most: a few are enough.
 */
function chosen(dice: Chance, { buttons, byVerb }: Arsenal): Button {
  const button = dice.happens(0.5) ? dice.one(dice.one(byVerb)) : dice.one(buttons)
  return button.verb === 'launch' && dice.happens(0.9) ? dice.one(buttons) : button
}

/** Something in every input: a person's own words, or worse. */
const filled = (dice: Chance, arsenal: Arsenal, { inputs }: Button): Card =>
  Object.fromEntries(
    inputs
      .filter(() => dice.happens(0.8))
      .map(({ id, choices }) => [
        id,
        choices.length && dice.happens(0.8) ? dice.one(choices) : word(dice, arsenal),
      ]),
  )

const word = (dice: Chance, arsenal: Arsenal): string => {
  const kind = dice.below(10)
  if (kind < 4) return `de moi ${dice.below(1000)}`
  if (kind < 6) return dice.one(arsenal.ids)
  if (kind < 7) return String(dice.below(6))
  return dice.one(texts)
}

function bent(dice: Chance, arsenal: Arsenal, data: Card): string {
  const own = Object.keys(data)
  const key = dice.happens(0.6) && own.length > 0 ? dice.one(own) : dice.one(keys)
  switch (dice.below(7)) {
    case 0:
      put(data, key, dice.one(arsenal.ids))
      return `another's ${key}`
    case 1:
      Object.assign(data, structuredClone(stamp(dice.one(arsenal.buttons).data)))
      return "another card's stamp"
    case 2:
      put(data, key, structuredClone(dice.one(values)))
      return `${key} of another type`
    case 3:
      put(data, key, dice.one(texts))
      return `hostile ${key}`
    case 4:
      put(data, dice.one(['role', 'as', 'to', 'person']), dice.one(roles))
      return 'a role'
    case 5:
      for (const name of ['by', 'who', 'person', 'author', 'speaker'])
        if (dice.happens(0.5)) put(data, name, dice.one(arsenal.ids))
      return 'someone else'
    default:
      delete data[key]
      return `no ${key}`
  }
}

/** As JSON would: a key of the language is a key like another. */
const put = (data: Card, key: string, value: Json): void => {
  Object.defineProperty(data, key, { value, enumerable: true, configurable: true, writable: true })
}

const stamped = ['m', 's', 'g', 'k', 'n', 'd', 'about', 'dialog']
const stamp = (data: Card): Card =>
  Object.fromEntries(Object.entries(data).filter(([key]) => stamped.includes(key)))

function wrapped(dice: Chance, button: Button, verb: string, data: Card, mutations: string[]): Card {
  const replyToId = dice.happens(0.85) ? button.messageId : dice.one(['', 'none', '1', '999999'])
  const how = dice.happens(0.85) ? button.how : dice.one(['press', 'fetch', 'submit'] as const)
  if (how !== button.how) mutations.push(`sent as ${how}`)
  if (how === 'press' && dice.happens(0.25)) return { type: 'message', replyToId, value: { ...data, verb } }
  if (how === 'press')
    return {
      type: 'invoke',
      name: 'adaptiveCard/action',
      replyToId,
      value: { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' },
    }
  return {
    type: 'invoke',
    name: `task/${how}`,
    replyToId,
    value: { data: { ...data, ...(data.verb === undefined ? { verb } : {}) } },
  }
}

function typed(dice: Chance, arsenal: Arsenal): Hostile {
  const more = dice.happens(0.7)
    ? ` ${dice.happens(0.4) ? `${dice.below(12)} ` : ''}${word(dice, arsenal)}`
    : ''
  const command = dice.one(arsenal.words)
  const text = `<at>Ouverture</at> ${/^(lanc|launch)/u.test(command) && dice.happens(0.9) ? 'aide' : command}${more}`
  return { fields: { type: 'message', text }, mutations: ['typed'], verb: 'typed' }
}

const oddTypes = [
  'invoke',
  'invoke',
  'invoke',
  'event',
  'event',
  'conversationUpdate',
  'installationUpdate',
  'messageReaction',
  'messageUpdate',
  'messageDelete',
  'typing',
  'endOfConversation',
  'trace',
  'handoff',
  'command',
  '__proto__',
  'invoke',
  'message',
]
const oddNames = [
  'fileConsent/invoke',
  'task/fetch',
  'task/submit',
  'adaptiveCard/action',
  'composeExtension/query',
  'signin/verifyState',
  'application/vnd.microsoft.meetingStart',
  'application/vnd.microsoft.meetingEnd',
  'application/vnd.microsoft.meetingParticipantJoin',
  'application/vnd.microsoft.meetingParticipantLeave',
  '',
]

function odd(dice: Chance, arsenal: Arsenal): Hostile {
  const about = { m: dice.one(arsenal.ids), s: dice.one(arsenal.ids), d: dice.one(['report', 'bundle', 'x']) }
  const place = {
    uploadUrl: 'http://127.0.0.1:1/files/x',
    contentUrl: 'http://127.0.0.1:1/x',
    name: 'x',
    uniqueId: 'x',
    fileType: 'docx',
  }
  const fields: Card = {
    type: dice.one(oddTypes),
    name: dice.one(oddNames),
    value: dice.one<Json>([
      ...values,
      { action: 'accept', context: about, uploadInfo: place },
      { action: 'decline', context: about },
      { members: [{ user: { id: dice.one(arsenal.ids) } }] },
      { data: dice.one(values) },
      { action: { verb: dice.one(arsenal.buttons).verb, data: dice.one(values) } },
    ]),
    ...(dice.happens(0.2) ? { text: dice.one<Json>([...texts, ...values]) } : {}),
    ...(dice.happens(0.2)
      ? { membersAdded: dice.one<Json>([[{ id: '29:stranger', name: 'Inconnue' }], ...values]) }
      : {}),
    ...(dice.happens(0.2)
      ? {
          channelData: dice.one<Json>([
            ...values,
            { tenant: { id: 'another' } },
            { meeting: { id: 'MCM-b' } },
          ]),
        }
      : {}),
    ...(dice.happens(0.2) ? { from: dice.one(values) } : {}),
    ...(dice.happens(0.2) ? { locale: dice.one<Json>([...values, 'en-GB', giant]) } : {}),
    ...(dice.happens(0.1) ? { id: dice.one(values) } : {}),
    ...(dice.happens(0.1) ? { entities: dice.one(values), attachments: dice.one(values) } : {}),
  }
  return { fields, mutations: ['odd'], verb: 'odd' }
}
