import { describe, expect, it } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { teamsAdapter } from '../../src/teams/app.ts'

const appId = '11111111-2222-4333-8444-555555555555'
const ours = '7f3c1a52-0b8e-4d6f-9a21-5c4e8d7b6a90'

function credentials(env: Record<string, string>) {
  const identity = { MICROSOFT_APP_ID: appId, MICROSOFT_APP_TENANT_ID: ours }
  const read = readConfig({ ...identity, PUBLIC_URL: 'https://bot.example.org', ...env })
  if ('wrong' in read) throw new Error(JSON.stringify(read.wrong))
  const { login, resource } = read.config.teams.cloud
  return teamsAdapter(read.config).credentialsFactory.createCredentials(appId, resource, login, true)
}

describe('the bot’s own token', () => {
  it('is asked of its tenant’s directory, for the platform alone, with its secret', async () => {
    const made = await credentials({ MICROSOFT_APP_PASSWORD: 'secret' })
    expect(made).toMatchObject({
      appId,
      appPassword: 'secret',
      oAuthEndpoint: `https://login.microsoftonline.com/${ours}`,
      oAuthScope: 'https://api.botframework.com',
    })
    expect(JSON.stringify(made)).not.toContain('secret')
  })

  it('is asked of the machine it runs on, for a managed identity', async () => {
    const made = await credentials({ MICROSOFT_APP_TYPE: 'UserAssignedMSI' })
    expect(made.constructor.name).toBe('ManagedIdentityAppCredentials')
    expect(made).toMatchObject({ appId, oAuthScope: 'https://api.botframework.com' })
  })
})
