import { describe, expect, it } from 'vitest'
import { recallIn } from '../../../src/core/brought.ts'
import { decidedIn } from '../../../src/core/programme/decided.ts'
import type { FollowUp } from '../../../src/core/programme/types.ts'
import { recalledFrom } from '../../../src/core/session/recall.ts'
import type { Recalled, Session } from '../../../src/core/session/types.ts'
import type { Lang } from '../../../src/core/text.ts'
import { speak } from '../../../src/locales/index.ts'
import { firstPlayed, lobbyOf, prepared, secondPlayed, thirdPlayed } from '../../support/chained.ts'

const first = firstPlayed()
const second = secondPlayed(first)
const third = thirdPlayed(second)

const told = (recalled: Recalled | null, lang: Lang = 'fr'): string[] => {
  const to = { lang, zone: 'Europe/Paris' }
  const decided = recalled?.decided ?? []
  return decided.map(({ label, value }) =>
    `${speak(label, to)} | ${speak(value, to)}`.replaceAll('\u00A0', ' '),
  )
}

const nothing: FollowUp[] = []
const at = (day: string) => Date.parse(`${day}T09:00:00Z`)
const followed = (session: Session, done: number[]): FollowUp[] =>
  decidedIn([session], third.now()).steps.map((step, index) => ({
    ...step,
    id: String(index),
    at: 0,
    done: done.includes(index),
  }))

describe('what was decided last time', () => {
  it('is what the session came to and the next steps it announced, in the language of whoever reads', () => {
    const recalled = recalledFrom(first.session(), { now: first.now(), followUps: nothing })
    expect(recalled).toMatchObject({ nextSteps: prepared.nextSteps, of: '19:meeting|1' })
    expect(told(recalled)).toContain('À porter en priorité | « Les budgets »')
    expect(told(recalled, 'en')).toContain('To be taken forward first | “Les budgets”')
  })

  it('names the steps of a roadmap that are due or overdue, until they are ticked off', () => {
    const session = third.session()
    const due = (day: string, done: number[] = []) =>
      told(recalledFrom(session, { now: at(day), followUps: followed(session, done) })).filter((one) =>
        one.startsWith('À échéance'),
      )
    expect(due('2027-06-01')).toEqual([])
    expect(due('2027-06-25')).toEqual([
      'À échéance ou en retard | « Préparer, publier; puis\\ fêter » (30 juin 2027, La direction des finances)',
    ])
    expect(due('2028-01-15')[0]).toContain('« Former » (31 décembre 2027)')
    expect(due('2028-01-15', [0])).toEqual(['À échéance ou en retard | « Former » (31 décembre 2027)'])
    expect(due('2028-01-15', [0, 1])).toEqual([])
  })

  it('is no wall of text: three of a list, the beginning of what is long', () => {
    const long = 'x'.repeat(600)
    const session = { ...first.session(), context: { ...first.session().context, nextSteps: long } }
    const recalled = recalledFrom(session, { now: first.now(), followUps: nothing })
    expect(recalled?.nextSteps).toHaveLength(281)
    const steps = Array.from({ length: 9 }, (_, index) => index)
    const shared = third.session().steer.shared['feuille-de-route'] as {
      steps: Record<string, object>
      order: string[]
    }
    const [one = ''] = shared.order
    const many = Object.fromEntries(
      steps.map((n) => [`s${n}`, { ...shared.steps[one], id: `s${n}`, title: `Étape ${n}` }]),
    )
    const crowded = {
      ...third.session(),
      steer: {
        ...third.session().steer,
        shared: {
          ...third.session().steer.shared,
          'feuille-de-route': { steps: many, order: Object.keys(many) },
        },
      },
    }
    const due = told(recalledFrom(crowded, { now: at('2028-01-15'), followUps: nothing })).at(-1)
    expect(due).toMatch(/« Étape 2 » \([^)]+\) et 6 autres$/u)
  })

  it('is nothing of a workshop that has not ended, or that came to nothing', () => {
    expect(recalledFrom(lobbyOf(1).session(), { now: first.now(), followUps: nothing })).toBeNull()
    expect(secondPlayed(first).session().steer.brought?.recalled).not.toBeNull()
  })
})

describe('what a session that starts from one of another meeting tells of it', () => {
  it('is the one thing carried over and the next steps as announced, and no word of anything else said there', () => {
    const carried = second.session().steer.brought?.recalled ?? null
    expect(told(carried)).toEqual(['Sujet retenu | Les budgets'])
    expect(carried?.nextSteps).toBe(prepared.nextSteps)
    expect(JSON.stringify(carried)).not.toContain('cantines')
    expect(told(third.session().steer.brought?.recalled ?? null)).toEqual([
      'Engagement retenu | Un budget en images',
    ])
  })

  it('comes before what was only held before it in the same chat, and goes when the choice is undone', () => {
    const unrelated = recalledFrom(third.session(), { now: third.now(), followUps: nothing })
    const session: Session = { ...second.session(), recalled: { ...unrelated, of: 'x|9' } as Recalled }
    expect(recallIn(session)?.decided).toHaveLength(1)
    const undone = { ...session, steer: { ...session.steer, brought: null } }
    expect(recallIn(undone)?.of).toBe('x|9')
  })

  it('is all that it came to where it was held in the same chat', () => {
    const whole = recalledFrom(first.session(), { now: first.now(), followUps: nothing })
    expect(recallIn({ ...second.session(), recalled: whole })).toBe(whole)
  })
})
