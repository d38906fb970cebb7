import { type Documents, type Meter, StaleVersion, type Store } from '../ports.ts'

/** The same store, whose saves are counted and timed. */
export function measuredStore(store: Store, meter: Meter): Store {
  return {
    ...store,
    async save(meeting, duties) {
      const elapsed = stopwatch()
      try {
        await store.save(meeting, duties)
        meter.saved('saved', elapsed())
      } catch (error) {
        meter.saved(error instanceof StaleVersion ? 'stale' : 'failed', elapsed())
        throw error
      }
    },
  }
}

/** The same documents, counted and timed. */
export function measuredDocuments(documents: Documents, meter: Meter): Documents {
  const measured =
    <Given extends unknown[], T>(work: (...given: Given) => Promise<T>) =>
    async (...given: Given): Promise<T> => {
      const elapsed = stopwatch()
      try {
        const made = await work(...given)
        meter.document('made', elapsed())
        return made
      } catch (error) {
        meter.document('failed', elapsed())
        throw error
      }
    }
  return {
    ...documents,
    make: measured(documents.make),
    paper: measured(documents.paper),
    sheet: measured(documents.sheet),
  }
}

/** In seconds. */
function stopwatch(): () => number {
  const since = performance.now()
  return () => (performance.now() - since) / 1000
}
