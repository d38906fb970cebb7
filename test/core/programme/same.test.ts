import { describe, expect, it } from 'vitest'
import { carryOutPlan, emptyMeeting, type Meeting } from '../../../src/core/meeting.ts'
import type { ProgrammeAsk } from '../../../src/core/programme/asks.ts'
import type { Programme } from '../../../src/core/programme/types.ts'
import { calendar, home, kitFormats } from '../../support/groups.ts'
import { twoPm } from '../../support/stage.ts'

/** What an organiser says of the subjects a, b, c, in turn: her chat, and what the last was refused for. */
function told(...asks: ProgrammeAsk[]): { meeting: Meeting; refused: string | null } {
  let meeting = emptyMeeting(home)
  let refused: string | null = null
  const begun: ProgrammeAsk = { do: 'programme-begin', from: 'novice', to: 'canvas', people: '24' }
  for (const ask of [begun, ...asks]) {
    const asking = { by: 'marie', at: twoPm, lang: 'fr' as const, calendar, key: null }
    const verdict = carryOutPlan(meeting, { ask, ...asking }, kitFormats)
    refused = 'refusal' in verdict ? verdict.refusal.refusal : null
    if (verdict.done === true) meeting = verdict.meeting
  }
  return { meeting, refused }
}

type Two = 'programme-same' | 'programme-distinct' | 'programme-alike'
const say = (verb: Two, one: string, other: string): ProgrammeAsk => ({ do: verb, p: '1', one, other })

const kept = (...asks: ProgrammeAsk[]): Pick<Programme, 'same' | 'distinct'> => {
  const [programme] = told(...asks).meeting.programmes
  return { same: programme?.same ?? [], distinct: programme?.distinct ?? [] }
}

describe('two subjects that an organiser tells apart', () => {
  it('are kept as two, once, and may be brought near again', () => {
    const apart = say('programme-distinct', 'a', 'b')
    expect(kept(apart)).toEqual({ same: [], distinct: [['a', 'b']] })
    expect(kept(apart, say('programme-distinct', 'b', 'a')).distinct).toHaveLength(1)
    expect(kept(apart, say('programme-alike', 'b', 'a')).distinct).toEqual([])
  })

  it('are one as soon as she says so, and two again as soon as she says that', () => {
    const [apart, same] = [say('programme-distinct', 'a', 'b'), say('programme-same', 'a', 'b')]
    expect(kept(apart, same)).toEqual({ same: [['a', 'b']], distinct: [] })
    expect(kept(same, apart)).toEqual({ same: [], distinct: [['a', 'b']] })
  })

  it('are brought near again with all that is one with them', () => {
    const asks = [say('programme-distinct', 'a', 'c'), say('programme-same', 'a', 'b')]
    expect(kept(...asks, say('programme-distinct', 'b', 'c')).distinct).toEqual([['a', 'c']])
    expect(kept(...asks, say('programme-alike', 'c', 'b')).distinct).toEqual([])
    expect(kept(...asks, say('programme-alike', 'c', 'd')).distinct).toEqual([['a', 'c']])
  })

  it('are two subjects, and no more pairs than a record can hold', () => {
    expect(told(say('programme-distinct', 'a', 'a')).refused).toBe('unknown')
    expect(told(say('programme-alike', 'a', '')).refused).toBe('unknown')
    const many = Array.from({ length: 101 }, (_, index) => say('programme-distinct', 'a', `b${index}`))
    expect(told(...many.slice(0, 100)).refused).toBeNull()
    expect(told(...many).refused).toBe('full')
  })
})
