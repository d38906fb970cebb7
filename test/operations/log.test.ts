import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { safeLog } from '../../src/operations/log.ts'
import { errorFacts, isId, isWord } from '../../src/operations/safe.ts'
import { trail } from '../../src/operations/trail.ts'
import { DamagedRecord } from '../../src/ports.ts'

const canary = 'Canarine Zibeline <canarine@canari.example>'

function listening() {
  const lines: object[] = []
  const write = (line: object, message: string) => void lines.push({ ...line, message })
  const causes = trail()
  return { lines, causes, log: safeLog({ info: write, warn: write, error: write }, causes) }
}

const thrown = (work: () => unknown): unknown => {
  try {
    return work()
  } catch (error) {
    return error
  }
}

describe('a line of the log', () => {
  it('tells the facts it is given, and what caused them', () => {
    const { lines, causes, log } = listening()
    causes.under('activity-1', () =>
      log.info({ meeting: '19:meeting_x@thread.v2', tries: 2, why: '429 TooManyRequests' }, 'asked again'),
    )
    expect(lines).toEqual([
      {
        cause: 'activity-1',
        meeting: '19:meeting_x@thread.v2',
        tries: 2,
        why: '429 TooManyRequests',
        message: 'asked again',
      },
    ])
  })

  it('withholds what is no such fact, and says which', () => {
    const { lines, log } = listening()
    log.warn({ activity: 'une idée', why: canary, meeting: 'canarine@canari.example', tries: 1 }, 'refused')
    expect(lines).toEqual([{ tries: 1, withheld: ['activity', 'why', 'meeting'], message: 'refused' }])
  })

  it('withholds a fact that has no place in it, its name included', () => {
    const { lines, log } = listening()
    log.info(JSON.parse(`{"${canary}":"${canary}"}`), 'said')
    expect(lines).toEqual([{ withheld: ['other'], message: 'said' }])
  })

  it.each([
    ['a parser', () => JSON.parse(`{"idea": ${canary}`)],
    ['a schema', () => z.enum(['a', 'b']).parse(canary)],
    ['our own code', () => new Error(canary)],
    ['something that is no error', () => canary],
    [
      'an error that took its name from what it read',
      () => Object.assign(new Error('x'), { name: canary, code: canary }),
    ],
    ['a message that looks like a place', () => new Error(`x\n    at /src/${canary}.ts:1:1`)],
    ['a cause', () => new Error('x', { cause: new Error(canary) })],
  ])('never quotes what %s was given', (_, work) => {
    const { lines, log } = listening()
    log.error({ error: thrown(work) }, 'failed')
    expect(lines).toHaveLength(1)
    expect(JSON.stringify(lines)).not.toMatch(/canari/iu)
  })

  it('keeps an error’s name, its code and its place in our code', () => {
    const disk = Object.assign(new Error(`ENOSPC: ${canary}`), { code: 'ENOSPC' })
    expect(errorFacts(disk)).toEqual({ name: 'Error', code: 'ENOSPC' })
    expect(errorFacts(new Error('fetch failed', { cause: disk }))).toMatchObject({ code: 'ENOSPC' })
    const ours = Object.assign(new Error('no'), {
      stack: 'Error: no\n    at work (file:///app/src/core/meeting.ts:12:3)',
    })
    expect(errorFacts(ours)).toEqual({ name: 'Error', at: 'core/meeting.ts:12:3' })
    expect(errorFacts(new DamagedRecord('not JSON (12 characters)'))).toMatchObject({
      name: 'DamagedRecord',
      says: 'not JSON (12 characters)',
    })
  })
})

describe('what may be written', () => {
  it('of ids: the platform’s and ours, and no address', () => {
    for (const id of [
      '19:meeting_x@thread.v2',
      '19:a_b@unq.gbl.spaces',
      'a:1-x',
      '1700000000000',
      '8:orgid:1',
      'step/x/3',
    ])
      expect(isId(id), id).toBe(true)
    for (const id of ['a@b.fr', 'a b', 'é', 'a@thread.fr', 'x'.repeat(301), 12])
      expect(isId(id), String(id)).toBe(false)
  })

  it('of words: ours, statuses and codes, and no sentence of people', () => {
    for (const word of [
      'pressed',
      '502',
      '403 Forbidden',
      'no token',
      'its card is too heavy (81 KB)',
      'ECONNREFUSED',
    ])
      expect(isWord(word), word).toBe(true)
    for (const word of ['a@b', 'l’idée', 'x'.repeat(200), '', 3])
      expect(isWord(word), String(word)).toBe(false)
  })
})
