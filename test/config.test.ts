import { describe, expect, it } from 'vitest'
import { readConfig } from '../src/config.ts'

const tenant = {
  MICROSOFT_APP_ID: 'app',
  MICROSOFT_APP_PASSWORD: 'secret',
  MICROSOFT_APP_TENANT_ID: 'tenant',
  PUBLIC_URL: 'https://bot.example.org/',
}

const config = (env: Record<string, string>) => {
  const read = readConfig(env)
  return 'config' in read ? read.config : null
}
const wrong = (env: Record<string, string>) => {
  const read = readConfig(env)
  return 'wrong' in read ? read.wrong : []
}

describe('the configuration', () => {
  it('needs nothing to open the room', () => {
    expect(config({})).toMatchObject({
      mode: 'room',
      withRoom: true,
      port: 3978,
      roomPort: 3979,
      zone: 'Europe/Paris',
    })
  })

  it('never opens the room with a tenant’s credentials', () => {
    expect(config({ ...tenant, ROOM: 'on' })).toMatchObject({
      mode: 'teams',
      withRoom: false,
      baseUrl: 'https://bot.example.org',
    })
  })

  it('says which part of an identity is missing', () => {
    for (const name of ['MICROSOFT_APP_PASSWORD', 'MICROSOFT_APP_TENANT_ID', 'PUBLIC_URL'] as const) {
      const { [name]: _without, ...rest } = tenant
      expect(wrong(rest), name).toEqual([expect.stringContaining(name)])
    }
    expect(wrong({ MICROSOFT_APP_PASSWORD: 'secret' })).toEqual([expect.stringContaining('MICROSOFT_APP_ID')])
  })

  it('refuses an address that Teams cannot reach', () => {
    for (const url of ['http://bot.example.org', 'https://localhost', 'https://127.0.0.1'])
      expect(wrong({ ...tenant, PUBLIC_URL: url }), url).toEqual([expect.stringContaining('PUBLIC_URL')])
  })

  it('answers the bot’s own tenant unless others are listed', () => {
    expect(config(tenant)?.teams.tenants).toEqual(['tenant'])
    expect(config({ ...tenant, ALLOWED_TENANTS: 'a, b' })?.teams.tenants).toEqual(['a', 'b'])
  })

  it('keeps sessions a year, or as long as it is told, from a month to ten years', () => {
    expect(config({})?.retentionDays).toBe(365)
    expect(config({ RETENTION_DAYS: '90' })?.retentionDays).toBe(90)
    for (const days of ['7', '0', '-1', '4000', '1.5', 'forever'])
      expect(wrong({ RETENTION_DAYS: days }), days).toEqual([
        'RETENTION_DAYS: expected a number of days from 30 to 3650',
      ])
  })

  it('reads the key of records, and the one before while it is being replaced', () => {
    const keys = [1, 2].map((byte) => Buffer.alloc(32, byte).toString('base64'))
    expect(config({})?.dataKeys).toEqual([])
    expect(config({ DATA_KEY: keys.join(', ') })?.dataKeys).toEqual([
      Buffer.alloc(32, 1),
      Buffer.alloc(32, 2),
    ])
    for (const key of ['secret', `${keys[0]},short`])
      expect(wrong({ DATA_KEY: key })).toEqual([expect.stringContaining('DATA_KEY: expected 32 bytes')])
  })

  it('says what it expected of a value it cannot read', () => {
    expect(wrong({ PORT: 'http' })).toEqual(['PORT: expected a port number from 0 to 65535'])
    expect(wrong({ TIME_ZONE: 'Paris' })).toEqual(['TIME_ZONE: expected a time zone such as Europe/Paris'])
    expect(wrong({ LAUNCH: 'everybody' })).toEqual(['LAUNCH: expected presenters or anyone'])
  })
})
