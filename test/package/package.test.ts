import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AppManifestUtils, TeamsManifestConverter } from '@microsoft/app-manifest'
import { Resvg } from '@resvg/resvg-js'
import { unzipSync } from 'fflate'
import { afterEach, describe, expect, it } from 'vitest'
import { packageFor } from '../../src/package/index.ts'
import { removeFolder } from '../support/bot.ts'
import { bench, given, root, textIn } from '../support/packaging.ts'

const cleanups: (() => void)[] = []
afterEach(() => {
  for (const clean of cleanups.splice(0)) clean()
})

function workbench(values?: Record<string, string>) {
  const one = bench(values)
  cleanups.push(() => removeFolder(one.folder))
  return one
}

const pictureOf = (side: number, fill: string): Buffer =>
  new Resvg(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}"><circle cx="9" cy="9" r="8" fill="${fill}"/></svg>`,
  )
    .render()
    .asPng()

describe('the app package', () => {
  it('holds the manifest of the environment, its translation and its icons, at the root', () => {
    const files = workbench().made()
    expect(Object.keys(files).sort()).toEqual(['color.png', 'en.json', 'manifest.json', 'outline.png'])
    expect(JSON.parse(textIn(files, 'manifest.json'))).toMatchObject({
      id: given.TEAMS_APP_ID,
      name: { short: 'Ouverture-essai' },
      developer: {
        name: given.DEVELOPER_NAME,
        websiteUrl: given.WEBSITE_URL,
        privacyUrl: given.PRIVACY_URL,
        termsOfUseUrl: given.TERMS_URL,
      },
      bots: [{ botId: given.BOT_ID }],
      webApplicationInfo: { id: given.BOT_ID },
      validDomains: [given.BOT_DOMAIN],
    })
    expect(JSON.parse(textIn(files, 'en.json'))).toMatchObject({ 'name.short': 'Ouverture-essai' })
    expect(
      Object.values(files)
        .map((one) => Buffer.from(one).toString('utf8'))
        .join(),
    ).not.toContain('${{')
  })

  it('is what Microsoft’s own validator accepts', async () => {
    const manifest = TeamsManifestConverter.jsonToManifest(textIn(workbench().made(), 'manifest.json'))
    expect(await AppManifestUtils.validateAgainstSchema(manifest)).toEqual([])
  })

  it('is the same to the byte each time, in any time zone', () => {
    const { folder } = workbench()
    const zone = process.env.TZ
    cleanups.push(() => {
      if (zone === undefined) delete process.env.TZ
      else process.env.TZ = zone
    })
    const [first, second] = ['Europe/Paris', 'Pacific/Auckland'].map((place) => {
      process.env.TZ = place
      return packageFor(folder, 'dev')
    })
    expect(first).toHaveProperty('zip')
    expect(second).toEqual(first)
  })

  it('takes a value as it is written, quotes and accents included', () => {
    const name = 'L’équipe "ouverte"'
    const files = workbench({ ...given, DEVELOPER_NAME: `'${name}'` }).made()
    expect(JSON.parse(textIn(files, 'manifest.json')).developer.name).toBe(name)
  })

  it('takes a page at any name of the Internet, and one identifier for the app and its bot', () => {
    const pages = {
      WEBSITE_URL: 'https://élan.example.org:8443/a?b=c',
      TERMS_URL: 'https://xn--lan-9la.xn--p1ai/',
    }
    const files = workbench({ ...given, ...pages, TEAMS_APP_ID: given.BOT_ID }).made()
    expect(JSON.parse(textIn(files, 'manifest.json'))).toMatchObject({
      id: given.BOT_ID,
      developer: { websiteUrl: pages.WEBSITE_URL },
      bots: [{ botId: given.BOT_ID }],
    })
  })

  it('needs no suffix to the app’s name where people use it', () => {
    const files = workbench({ ...given, APP_NAME_SUFFIX: '' }).made()
    expect(JSON.parse(textIn(files, 'manifest.json')).name.short).toBe('Ouverture')
  })
})

