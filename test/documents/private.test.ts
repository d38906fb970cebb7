import { unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { documentsOf } from '../../src/core/summary/documents.ts'
import { render } from '../../src/documents/index.ts'
import type { Issue } from '../../src/documents/issue.ts'
import { firstPlayed, lobbyOf, paulsAddress, secondPlayed, thirdPlayed } from '../support/chained.ts'
import { issueOf } from '../support/issue.ts'

const first = firstPlayed()
const second = secondPlayed(first)
const third = thirdPlayed(second)

/** All that can be read in a file, in the files it holds and in their names. */
function readable(body: Buffer | string): string {
  const bytes = Buffer.from(body)
  if (bytes.subarray(0, 2).toString() !== 'PK') return bytes.toString()
  return Object.entries(unzipSync(bytes))
    .map(([name, inside]) => `${name}\n${readable(Buffer.from(inside))}`)
    .join('\n')
}

/** Everything the organisers may take, made for either copy; the archive holds the same files again. */
async function everything(issue: Issue): Promise<[id: string, text: string][]> {
  const ids = documentsOf(issue.session, 'organisers', issue.now).filter(
    (id) => id !== 'all' && (id !== 'team-report' || issue.copy === 'organisers'),
  )
  const made: [string, string][] = []
  for (const id of ids) {
    const { body, fileName } = await render(id, issue)
    made.push([id, `${fileName}\n${readable(body)}`])
  }
  return made
}

describe('the participants’ copy', () => {
  it.each([
    ['#1', first],
    ['#2', second],
    ['#3', third],
  ])('holds no address that was given, in any of its files: %s', async (_name, here) => {
    const files = await everything(issueOf(here, 'participants'))
    expect(files.length).toBeGreaterThan(8)
    expect(files.filter(([, text]) => text.includes(paulsAddress)).map(([id]) => id)).toEqual([])
  })

  it('is another than the organisers’, who have the addresses', async () => {
    const files = await everything(issueOf(third))
    const holding = files.filter(([, text]) => text.includes(paulsAddress)).map(([id]) => id)
    expect(holding).toEqual(expect.arrayContaining(['report', 'summary', 'data']))
  })
})

describe('no document of either copy', () => {
  it.each([
    ['#1', first],
    ['#2', second],
    ['#3', third],
    ['a lobby', lobbyOf(1)],
  ])('tells anyone’s account or the meeting: %s', async (_name, here) => {
    for (const copy of ['participants', 'organisers'] as const)
      for (const [id, text] of await everything(issueOf(here, copy)))
        expect([id, /29:\w+-account|19:meeting/u.exec(text)?.[0]]).toEqual([id, undefined])
  })
})
