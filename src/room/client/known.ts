import { useEffect, useState } from 'preact/hooks'
import type { Acquaintance } from '../views.ts'
import { post, savedSeat } from './api.ts'

const place = 'ouverture.people'
const most = 20

/** Who this browser has been, the last one first: local storage outlives the tab, and is shared between tabs. */
function tokens(): string[] {
  try {
    return JSON.parse(localStorage.getItem(place) ?? '[]') as string[]
  } catch {
    return []
  }
}

function keep(list: string[]): void {
  try {
    localStorage.setItem(place, JSON.stringify(list.slice(0, most)))
  } catch {
    // A browser that keeps nothing has nobody to come back as.
  }
}

export function rememberPerson(token: string): void {
  keep([token, ...tokens().filter((each) => each !== token)])
}

/**
 * Whom one may come back as; undefined while the room is being asked. A link that names a role is for one more person:
 * it offers only who was here in this very tab, and those whose tab is closed.
 */
export function useAcquaintances(slug: string, isForNewcomer: boolean): Acquaintance[] | undefined {
  const own = savedSeat()?.token
  const asked = [...new Set([...(own ? [own] : []), ...tokens()])].slice(0, most)
  const [people, setPeople] = useState<Acquaintance[] | undefined>(asked.length === 0 ? [] : undefined)

  useEffect(() => {
    if (people) return
    post<{ people: Acquaintance[] }>('known', { tokens: asked, slug })
      .then((known) => {
        keep(known.people.map((each) => each.token))
        setPeople(known.people)
      })
      .catch(() => setPeople([]))
  }, [])

  return people?.filter(({ token, isHere }) => !isForNewcomer || !isHere || token === own)
}
