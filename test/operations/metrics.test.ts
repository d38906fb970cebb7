import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { metrics } from '../../src/operations/metrics.ts'
import { bot, cleanUp, lobby, meeting, people, shows } from '../support/wire.ts'

afterEach(cleanUp)

/** `name{labels}` → value of every line that is a figure. */
function figures(text: string): Map<string, number> {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return new Map(lines.map((line) => [line.replace(/ \S+$/u, ''), Number(line.split(' ').at(-1))]))
}

describe('figures', () => {
  it('are served on this machine, as Prometheus reads them, and count what happened', {
    timeout: 40_000,
  }, async () => {
    const connector = await meeting({ limits: false })
    const { metricsPort } = await bot(connector, { METRICS_PORT: '0' })
    await lobby(connector)
    connector.fault({ method: 'POST', status: 429, retryAfter: 0 })
    await connector.message(people[0] ?? { id: '', name: '' }, 'aide')
    await shows(connector, 'Démarre l’atelier')

    const answer = await fetch(`http://127.0.0.1:${metricsPort}/metrics`)
    expect(answer.headers.get('content-type')).toContain('text/plain; version=0.0.4')
    const text = await answer.text()
    const read = figures(text)
    expect(read.get('ouverture_activities_total{kind="installed",outcome="answered"}')).toBe(1)
    expect(read.get('ouverture_turn_seconds_count{kind="installed"}')).toBe(1)
    expect(read.get('ouverture_requests_total{kind="post",status="2xx"}')).toBeGreaterThanOrEqual(4)
    expect(read.get('ouverture_requests_total{kind="post",status="429"}')).toBe(1)
    expect(read.get('ouverture_retries_total{kind="post"}')).toBe(1)
    expect(read.get('ouverture_request_wait_seconds_count{kind="post"}')).toBeGreaterThanOrEqual(4)
    expect(read.get('ouverture_effects_total{outcome="shown"}')).toBeGreaterThanOrEqual(2)
    expect(read.get('ouverture_saves_total{outcome="saved"}')).toBeGreaterThanOrEqual(5)
    expect(read.get('ouverture_save_seconds_count')).toBe(read.get('ouverture_saves_total{outcome="saved"}'))
    expect(read.get('ouverture_live_sessions')).toBe(1)
    expect(read.get('ouverture_outbox')).toBeGreaterThanOrEqual(0)
    expect(read.get('ouverture_waiting_requests')).toBeGreaterThanOrEqual(0)
    expect(read.get('process_cpu_seconds_total')).toBeGreaterThan(0)
    for (const { id, name } of people) {
      expect(text).not.toContain(name.split(' ')[0])
      expect(text).not.toContain(id)
    }
    expect(text).not.toContain(connector.conversationId)
  })

  it('are on that port alone, and nowhere without it', async () => {
    const connector = await meeting()
    const { metricsPort, botPort } = await bot(connector)
    expect(metricsPort).toBeNull()
    expect((await fetch(`http://127.0.0.1:${botPort}/metrics`)).status).toBe(404)
  })

  it('are those the README tells, all of them', async () => {
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
    const { meter, text } = metrics()
    for (const what of ['live-sessions', 'waiting-requests', 'outbox'] as const) meter.watch(what, () => 0)
    const namesIn = (all: string) => [...new Set(all.match(/ouverture_[a-z_]+/gu) ?? [])]
    const given = [...(await text()).matchAll(/^# TYPE (ouverture_\w+)/gmu)].map((found) => found[1] ?? '')
    expect(namesIn(readme).sort()).toEqual(given.sort())
  })

  it('that cannot be told for a while hide no other', async () => {
    const { meter, text } = metrics()
    meter.watch('live-sessions', () => Promise.reject(new Error('out of reach')))
    meter.watch('outbox', async () => 3)
    const read = figures(await text())
    expect(read.get('ouverture_live_sessions')).toBeNaN()
    expect(read.get('ouverture_outbox')).toBe(3)
  })

  it('of what fails are told apart', async () => {
    const { meter, text } = metrics()
    meter.request('edit', null)
    meter.request('edit', 503)
    meter.request('edit', 412)
    meter.saved('failed', 1)
    meter.rang(2)
    meter.document('failed', 1)
    const read = figures(await text())
    for (const status of ['none', '5xx', '412'])
      expect(read.get(`ouverture_requests_total{kind="edit",status="${status}"}`), status).toBe(1)
    expect(read.get('ouverture_saves_total{outcome="failed"}')).toBe(1)
    expect(read.get('ouverture_save_seconds_count')).toBe(0)
    expect(read.get('ouverture_ring_late_seconds_sum')).toBe(2)
    expect(read.get('ouverture_documents_total{outcome="failed"}')).toBe(1)
  })
})
