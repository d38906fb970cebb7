import { hasRehearsed } from '../programme/rehearse.ts'
import type { Programme } from '../programme/types.ts'
import { type Lang, say, type ViewData } from '../text.ts'

/** Where a rehearsal with simulated participants is opened; null where there is no such place. */
export type RehearsalAt = (about: {
  title: string
  programme: string
  workshop: number
  lang: Lang
  /** Her other programmes have workshops of that number too. */
  isOneOfSeveral: boolean
}) => string | null

interface Look {
  programme: Programme
  lang: Lang
  rehearsalAt: RehearsalAt
  isOneOfSeveral?: boolean
}

/** What a rehearsal is, and how each workshop of the path is played before its day. */
export function rehearsePage({ programme, lang, rehearsalAt, isOneOfSeveral = false }: Look): {
  [key: string]: ViewData
} {
  const several = programme.path.length > 1
  const workshops = programme.path.map(({ title }, index) => {
    const workshop = index + 1
    return {
      name: several ? say('programme.workshop', { number: workshop, title }) : title,
      url: rehearsalAt({ title: title[lang], programme: programme.id, workshop, lang, isOneOfSeveral }),
      command: say('rehearsal.write', {
        workshop: several ? workshop : 0,
        programme: isOneOfSeveral ? programme.id : 'none',
      }),
      style: index === 0 ? 'positive' : 'default',
    }
  })
  return {
    workshops,
    simulated: workshops.some(({ url }) => url !== null),
    played: hasRehearsed(programme),
  }
}
