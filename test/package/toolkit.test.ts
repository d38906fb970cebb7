import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { root } from '../support/packaging.ts'

const text = (file: string) => readFileSync(join(root, file), 'utf8')

const action = z
  .object({ uses: z.string(), with: z.unknown(), writeToEnvironmentFile: z.record(z.string()).optional() })
  .passthrough()
type Action = z.infer<typeof action>
const project = z.object({
  version: z.literal('v1.11'),
  environmentFolderPath: z.literal('./env'),
  provision: z.array(action),
  deploy: z.array(action),
  publish: z.array(action).default([]),
})

/** Each project file with the environment it is for. */
const projects = [
  { file: 'm365agents.yml', env: 'env/.env.dev' },
  { file: 'm365agents.local.yml', env: 'env/.env.local' },
].map((one) => ({ ...one, stages: project.parse(parse(text(one.file))) }))

const asked = (of: string): string[] =>
  [...of.matchAll(/\$\{\{ *(\w+) *\}\}/gu)].flatMap(([, name]) => (name ? [name] : []))

const strings = (of: unknown): string[] => {
  if (typeof of === 'string') return [of]
  return typeof of === 'object' && of !== null ? Object.values(of).flatMap(strings) : []
}

/** The files an action reads: those it makes are in build/, or ignored by git. */
const filesOf = (one: Action): string[] =>
  strings(one.with).filter((value) => /^\.\/[\w./-]+$/u.test(value) && !/^\.\/(?:build|\.env)/u.test(value))

const outputsOf = (bicep: string): string[] =>
  [...text(bicep).matchAll(/^output (\w+)/gmu)].flatMap(([, name]) => (name ? [name] : []))

/** What an action, and the files it fills in, ask the environment for. */
const askedBy = (one: Action): string[] => [
  ...strings(one.with).flatMap(asked),
  ...filesOf(one).flatMap((file) => asked(text(file))),
]

const writtenBy = (one: Action): string[] => [
  ...Object.values(one.writeToEnvironmentFile ?? {}),
  ...filesOf(one)
    .filter((file) => file.endsWith('.bicep'))
    .flatMap(outputsOf),
]

/** Left empty for whoever installs it; the last three are asked by the toolkit itself where they are. */
const leftOpen = [
  'BOT_DOMAIN',
  'CONTAINER_IMAGE',
  'DEVELOPER_NAME',
  'PRIVACY_URL',
  'TERMS_URL',
  'WEBSITE_URL',
  'AZURE_RESOURCE_GROUP_NAME',
  'AZURE_SUBSCRIPTION_ID',
  'RESOURCE_SUFFIX',
]

describe.each(projects)('the toolkit’s project file $file', ({ env, stages }) => {
  const all = [...stages.provision, ...stages.deploy, ...stages.publish]
  const given = parseEnv(text(env))

  it('names only files that exist', () => {
    const named = all.flatMap(filesOf)
    expect(named.length).toBeGreaterThan(1)
    expect(named.filter((one) => !existsSync(join(root, one)))).toEqual([])
  })

  it('asks for nothing that neither its environment, nor whoever installs it, nor an earlier action gives', () => {
    const filled = Object.keys(given).filter((name) => given[name] !== '' || leftOpen.includes(name))
    const known = new Set(filled)
    const unknown = all.flatMap((one) => {
      const missing = askedBy(one).filter((name) => !known.has(name))
      for (const name of writtenBy(one)) known.add(name)
      return missing.map((name) => `${one.uses} asks for ${name}`)
    })
    expect(unknown).toEqual([])
  })

  it('has in its environment nothing that no one asks for or writes', () => {
    const of = new Set([...all.flatMap(askedBy), ...all.flatMap(writtenBy)])
    expect(Object.keys(given).filter((name) => !of.has(name))).toEqual([])
  })

  it('checks the manifest, then zips it, checks the zip and sends it', () => {
    const order = stages.provision.map(({ uses }) => uses).filter((uses) => uses.startsWith('teamsApp/'))
    expect(order).toEqual([
      'teamsApp/create',
      'teamsApp/validateManifest',
      'teamsApp/zipAppPackage',
      'teamsApp/validateAppPackage',
      'teamsApp/update',
    ])
  })

  it('keeps the secret out of the file that git keeps', () => {
    expect(Object.keys(given).filter((name) => /SECRET|PASSWORD|KEY/u.test(name))).toEqual([])
    const secret = stages.provision.flatMap((one) => one.writeToEnvironmentFile?.clientSecret ?? [])
    expect(secret).toEqual(['SECRET_BOT_PASSWORD'])
    expect(text('.gitignore')).toContain('env/.env.*.user')
  })
})

