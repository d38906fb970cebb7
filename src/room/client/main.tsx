import { render } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { forgetSeat, RefusedByRoom, type Seat, savedSeat, saveSeat, slugAsked } from './api.ts'
import { EntryPage } from './entry.tsx'
import { rememberPerson } from './known.ts'
import { goRehearse, rehearsalHere } from './rehearsal.ts'
import { RoomPage } from './room.tsx'
import { pageData, setLanguage } from './texts.ts'

const query = new URLSearchParams(location.search)

/** A link that says in which role to enter may be for a new person, even in a tab that already has one. */
function seatAtStart(): Seat | undefined {
  if (query.has('role')) return undefined
  const seat = savedSeat()
  return seat && { ...seat, slug: slugAsked() ?? seat.slug }
}

function App() {
  const [seat, setSeat] = useState(seatAtStart)
  const [isGoing, setGoing] = useState(rehearsalHere(location.href) !== null)

  useEffect(() => {
    if (seat && isGoing)
      goRehearse(seat, query)
        .then(take)
        .catch((error) => error instanceof RefusedByRoom && error.status === 401 && lose())
        .finally(() => setGoing(false))
  }, [seat?.token])

  function take(taken: Seat): void {
    saveSeat(taken)
    rememberPerson(taken.token)
    history.replaceState(null, '', `/m/${encodeURIComponent(taken.slug)}`)
    setSeat(taken)
  }

  function lose(): void {
    forgetSeat()
    setSeat(undefined)
  }

  if (seat && isGoing) return <div class="loading" />
  return seat ? <RoomPage seat={seat} onMove={take} onRefused={lose} /> : <EntryPage onEnter={take} />
}

setLanguage(pageData.language)
render(<App />, document.body)
