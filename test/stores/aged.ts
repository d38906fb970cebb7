import { rm, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { nameFor } from '../../src/stores/shelf.ts'

/** A meeting of this data folder was last saved then: as a folder from before there were shelves, taken up anew, tells. */
export const aged = (dir: string) => async (meetingId: string, when: number) => {
  await utimes(join(dir, 'meetings', `${nameFor(meetingId)}.json`), when / 1000, when / 1000)
  await rm(join(dir, 'shelved'), { force: true })
  await rm(join(dir, 'touched'), { recursive: true, force: true })
}
