import { describe, expect, it } from 'vitest'
import { fateOf, replyOfError, retryAfterMs } from '../../src/teams/errors.ts'

describe('how long the platform asks to wait', () => {
  it.each([
    ['3', 3000],
    ['0', 0],
    ['0.5', 500],
    ['Mon, 23 Nov 2026 13:00:10 GMT', 10_000],
    ['Mon, 23 Nov 2026 12:00:00 GMT', 0],
    ['99999999999', 3_600_000],
    ['-5', 0],
    ['soon', null],
    ['', null],
    [null, null],
  ])('is read from %o', (header, expected) => {
    expect(retryAfterMs(header, Date.UTC(2026, 10, 23, 13))).toBe(expected)
  })
})

describe('a request without an answer', () => {
  const failed = (code: string) =>
    new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code }) })

  it.each(['ECONNREFUSED', 'ENOTFOUND', 'UND_ERR_CONNECT_TIMEOUT', 'CERT_HAS_EXPIRED'])(
    'never left: %s',
    (code) => {
      expect(replyOfError(failed(code))).toEqual({ answered: false, left: false, why: code })
    },
  )

  it('never left when no address of a host could be reached', () => {
    const each = Object.assign(new Error('x'), { code: 'ECONNREFUSED' })
    expect(
      replyOfError(new TypeError('fetch failed', { cause: new AggregateError([each, each]) })),
    ).toMatchObject({ left: false })
  })

  it.each([
    failed('ECONNRESET'),
    failed('UND_ERR_SOCKET'),
    new DOMException('late', 'TimeoutError'),
    new Error('x'),
    'x',
  ])('may have arrived: %s', (error) => {
    expect(replyOfError(error)).toMatchObject({ left: true })
    expect(fateOf(replyOfError(error))).toMatchObject({ fate: 'unsure' })
  })
})

describe('an answer that is not what it should be', () => {
  it.each([null, 'text', {}, { error: null }, { error: { code: 3 } }, []])(
    'is still an answer: %o',
    (body) => {
      expect(fateOf({ answered: true, status: 400, retryAfterMs: null, body })).toEqual({
        fate: 'never',
        why: '400',
        gone: false,
      })
    },
  )

  it('is no success when it sends us elsewhere', () => {
    expect(fateOf({ answered: true, status: 302, retryAfterMs: null, body: null })).toMatchObject({
      fate: 'never',
    })
  })
})
