import { memoryStore } from '../../src/stores/memory.ts'
import { storeContract } from './contract.ts'

storeContract('the store in memory', async () => {
  const records = new Map<string, string>()
  const savedAt = new Map<string, number>()
  return {
    open: () => memoryStore(records, Date.now, savedAt),
    async age(id, when) {
      savedAt.set(id, when)
    },
    remove: async () => {},
  }
})
