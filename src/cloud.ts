/** One of Microsoft's clouds: where a bot's proofs of identity are asked for and checked, and where Teams answers. */
export interface Cloud {
  /** Who signs what the platform sends. */
  issuer: string
  /** The OpenID configuration that names the keys it signs with. */
  metadata: string
  /** Where the bot asks for its own tokens, and for what. */
  login: string
  resource: string
  /** Origins of Teams' services: the only places the bot speaks to. */
  services: readonly string[]
}

/**
 * The addresses of https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication, and
 * the hosts of https://microsoft.github.io/teams-sdk/python/essentials/app-configuration/service-url-validation. They are
 * whole: anyone can register a name of their own under trafficmanager.net.
 */
export const publicCloud: Cloud = {
  issuer: 'https://api.botframework.com',
  metadata: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
  login: 'https://login.microsoftonline.com/botframework.com',
  resource: 'https://api.botframework.com',
  services: [
    'https://smba.trafficmanager.net',
    'https://smba.onyx.prod.teams.trafficmanager.net',
    'https://smba.infra.gcc.teams.microsoft.com',
  ],
}
