import { memoryStore } from '../../src/stores/memory.ts'
import { storeContract } from './contract.ts'

storeContract('the store in memory', async () => {
  const records = new Map<string, string>()
  return { open: () => memoryStore(records), remove: async () => {} }
})
