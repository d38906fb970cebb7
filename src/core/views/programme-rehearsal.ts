import { hasRehearsed } from '../programme/rehearse.ts'
import type { Programme } from '../programme/types.ts'
import { type Lang, say, type ViewData } from '../text.ts'

/** Where a rehearsal with simulated participants is opened; null where there is no such place. */
export type RehearsalAt = (about: {
  title: string
  programme: string
  workshop: number
  lang: Lang
}) => string | null

/** What a rehearsal is, and how each workshop of the path is played before its day. */
export function rehearsePage(
  programme: Programme,
  { lang, rehearsalAt }: { lang: Lang; rehearsalAt: RehearsalAt },
): { [key: string]: ViewData } {
  const several = programme.path.length > 1
  const workshops = programme.path.map(({ title }, index) => {
    const workshop = index + 1
    return {
      name: several ? say('programme.workshop', { number: workshop, title }) : title,
      url: rehearsalAt({ title: title[lang], programme: programme.id, workshop, lang }),
      command: say('rehearsal.write', { workshop: several ? workshop : 0 }),
      style: index === 0 ? 'positive' : 'default',
    }
  })
  return {
    workshops,
    simulated: workshops.some(({ url }) => url !== null),
    played: hasRehearsed(programme),
  }
}
