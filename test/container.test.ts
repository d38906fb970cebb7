import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readConfig } from '../src/config.ts'
import { commandIn, copied, environment, instructions, ofTheImage, said } from './support/dockerfile.ts'

const root = resolve(import.meta.dirname, '..')

describe('the Dockerfile', () => {
  it('runs the bot under an account that is not root, from the last line on', () => {
    const words = ofTheImage().map(({ word }) => word)
    expect(said('USER')).toEqual(['node'])
    expect(words.slice(words.indexOf('USER'))).toEqual(['USER', 'EXPOSE', 'HEALTHCHECK', 'CMD'])
  })

  it('asks the bot itself whether it lives, with what the image has', () => {
    const [check = ''] = said('HEALTHCHECK')
    const [program, , script = ''] = commandIn(check)
    expect(program).toBe('node')
    expect(script).toContain('/healthz')
    expect(check).toMatch(/--interval=\d+s --timeout=\d+s/u)
  })

  it('is for a tenant, and keeps its data where a volume is', () => {
    expect(environment()).toMatchObject({ NODE_ENV: 'production', ROOM: 'off', DATA_DIR: '/data' })
    expect(said('VOLUME')).toEqual(['/data'])
    expect(said('EXPOSE')).toEqual([environment().PORT])
  })

  it('tells Node what npm start tells it', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    const [command = ''] = said('CMD')
    expect(commandIn(command).join(' ')).toBe(scripts.start)
  })

  it('installs the packages of the lock file, without those of the tests', () => {
    expect(
      instructions()
        .filter(({ word }) => word === 'RUN')
        .map(({ rest }) => rest),
    ).toContain('npm ci --omit=dev')
    const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    const bases = instructions().flatMap(({ word, rest }) =>
      word === 'FROM' ? [/node:(\d+)/u.exec(rest)?.[1]] : [],
    )
    expect(new Set(bases).size).toBe(1)
    expect(Number(bases[0])).toBeGreaterThanOrEqual(Number(/\d+/u.exec(engines.node)?.[0]))
  })

  it('copies files that exist, and that .dockerignore lets in: they alone', () => {
    const entered =
      readFileSync(join(root, '.dockerignore'), 'utf8')
        .match(/^!.+$/gmu)
        ?.map((line) => line.slice(1)) ?? []
    const wanted = [
      ...copied(),
      ...instructions().flatMap(({ word, rest }) =>
        word === 'COPY' && !rest.startsWith('--from') ? rest.split(' ').slice(0, -1) : [],
      ),
    ].map((name) => name.replace(/^\.\//u, ''))
    expect(wanted.filter((name) => !existsSync(join(root, name)))).toEqual([])
    expect([...new Set(wanted)].sort()).toEqual(entered.sort())
  })

  it('is given the example of a tenant’s environment, filled in, and stays what it is', () => {
    const given = { ...environment(), ...givenByDocker('env/tenant.env.example'), ...filledIn }
    const read = readConfig(given)
    expect(read).toMatchObject({
      config: { mode: 'teams', port: Number(environment().PORT), dataDir: '/data', withRoom: false },
    })
    expect(given).toMatchObject(environment())
    expect(readConfig({ ...given, MICROSOFT_APP_ID: '' })).toHaveProperty('wrong')
  })
})

const filledIn = {
  MICROSOFT_APP_ID: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
  MICROSOFT_APP_PASSWORD: 'a secret of the tests',
  MICROSOFT_APP_TENANT_ID: '9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d',
  PUBLIC_URL: 'https://bot.example.org',
  DATA_KEY: Buffer.alloc(32, 'k').toString('base64'),
}

/** What `docker run --env-file` makes of a file: each value as it stands, quotes and what follows it included, empty ones too. */
const givenByDocker = (file: string): Record<string, string> =>
  Object.fromEntries(
    [...readFileSync(join(root, file), 'utf8').matchAll(/^([A-Z_]+)=(.*)$/gmu)].map(
      ([, name = '', value = '']) => [name, value],
    ),
  )