describe('the environments', () => {
  it('hold no identity and no secret in what git keeps', () => {
    const kept = readdirSync(join(root, 'env')).filter((name) => !name.endsWith('.user'))
    expect(kept.sort()).toEqual(['.env.dev', '.env.example', '.env.local', 'tenant.env.example'])
    for (const name of kept)
      expect(text(`env/${name}`)).not.toMatch(/=[\da-f]{8}-[\da-f]{4}-|PASSWORD=.|KEY=./u)
  })

  it('give the bot on this machine what it reads under its own names', () => {
    const written = projects[1]?.stages.deploy.find(
      ({ uses }) => uses === 'file/createOrUpdateEnvironmentFile',
    )
    const { envs } = z.object({ envs: z.record(z.unknown()) }).parse(written?.with)
    const config = text('src/config.ts')
    expect(Object.keys(envs).filter((name) => !config.includes(`  ${name}:`))).toEqual([])
    expect(Object.keys(envs)).toEqual(
      expect.arrayContaining([
        'MICROSOFT_APP_ID',
        'MICROSOFT_APP_PASSWORD',
        'MICROSOFT_APP_TENANT_ID',
        'PUBLIC_URL',
      ]),
    )
  })
})

describe('the bot’s registration', () => {
  const bicep = text('infra/azure.bicep')
  const params = [...bicep.matchAll(/^param (\w+) string( = .+)?$/gmu)].map(([, name = '', otherwise]) => ({
    name,
    needed: otherwise === undefined,
  }))
  const { parameters } = z
    .object({ parameters: z.record(z.object({ value: z.string() })) })
    .parse(JSON.parse(text('infra/azure.parameters.json')))

  it('is given every parameter it needs, and none it does not know', () => {
    expect(params.length).toBeGreaterThan(5)
    expect(params.filter(({ name, needed }) => needed && !parameters[name])).toEqual([])
    expect(Object.keys(parameters).filter((name) => !params.some((one) => one.name === name))).toEqual([])
  })

  it('uses each of its parameters, and nothing it does not declare', () => {
    const body = bicep.replace(/^param .*$/gmu, '').replace(/^(?:\/\/|@description).*$/gmu, '')
    expect(
      params.filter(({ name }) => !new RegExp(`\\b${name}\\b`, 'u').test(body)).map(({ name }) => name),
    ).toEqual([])
    const declared = [...bicep.matchAll(/^(?:param|var|resource) (\w+)/gmu)].map(([, name]) => name)
    const used = [...body.matchAll(/(?:\? |: |parent: |\$\{)([a-z]\w+)(?=[.\s}]|$)/gmu)].map(
      ([, name]) => name,
    )
    expect(used.length).toBeGreaterThan(8)
    expect(used.filter((name) => !declared.includes(name))).toEqual([])
  })

  it('closes what it opens', () => {
    for (const [open, close] of ['{}', '[]', '()'].map((pair) => [...pair]))
      expect([open, bicep.split(open ?? '').length]).toEqual([open, bicep.split(close ?? '').length])
  })

  it('tells Teams the address the bot listens at, in one of the two identities the bot knows', () => {
    expect(bicep).toContain("endpoint: 'https://${botDomain}/api/messages'")
    expect(text('src/teams/server.ts')).toContain("'/api/messages'")
    const types = text('src/config.ts').match(/z\s*\.enum\(\['SingleTenant', 'UserAssignedMSI'\]/u)
    expect([types?.length, /'SingleTenant'\s+'UserAssignedMSI'/u.test(bicep)]).toEqual([1, true])
  })
})
