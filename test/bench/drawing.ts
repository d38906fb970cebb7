import { readFileSync } from 'node:fs'
import { Template } from 'adaptivecards-templating'
import { Document, Packer, Paragraph } from 'docx'
import { theRoom } from '../../src/core/phases/contract.ts'
import { liveSlot } from '../../src/core/session/effects.ts'
import { documentsOf } from '../../src/core/summary/documents.ts'
import { viewOf } from '../../src/core/views/index.ts'
import { documentsMade } from '../../src/documents/index.ts'
import { cardOf } from '../../src/teams/cards.ts'
import { stage } from '../support/stage.ts'
import { playedSubjects } from '../support/workshops.ts'
import { type Group, inMs, quantile, type Row } from './line.ts'
import type { Setting } from './size.ts'

/** Cards and documents, in the process of the benchmark. */
export async function drawing({ size }: Setting): Promise<Group[]> {
  return [
    {
      title: 'Cards and documents',
      told: 'Median of so many, made in turn with what each is compared to.',
      heads: ['made', 'takes', 'compared to'],
      rows: [expanded(size.cards), await documents(size.sets)],
    },
  ]
}

const frame = readFileSync(new URL('../../cards/step.json', import.meta.url), 'utf8')

/** The live card of the first step, which everyone sees; against the library on the frame alone, made anew each time. */
function expanded(times: number): Row {
  const here = stage()
    .does('marie', { do: 'launch', format: 'format-1', name: 'Marie Durand' })
    .does('marie', { do: 'start' })
  const view = viewOf(here.session(), liveSlot(here.session()), theRoom, here.now())
  if (!view) throw new Error('nothing to show')
  const context = {
    lang: view.lang,
    zone: 'Europe/Paris',
    stamp: view.stamp,
    address: () => 'http://localhost',
  }
  const ours: number[] = []
  const theirs: number[] = []
  for (let round = 0; round < times; round += 1) {
    ours.push(tookMs(() => cardOf(view, context)))
    theirs.push(tookMs(() => new Template(JSON.parse(frame)).expand({ $root: { ...view.data, t: {} } })))
  }
  return {
    who: 'a card, from its view to the platform’s JSON; compared to the library, its template prepared each time',
    cells: [String(times), inMs(quantile(ours, 0.5)), inMs(quantile(theirs, 0.5))],
    goal: { says: 'less', reached: quantile(ours, 0.5) < quantile(theirs, 0.5) },
  }
}

function tookMs(work: () => unknown): number {
  const begun = performance.now()
  work()
  return performance.now() - begun
}

/** All that organisers may have of a format #1 with forty subjects; against as many empty Word files. */
async function documents(times: number): Promise<Row> {
  const here = playedSubjects()
  const made = documentsMade({
    zone: 'Europe/Paris',
    clock: { now: here.now, at: () => () => {} },
    formats: {},
  })
  const ids = documentsOf(here.session(), 'organisers', here.now())
  const ours: number[] = []
  const theirs: number[] = []
  for (let round = 0; round < times; round += 1) {
    const begun = performance.now()
    for (const id of ids) await made.make(id, { session: here.session(), copy: 'organisers', lang: 'fr' })
    const between = performance.now()
    for (const _ of ids)
      await Packer.toBuffer(new Document({ sections: [{ children: [new Paragraph('Rien.')] }] }))
    ours.push(between - begun)
    theirs.push(performance.now() - between)
  }
  return {
    who: `a full set of documents, ${ids.length} of them, the archive of all included; compared to as many Word files of one line`,
    cells: [String(times), inMs(quantile(ours, 0.5)), inMs(quantile(theirs, 0.5))],
    goal: { says: 'under 5 s, the time an activity may wait', reached: quantile(ours, 0.5) < 5000 },
  }
}
