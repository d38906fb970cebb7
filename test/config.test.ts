import { describe, expect, it } from 'vitest'
import { operatorLang, readConfig } from '../src/config.ts'
import { say } from '../src/core/text.ts'
import { speak } from '../src/locales/index.ts'

const ours = '7f3c1a52-0b8e-4d6f-9a21-5c4e8d7b6a90'
const theirs = '0b1d2c3e-4f50-4617-8293-a4b5c6d7e8f9'

const tenant = {
  MICROSOFT_APP_ID: '11111111-2222-4333-8444-555555555555',
  MICROSOFT_APP_PASSWORD: 'secret',
  MICROSOFT_APP_TENANT_ID: ours,
  PUBLIC_URL: 'https://bot.example.org/',
}

const config = (env: Record<string, string>) => {
  const read = readConfig(env)
  return 'config' in read ? read.config : null
}
const wrong = (env: Record<string, string>) => {
  const read = readConfig(env)
  return 'wrong' in read ? read.wrong.map((text) => speak(text, { lang: 'en', zone: 'UTC' })) : []
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
  })

  it('lists at once everything that production misses', () => {
    expect(wrong({ NODE_ENV: 'production' })).toEqual([
      'MICROSOFT_APP_ID: expected, since NODE_ENV is production.',
      'MICROSOFT_APP_PASSWORD: expected in a Microsoft 365 tenant, and missing; only a managed identity (MICROSOFT_APP_TYPE=UserAssignedMSI) has none.',
      'MICROSOFT_APP_TENANT_ID: expected in a Microsoft 365 tenant, and missing.',
      'PUBLIC_URL: expected the https address at which Teams reaches the bot, a public name and no IP address.',
    ])
    expect(config({ NODE_ENV: 'production', ...tenant })).toMatchObject({ mode: 'teams' })
  })

  it.each([
    ['PUBLIC_URL', 'https://bot.example.org'],
    ['PUBLIC_URL', 'http://192.168.1.4:3978'],
    ['MICROSOFT_APP_PASSWORD', 'secret'],
    ['MICROSOFT_APP_TENANT_ID', ours],
    ['ALLOWED_TENANTS', ours],
  ])('opens no room where a tenant is meant: %s=%s', (name, value) => {
    expect(wrong({ [name]: value })[0]).toMatch(
      new RegExp(`^MICROSOFT_APP_ID: expected, since ${name} is`, 'u'),
    )
  })

  it('opens the room where only this machine is meant', () => {
    for (const url of ['http://localhost:3978', 'http://127.0.0.1:3978', 'http://[::1]:3978'])
      expect(config({ PUBLIC_URL: url, NODE_ENV: 'development' }), url).toMatchObject({ mode: 'room' })
  })

  it.each(['/chemin', '?tenant=1', '#haut'])('takes no address with %s after it', (end) => {
    expect(wrong({ ...tenant, PUBLIC_URL: `https://bot.example.org${end}` })).toEqual([
      'PUBLIC_URL: expected an address such as https://ouverture.example.org, with nothing after it.',
    ])
  })

  it('needs no secret of a managed identity, and says that one is too many', () => {
    const { MICROSOFT_APP_PASSWORD: _secret, ...managed } = {
      ...tenant,
      MICROSOFT_APP_TYPE: 'UserAssignedMSI',
    }
    expect(config(managed)?.teams).toMatchObject({ type: 'UserAssignedMSI', password: '' })
    expect(wrong({ ...managed, MICROSOFT_APP_PASSWORD: 'secret' })).toEqual([
      'MICROSOFT_APP_PASSWORD: expected to be empty, since a managed identity (UserAssignedMSI) has no secret.',
    ])
    expect(wrong({ ...tenant, MICROSOFT_APP_TYPE: 'MultiTenant' })).toEqual([
      'MICROSOFT_APP_TYPE: expected SingleTenant or UserAssignedMSI.',
    ])
  })

  it.each([
    ['MICROSOFT_APP_ID', 'ouverture'],
    ['MICROSOFT_APP_TENANT_ID', 'common'],
    ['ALLOWED_TENANTS', `${ours}, *`],
    ['ALLOWED_TENANTS', 'contoso.onmicrosoft.com'],
    ['MICROSOFT_APP_ID', `{${ours}}`],
    ['MICROSOFT_APP_ID', '00000000-0000-0000-0000-000000000000'],
  ])('takes for an identifier nothing else: %s=%s', (name, value) => {
    expect(wrong({ ...tenant, [name]: value })).toEqual([
      expect.stringContaining(`${name}: expected an identifier such as`),
    ])
  })

  it('refuses an address that Teams cannot reach', () => {
    for (const url of [
      'http://bot.example.org',
      'https://localhost',
      'https://bot.localhost',
      'https://127.0.0.1',
      'https://[::1]',
      'https://bot',
      'https://bot.local',
    ])
      expect(wrong({ ...tenant, PUBLIC_URL: url }), url).toEqual([expect.stringContaining('PUBLIC_URL')])
  })

  it.each([
    ['a space before it', { MICROSOFT_APP_PASSWORD: ' secret' }],
    ['spaces after it', { MICROSOFT_APP_TENANT_ID: `${ours}  ` }],
    ['a line’s end', { PUBLIC_URL: 'https://bot.example.org\r\n' }],
    ['nothing but spaces', { LAUNCH: '  ' }],
    ['a comma at the end', { ALLOWED_TENANTS: `${ours},` }],
    ['capitals', { MICROSOFT_APP_ID: tenant.MICROSOFT_APP_ID.toUpperCase() }],
  ])('reads a value with %s as it was meant', (_what, env) => {
    expect(config({ ...tenant, ...env })).toEqual(config({ ...tenant, ALLOWED_TENANTS: ours }))
  })

  it('takes no value between quotation marks, and says so once', () => {
    for (const [name, value] of [
      ['MICROSOFT_APP_ID', `"${tenant.MICROSOFT_APP_ID}"`],
      ['MICROSOFT_APP_PASSWORD', "'secret'"],
      ['DATA_DIR', '"data"'],
      ['PUBLIC_URL', '"https://bot.example.org"'],
    ])
      expect(wrong({ ...tenant, [String(name)]: String(value) }), name).toEqual([
        `${name}: remove the quotation marks around the value.`,
      ])
  })

  it('takes the bot’s identifier for no tenant', () => {
    expect(wrong({ ...tenant, MICROSOFT_APP_TENANT_ID: tenant.MICROSOFT_APP_ID })).toEqual([
      'MICROSOFT_APP_TENANT_ID: this is the value of MICROSOFT_APP_ID; give the identifier of the tenant (directory).',
    ])
  })

  it('opens no room in production, however that is written', () => {
    for (const NODE_ENV of ['Production', 'PRODUCTION', ' production '])
      expect(wrong({ NODE_ENV })[0], NODE_ENV).toMatch(/^MICROSOFT_APP_ID: expected, since NODE_ENV/u)
  })

  it('gives no port to two uses, and names both', () => {
    expect(wrong({ PORT: '3979' })).toEqual([
      'ROOM_PORT and PORT ask for the same port, 3979; give them two different ports.',
    ])
    expect(wrong({ ROOM: 'off', METRICS_PORT: '3978', LAUNCH: 'all' })).toEqual([
      'LAUNCH: expected organizer, presenters or anyone.',
      'METRICS_PORT and PORT ask for the same port, 3978; give them two different ports.',
    ])
    expect(wrong({ PORT: '0', ROOM_PORT: '0', METRICS_PORT: '0' })).toEqual([])
    expect(wrong({ PORT: '3979', ROOM: 'off' })).toEqual([])
    expect(wrong({ ...tenant, PORT: '3979' })).toEqual([])
  })

  it('answers the bot’s own tenant unless others are listed', () => {
    expect(config(tenant)?.teams.tenants).toEqual([ours])
    const both = `${ours.toUpperCase()}, ${theirs}`
    expect(config({ ...tenant, ALLOWED_TENANTS: both })?.teams.tenants).toEqual([ours, theirs])
  })

  it('keeps sessions a year, or as long as it is told, from a month to ten years', () => {
    expect(config({})?.retentionDays).toBe(365)
    expect(config({ RETENTION_DAYS: '90' })?.retentionDays).toBe(90)
    for (const days of ['7', '0', '-1', '4000', '1.5', 'forever'])
      expect(wrong({ RETENTION_DAYS: days }), days).toEqual([
        'RETENTION_DAYS: expected a number of days from 30 to 3650.',
      ])
  })

  it('waits for Teams fifteen seconds, or as long as it is told', () => {
    expect(config({})?.requestTimeoutMs).toBe(15_000)
    expect(config({ REQUEST_TIMEOUT: '5' })?.requestTimeoutMs).toBe(5000)
    for (const seconds of ['0', '61', 'long'])
      expect(wrong({ REQUEST_TIMEOUT: seconds }), seconds).toEqual([
        'REQUEST_TIMEOUT: expected a number of seconds from 1 to 60.',
      ])
  })

  it('reads the key of records, and the one before while it is being replaced', () => {
    const keys = [1, 2].map((byte) => Buffer.alloc(32, byte).toString('base64'))
    expect(config({})?.dataKeys).toEqual([])
    expect(config({ DATA_KEY: keys.join(', ') })?.dataKeys).toEqual([
      Buffer.alloc(32, 1),
      Buffer.alloc(32, 2),
    ])
    for (const key of ['secret', `${keys[0]},short`, `${keys[0]}!!`, `${'%'.repeat(3)}${keys[0]}`])
      expect(wrong({ DATA_KEY: key })).toEqual([expect.stringContaining('DATA_KEY: expected 32 bytes')])
  })

  it('says what is wrong in French, or in English where the machine is', () => {
    const read = readConfig({ PORT: '0.5' })
    const text = say('config.port', { name: 'PORT' })
    expect(read).toEqual({ wrong: [text] })
    const said = (LANG?: string) => speak(text, { lang: operatorLang({ LANG }), zone: 'UTC' })
    expect(said()).toBe('PORT : indiquez un numéro de port, de 0 à 65535.')
    expect(said('C.UTF-8')).toBe(said())
    expect(said('en_US.UTF-8')).toBe('PORT: expected a port number from 0 to 65535.')
  })

  it('says what it expected of a value it cannot read', () => {
    expect(wrong({ PORT: 'http' })).toEqual(['PORT: expected a port number from 0 to 65535.'])
    // What is missing beside it is told at once, and nothing is told twice of one variable.
    expect(wrong({ ...tenant, PORT: 'http', MICROSOFT_APP_PASSWORD: '', PUBLIC_URL: 'bot' })).toEqual([
      'PORT: expected a port number from 0 to 65535.',
      expect.stringMatching(/^PUBLIC_URL: expected an address/u),
      expect.stringMatching(/^MICROSOFT_APP_PASSWORD: .*UserAssignedMSI/u),
    ])
    expect(wrong({ TIME_ZONE: 'Paris' })).toEqual(['TIME_ZONE: expected a time zone such as Europe/Paris.'])
    expect(wrong({ LAUNCH: 'everybody' })).toEqual(['LAUNCH: expected organizer, presenters or anyone.'])
  })
})
