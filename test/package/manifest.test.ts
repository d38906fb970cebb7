import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { manifestShape, textsOf } from '../../src/package/manifest.ts'
import { root } from '../support/packaging.ts'

const read = (file: string) => JSON.parse(readFileSync(join(root, file), 'utf8'))
const template = manifestShape
  .extend({
    manifestVersion: z.string(),
    version: z.string(),
    validDomains: z.array(z.string()),
    authorization: z.object({
      permissions: z.object({
        resourceSpecific: z.array(z.object({ name: z.string(), type: z.string() })),
      }),
    }),
  })
  .passthrough()
const manifest = template.parse(read('manifest/manifest.json'))
const english: Record<string, string> = read('manifest/en.json')
const readme = readFileSync(join(root, 'README.md'), 'utf8')

describe('the manifest', () => {
  it('puts the bot in meetings, channels and personal chats, and lets it give files', () => {
    expect(read('manifest/manifest.json').bots).toMatchObject([
      { scopes: ['groupChat', 'team', 'personal'], supportsFiles: true, isNotificationOnly: false },
    ])
    const listed = manifest.bots.flatMap(({ commandLists }) => commandLists.flatMap(({ scopes }) => scopes))
    expect(listed.sort()).toEqual(['groupChat', 'personal', 'team'])
    expect(manifest).toMatchObject({ defaultInstallScope: 'meetings' })
  })

  it('says nothing of one administration: identities and addresses come from the environment', () => {
    const text = readFileSync(join(root, 'manifest/manifest.json'), 'utf8')
    const addresses = text.match(/https?:[^"]+/gu) ?? []
    expect(addresses).toEqual([expect.stringContaining('developer.microsoft.com'), 'https://RscPermission'])
    expect(text).not.toMatch(/[\da-f]{8}-[\da-f]{4}-/iu)
    expect(manifest.validDomains).toEqual(['${{BOT_DOMAIN}}'])
  })

  it('is in French, with its spaces, and every text of it in English', () => {
    const texts = textsOf(manifest)
    expect(
      Object.values(texts).filter((text) => /[^\u00A0] ?[;:?!»]|«[^\u00A0]/u.test(spaced(text))),
    ).toEqual([])
    const same = Object.entries(texts).filter(([key, text]) => english[key] === text && text.length > 9)
    expect(same.map(([key]) => key)).toEqual(['name.short'])
    expect(Object.values(texts).join(' ')).not.toMatch(/\be?-?mail\b/iu)
  })

  it('names the same version of Microsoft’s schema in both files', () => {
    const [own, other] = [read('manifest/manifest.json'), english].map(
      ({ $schema }) => /v([\d.]+)\//u.exec($schema)?.[1],
    )
    expect([own, other]).toEqual([manifest.manifestVersion, manifest.manifestVersion])
  })

  it('asks for the permissions the README gives a reason for, and no other', () => {
    const [, section = ''] = /### What each permission is for\n([\s\S]*?)\n#{2,3} /u.exec(readme) ?? []
    const told = [...section.matchAll(/^\| `(\w+\.\w+\.\w+)` \| (.+) \|/gmu)]
    const asked = manifest.authorization.permissions.resourceSpecific
    expect(told.map((row) => row[1]).sort()).toEqual(asked.map(({ name }) => name).sort())
    expect(told.every((row) => (row[2] ?? '').length > 40)).toBe(true)
    expect(asked.every(({ type }) => type === 'Application')).toBe(true)
    expect(asked.length).toBeGreaterThan(0)
  })
})

/** Times and addresses have colons too; none is in these texts but after a word. */
const spaced = (text: string): string => text.replace(/\d:\d/gu, '')
