import { emptyMeeting } from '../../src/core/meeting.ts'
import { ownDataIn } from '../../src/core/personal-data.ts'
import {
  eraseDialog,
  forgetDialog,
  ownDataDialog,
  ownDataDoor,
  ownDataView,
} from '../../src/core/views/index.ts'
import type { Game, Look } from './scenes.ts'

/** What a person sees of her own data, and what is asked before anything is erased. */
export function ownDataScenes(game: Game, look: Look) {
  const session = game.session()
  const week = 7 * 86_400_000
  const sessions = Array.from({ length: 8 }, (_, index) => ({
    ...session,
    id: String(index),
    launchedAt: session.launchedAt - (8 - index) * week,
  }))
  const own = ownDataIn({ ...emptyMeeting('19:meeting'), sessions }, 'u3', game.now())
  const to = { who: 'u3', lang: 'fr' as const, days: 365, carried: 0, programmes: 0 }
  look('own-data', ownDataView(own, to))
  look('own-data-none', ownDataView([], { ...to, lang: 'en' }))
  look('own-data-carried', ownDataView([], { ...to, carried: 2 }))
  look('own-data-programmes', ownDataView([], { ...to, programmes: 2 }))
  look('dialog-forget-programmes', forgetDialog({ over: 0, held: 0, programmes: 1 }, 'fr'))
  look('own-data-door', ownDataDoor('fr'))
  look('dialog-own-data', ownDataDialog(own.slice(0, 1), to))
  look('dialog-forget', forgetDialog({ over: 1, held: 0, programmes: 0 }, 'fr'))
  look('dialog-forget-held', forgetDialog({ over: 7, held: 1, programmes: 2 }, 'fr'))
  const erase = eraseDialog(session, { by: 'u1', others: 2 }, 'fr')
  if (!erase) throw new Error('only a session that is over is erased')
  look('dialog-erase', erase)
}