describe('a package is refused', () => {
  const { APP_NAME_SUFFIX: _suffix, ...asked } = given

  it.each(Object.keys(asked))('when %s is empty, and the variable and its file are told', (name) => {
    expect(workbench({ ...given, [name]: '' }).refused()).toEqual([
      expect.stringMatching(new RegExp(`^env/\\.env\\.dev: ${name} is empty; give `, 'u')),
    ])
  })

  it.each([
    ['TEAMS_APP_ID', 'ouverture'],
    ['BOT_ID', '9b1deb4d3b7d4bad9bdd2b0d7b3dcb6d'],
    ['BOT_TENANT_ID', 'contoso.onmicrosoft.com'],
    ['BOT_DOMAIN', 'https://bot.example.org'],
    ['BOT_DOMAIN', 'localhost'],
    ['APP_NAME_SUFFIX', '-for-a-very-long-while'],
    ['DEVELOPER_NAME', 'Direction interministérielle du numérique'],
    ['WEBSITE_URL', 'http://example.org'],
    ['PRIVACY_URL', 'example.org/donnees'],
    ['TERMS_URL', 'https://'],
    ['TERMS_URL', 'https://example'],
    ['TERMS_URL', 'https://example/terms.html'],
  ])('when %s is “%s”, and the value is told', (name, value) => {
    expect(workbench({ ...given, [name]: value }).refused()).toEqual([
      expect.stringContaining(`env/.env.dev: ${name} is “${value}”; give `),
    ])
  })

  it('with all that is missing at once', () => {
    const names = workbench({})
      .refused()
      .map((one) => /[A-Z_]{5,}/u.exec(one)?.[0])
    expect(names).toEqual(expect.arrayContaining(Object.keys(asked)))
    expect(names).toHaveLength(Object.keys(asked).length)
  })

  it('for an environment that has no file, and those that have one are told', () => {
    const one = workbench()
    for (const name of ['production', '../dev'])
      expect(one.refused(name)).toEqual([
        `env/.env.${name}: there is no such file. Environments: dev. For another environment, copy env/.env.dev under that name and fill it in.`,
      ])
  })

  it('when a file asks for a variable that nobody gives', () => {
    const one = workbench()
    one.edit('en.json', (text) => text.replace('"name.full": "', '"name.full": "${{TEAM}} '))
    expect(one.refused()).toEqual([
      'manifest/en.json: TEAM is asked for, and the environment does not give it.',
    ])
  })

  it('when Microsoft’s schema does, with the place in the file', () => {
    const one = workbench()
    one.edit('manifest.json', (text) =>
      text.replace('"supportsFiles": true', '"supportsFiles": "yes", "colour": 1'),
    )
    one.edit('en.json', (text) =>
      text.replace(/"description\.short": "[^"]*"/u, `"description.short": "${'a'.repeat(81)}"`),
    )
    expect(one.refused()).toEqual([
      expect.stringMatching(/^manifest\/manifest\.json: bots\[0\].*colour/u),
      expect.stringMatching(/^manifest\/manifest\.json: bots\[0\]\.supportsFiles does not follow/u),
    ])
    one.edit('manifest.json', (text) =>
      text.replace('"supportsFiles": "yes", "colour": 1', '"supportsFiles": true'),
    )
    expect(one.refused()).toEqual([expect.stringMatching(/^manifest\/en\.json: description\.short .*80/u)])
  })

  it.each([
    'https://developer.microsoft.com/json-schemas/teams/v9.9/MicrosoftTeams.schema.json',
    'https://example.org/json-schemas/teams/v1.30/MicrosoftTeams.schema.json',
    'https://developer.microsoft.com/../package.json',
  ])('when the schema it names is not one of Microsoft’s: %s', (address) => {
    const one = workbench()
    one.edit('manifest.json', (text) => text.replace(/"\$schema": "[^"]*"/u, `"$schema": "${address}"`))
    expect(one.refused()).toEqual([expect.stringContaining('manifest/manifest.json: $schema does not name')])
  })

  it('when a text has no translation, or a translation no text', () => {
    const one = workbench()
    one.edit('en.json', (text) =>
      text.replace('commandLists[1].commands[2].title', 'commandLists[1].commands[9].title'),
    )
    expect(one.refused()).toEqual([
      'manifest/en.json: bots[0].commandLists[1].commands[2].title is not translated.',
      'manifest/en.json: bots[0].commandLists[1].commands[9].title is no text of the manifest.',
    ])
  })

  it('when a file is no JSON, or is not there', () => {
    const one = workbench()
    one.edit('en.json', (text) => text.replace('{', ''))
    expect(one.refused()).toEqual([expect.stringContaining('manifest/en.json: this is no JSON object')])
    rmSync(join(one.folder, 'manifest/en.json'))
    rmSync(join(one.folder, 'manifest/outline.png'))
    expect(one.refused()).toEqual([
      'manifest/en.json: there is no such file.',
      'manifest/outline.png: there is no such file.',
    ])
  })

  it('when an icon is not of its size, not a PNG, or has a colour where only white may be', () => {
    const one = workbench()
    const icon = (name: string, body: Buffer) => writeFileSync(join(one.folder, 'manifest', name), body)
    icon('color.png', pictureOf(96, '#4f52b2'))
    icon('outline.png', pictureOf(32, '#4f52b2'))
    expect(one.refused()).toEqual([
      'manifest/color.png is 96 × 96 pixels; 192 × 192 are needed.',
      'manifest/outline.png: white on a transparent ground is needed, and nothing else.',
    ])
    icon('color.png', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))
    icon('outline.png', pictureOf(32, '#fff'))
    expect(one.refused()).toEqual(['manifest/color.png: a PNG picture is needed.'])
  })
})

describe('npm run package', () => {
  it('is the command of package.json', () => {
    expect(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts.package).toBe(
      'tsx src/package.ts',
    )
  })

  it('writes the zip in build/ and says where', () => {
    const one = workbench()
    const { status, stdout } = one.run('--env', 'dev')
    const file = join('build', 'ouverture-dev.zip')
    expect([status, stdout]).toEqual([0, expect.stringContaining(file)])
    expect(unzipSync(readFileSync(join(one.folder, file)))).toHaveProperty(['manifest.json'])
  })

  it('lists what is to mend, in French or in English, and writes nothing', () => {
    const one = workbench({ ...given, BOT_ID: '', TERMS_URL: '' })
    const { status, stderr } = one.run('--env', 'dev', '--lang', 'fr')
    expect(status).toBe(1)
    expect(stderr.trim().split('\n')).toEqual([
      expect.stringContaining('BOT_ID est vide'),
      expect.stringContaining('TERMS_URL est vide'),
      expect.stringContaining('2 points à corriger'),
    ])
    expect(one.run('--env', 'dev', '--lang', 'en').stderr).toContain(
      '2 things to mend; no package was written.',
    )
    expect(one.run('--lang', 'en', '--env').stderr).toContain('--env: give a value after this option')
    expect(existsSync(join(one.folder, 'build'))).toBe(false)
  })
})
