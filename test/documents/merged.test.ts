import { describe, expect, it } from 'vitest'
import { merged } from '../../src/core/programme/merged.ts'
import type { SheetId } from '../../src/core/text.ts'
import { type MergedLook, renderMerged } from '../../src/documents/merged.ts'
import { opened } from '../support/docx.ts'
import { asOf, home, played, programmeOf, rated } from '../support/groups.ts'
import { twoPm } from '../support/stage.ts'

const programme = programmeOf()
const formula = '=HYPERLINK("https://pirate.example";"cliquez")'
const one = asOf(
  played([
    {
      title: 'Les menus',
      votes: [
        [2, 4],
        [2, 4],
        [2, 4],
      ],
    },
  ]).session(),
  programme,
  1,
)
const two = asOf(played([{ title: formula, votes: [[5, 4]] }]).session(), programme, 2)
const now = twoPm + 3_600_000

const united = merged(home, programme, [one, two], now).subjects.map(({ of }) => of[0]?.reference ?? '')

const made = async (id: SheetId, more: Partial<MergedLook> = {}) =>
  renderMerged(id, { programme, home, sessions: [one, two], now, lang: 'fr', zone: 'Europe/Paris', ...more })

describe('the subjects of several groups, taken away', () => {
  it('are a table with a row for each group, where nothing that people wrote can run', async () => {
    const table = await made('merged-table', { programme: { ...programme, same: [united] } })
    const [head = '', ...rows] = String(table?.body).trim().split('\r\n')
    expect(head).toContain('"Désirabilité, moyenne de tous les avis"')
    expect(rows).toHaveLength(2)
    // Three at 2 and one at 5, over both groups, then what the group itself gave.
    expect(rows[0]).toMatch(/^1;"Les menus";4;"2,8";4;"non";1;1;"Les menus";.*;4;2;3;""$/u)
    expect(rows[1]).toMatch(/^1;"Les menus";4;"2,8";4;"non";2;1;"'=HYPERLINK/u)
  })

  it('name what each of them is not to be taken for', async () => {
    const told = { programme: { ...programme, distinct: [united] } }
    const [head = '', ...rows] = String((await made('merged-table', told))?.body)
      .trim()
      .split('\r\n')
    expect(head).toMatch(/;"À ne pas confondre avec les n°"$/u)
    expect(rows.map((row) => row.split(';').at(-1))).toEqual(['"2"', '"1"'])
    const sheet = await made('merged-sheet', told)
    if (!sheet || typeof sheet.body === 'string') throw new Error('no sheet')
    const { text } = await opened({ type: sheet.type, fileName: sheet.fileName, body: sheet.body })
    expect(text.match(/À ne pas confondre avec le n°\u00A0[12]/gu)).toHaveLength(2)
    expect(text).toContain('À ne pas confondre avec le n°\u00A01, «\u00A0Les menus\u00A0»')
  })

  it('are a Word sheet in which each subject names its group, its authors and its votes', async () => {
    const sheet = await made('merged-sheet')
    if (!sheet || typeof sheet.body === 'string') throw new Error('no sheet')
    const { text } = await opened({ type: sheet.type, fileName: sheet.fileName, body: sheet.body })
    expect(text).toContain('Groupe 1, n°\u00A01\u00A0: «\u00A0Les menus\u00A0», Paul Martin')
    expect(text).toContain('Désirabilité 2 · Faisabilité 4 · 3 avis')
  })

  it('are a matrix once a group has been shown its own, and a sheet that says so before', async () => {
    const sealed = [asOf(rated([{ title: 'Les menus', votes: [[2, 4]] }]).session(), programme, 1)]
    expect(await made('merged-matrix', { sessions: sealed })).toBeNull()
    expect((await made('merged-matrix'))?.type).toBe('image/png')
    expect(await made('merged-sheet', { sessions: [] })).toMatchObject({
      fileName: expect.stringMatching(/\.docx$/u),
    })
  })
})
