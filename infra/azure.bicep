// The bot's registration with Azure Bot Service, and its Teams channel. The bot itself runs wherever the container does.
// One of two identities: a single-tenant app registration (anywhere), or a user-assigned managed identity (inside Azure only).

@minLength(2)
@maxLength(64)
@description('Name of the bot resource, unique in all of Azure')
param botName string

@maxLength(42)
@description('Name that people see')
param displayName string = 'Ouverture'

@description('Host name at which Teams reaches the bot, without https://')
param botDomain string

@allowed([
  'SingleTenant'
  'UserAssignedMSI'
])
@description('The same word as MICROSOFT_APP_TYPE')
param appType string = 'SingleTenant'

@description('Client id of the app registration; not used with a managed identity')
param appId string = ''

@description('Tenant of the app registration')
param tenantId string = tenant().tenantId

@allowed([
  'F0'
  'S1'
])
@description('Teams is a standard channel: its messages are free under either')
param sku string = 'F0'

@description('Where the managed identity is kept')
param location string = resourceGroup().location

var managed = appType == 'UserAssignedMSI'

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = if (managed) {
  name: botName
  location: location
}

resource bot 'Microsoft.BotService/botServices@2022-09-15' = {
  name: botName
  location: 'global'
  kind: 'azurebot'
  sku: {
    name: sku
  }
  properties: {
    displayName: displayName
    endpoint: 'https://${botDomain}/api/messages'
    msaAppType: appType
    msaAppId: managed ? identity.properties.clientId : appId
    msaAppTenantId: managed ? identity.properties.tenantId : tenantId
    msaAppMSIResourceId: managed ? identity.id : ''
  }
}

resource teams 'Microsoft.BotService/botServices/channels@2022-09-15' = {
  parent: bot
  name: 'MsTeamsChannel'
  location: 'global'
  properties: {
    channelName: 'MsTeamsChannel'
  }
}

// The toolkit writes these two into env/.env.<name>.
output BOT_ID string = managed ? identity.properties.clientId : appId
output BOT_TENANT_ID string = managed ? identity.properties.tenantId : tenantId
