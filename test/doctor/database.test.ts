import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { examine } from '../../src/doctor/index.ts'
import { speak } from '../../src/locales/index.ts'
import { openDatabase } from '../../src/stores/postgres/database.ts'
import { postgresStore } from '../../src/stores/postgres/index.ts'
import { sealing } from '../../src/stores/sealing.ts'
import { withSession } from '../stores/records.ts'
import { quietLog } from '../support/ports.ts'
import { postgresServer, type Server } from '../support/postgres.ts'

let server: Server
beforeAll(async () => {
  server = await postgresServer()
}, 60_000)
afterAll(() => server.stop())

const key = (byte: number) => Buffer.alloc(32, byte)

/** What the doctor says of the database alone. */
async function told(
  url: string,
  lang: 'fr' | 'en' = 'en',
  env: Record<string, string> = {},
): Promise<string[]> {
  const found = await examine({
    env: { ROOM: 'off', PORT: '0', DATA_DIR: '/nowhere/data', DATABASE_URL: url, ...env },
    nodeVersion: 'v22.1.0',
    folder: '/nowhere',
    now: Date.now(),
    online: null,
  })
  return found.slice(3).map(({ level, text }) => `${level} ${speak(text, { lang, zone: 'UTC' })}`)
}

async function asked<Row>(url: string, ...texts: string[]): Promise<Row[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  let rows: Row[] = []
  for (const text of texts) rows = (await client.query(text)).rows
  await client.end()
  return rows
}

async function withMeetings(url: string, keys: Buffer[], ...ids: string[]): Promise<void> {
  const store = postgresStore(await openDatabase(url, quietLog), { sealing: sealing(keys) })
  for (const id of ids) await store.save(withSession(id, 'closed'))
  await store.close()
}

/** The same database, for an account that was given nothing. */
async function asGuest(url: string): Promise<string> {
  const name = new URL(url).pathname.slice(1)
  await asked(
    url,
    `create role guest_${name} login password 'guest'`,
    `revoke create on schema public from public`,
  )
  const guest = new URL(url)
  guest.username = `guest_${name}`
  guest.password = 'guest'
  return guest.href
}

const answers = expect.stringMatching(/^fine PostgreSQL \d+[\d.]* answers at DATABASE_URL\.$/u)

describe('the doctor, where records are in a database', () => {
  it('says what the first start will make, and makes nothing', async () => {
    const url = await server.database()
    expect(await told(url)).toEqual([
      answers,
      'known the database does not hold the bot’s tables yet; they will be made at the start.',
    ])
    expect(await asked(url, "select 1 from pg_namespace where nspname like 'ouverture%'")).toEqual([])
  })

  it('counts the records that can be read, and names the others with the reason, in either language', async () => {
    const url = await server.database()
    await withMeetings(url, [], 'one', 'two')
    await withMeetings(url, [key(1)], 'sealed')
    await asked(url, `update ouverture.meetings set record = '{"idea":"Canari' where id = 'two'`)
    const said = await told(url)
    expect(said.slice(0, 3)).toEqual([
      answers,
      'fine the bot’s tables are up to date.',
      'fine 1 meeting record can be read.',
    ])
    expect(said.slice(3).sort()).toEqual([
      expect.stringMatching(
        /^wrong the record [\da-f]{40} cannot be read \((not JSON, of 15 characters|sealed, and no)/u,
      ),
      expect.stringMatching(
        /^wrong the record [\da-f]{40} cannot be read \((not JSON, of 15 characters|sealed, and no)/u,
      ),
    ])
    const french = (await told(url, 'fr', { DATA_KEY: key(2).toString('base64') })).join('\n')
    expect(french).toContain('ne se lit pas (15 caractères, qui ne sont pas du JSON)')
    expect(french).toContain('ne se lit pas (scellé avec une autre clé, ou altéré)')
    expect(french).not.toContain('Canari')
  })

  it('reads them all, however many', async () => {
    const url = await server.database()
    await withMeetings(url, [], ...Array.from({ length: 230 }, (_, index) => `meeting ${index}`))
    expect(await told(url)).toContain('fine 230 meeting records can be read.')
  })

  it('tells an account that may not make the tables, or use those there are', async () => {
    const url = await server.database()
    const guest = await asGuest(url)
    expect(await told(guest)).toEqual([
      answers,
      'wrong the account of DATABASE_URL may not make the bot’s tables; grant it CREATE on the database.',
    ])
    await withMeetings(url, [], 'one')
    const refused =
      'wrong the account of DATABASE_URL may not read and write the bot’s tables; grant it that, or use the account that made them.'
    expect(await told(guest)).toEqual([answers, refused])
    const { username } = new URL(guest)
    await asked(
      url,
      `grant usage on schema ouverture, ouverture_jobs to ${username}`,
      `grant select on all tables in schema ouverture to ${username}`,
    )
    expect(await told(guest)).toEqual([answers, refused])
    await asked(url, `grant insert, update, delete on all tables in schema ouverture to ${username}`)
    expect(await told(guest)).toContain('fine 1 meeting record can be read.')
  })

  it('tells tables of another version', async () => {
    const url = await server.database()
    await withMeetings(url, [], 'one')
    await asked(url, "insert into ouverture.migrations (name, run_on) values ('99_later', now())")
    expect(await told(url)).toContain(
      'wrong the bot’s tables are of a newer version than this one; install that version.',
    )
    await asked(url, 'delete from ouverture.migrations')
    expect(await told(url)).toContain(
      'known the bot’s tables are of an earlier version; they will be brought up to date at the start.',
    )
  })

  it('tells a database that does not answer, or refuses, without the password', async () => {
    expect(await told('postgres://ouverture:Canari@127.0.0.1:1/ouverture')).toEqual([
      'wrong the database of DATABASE_URL does not answer, or refuses the bot (ECONNREFUSED); check its address, the account and the password.',
    ])
    const url = new URL(await server.database())
    url.password = 'Canari'
    expect(await told(url.href, 'fr')).toEqual([
      'wrong la base de DATABASE_URL ne répond pas, ou refuse Ouverture (28P01)\u00A0; vérifiez son adresse, le compte et le mot de passe.',
    ])
  })
})
