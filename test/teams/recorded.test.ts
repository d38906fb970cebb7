import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readActivity } from '../../src/teams/incoming.ts'
import { reachFrom } from '../../src/teams/reach.ts'

const folder = join(import.meta.dirname, '../fixtures/activities')

/** What each recorded activity is, in our words. */
const expected: Record<string, { kind: string; ground?: string; verb?: string }> = {
  'conversationUpdate-added': { kind: 'people-changed', ground: 'meeting' },
  'conversationUpdate-added-personal': { kind: 'people-changed', ground: 'personal' },
  'event-meetingParticipantJoin': { kind: 'people-changed' },
  'event-meetingParticipantLeave': { kind: 'people-changed' },
  'event-meetingStart': { kind: 'meeting-started', ground: 'meeting' },
  'installationUpdate-add': { kind: 'installed', ground: 'meeting' },
  'installationUpdate-personal-add': { kind: 'installed', ground: 'personal' },
  'invoke-action-clear': { kind: 'pressed', verb: 'clear' },
  'invoke-action-join': { kind: 'pressed', verb: 'join' },
  'invoke-action-launch': { kind: 'pressed', verb: 'launch' },
  'invoke-action-refresh': { kind: 'pressed', verb: 'refresh' },
  'invoke-action-start': { kind: 'pressed', verb: 'start' },
  'invoke-fetch-note': { kind: 'dialog-asked' },
  'invoke-file-accept': { kind: 'file-answered', ground: 'personal' },
  'invoke-file-decline': { kind: 'file-answered', ground: 'personal' },
  'invoke-submit-note': { kind: 'dialog-sent', verb: 'note' },
  'message-text': { kind: 'typed', ground: 'meeting' },
  'message-text-personal': { kind: 'typed', ground: 'personal' },
}

describe('recorded activities', () => {
  it('are all read, and no other is expected', () => {
    expect(
      readdirSync(folder)
        .map((file) => file.replace('.json', ''))
        .sort(),
    ).toEqual(Object.keys(expected).sort())
  })

  it.each(Object.entries(expected))('%s is what it should be', (name, { kind, ground, verb }) => {
    const activity: unknown = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'))
    const read = readActivity(activity)
    expect(read?.what.kind).toBe(kind)
    if (ground) expect(read?.ground).toBe(ground)
    if (verb && read && 'press' in read.what) expect(read.what.press.verb).toBe(verb)
    expect(reachFrom(activity)).toMatchObject({
      serviceUrl: expect.stringMatching(/^http/u),
      botId: '28:ouverture-bot',
    })
  })
})
