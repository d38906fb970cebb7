import type { Draft, Viewer } from '../phases/contract.ts'
import type { Session } from '../session/types.ts'
import { formView } from './form.ts'
import { joinView, lobbyView } from './lobby.ts'
import { partingView } from './parting.ts'
import type { CardView, Look } from './parts.ts'
import { ringView } from './ring.ts'
import { stepView } from './step.ts'
import { summaryView } from './summary.ts'
import { takingUpView } from './taking-up.ts'

export { dialogView } from './dialogs.ts'
export { documentsView } from './documents.ts'
export { libraryView } from './library.ts'
export { eraseDialog, forgetDialog, ownDataDialog, ownDataDoor, ownDataView } from './own-data.ts'
export type { CardView } from './parts.ts'
export { privateView, whichView } from './private.ts'
export {
  chooseView,
  type ProgrammeDraft,
  type ProgrammePage,
  programmePages,
  programmesView,
  programmeView,
  reminderView,
} from './programme.ts'
export { milestoneHelp, milestoneTitle } from './programme-plan.ts'
export type { RehearsalAt } from './programme-rehearsal.ts'
export { unsentView } from './unsent.ts'
export { type Ground, helpView, noticeView, offerView, welcomeView } from './welcome.ts'

/** The card of a slot as this viewer may see it; null when there is nothing to show any more. */
export function viewOf(
  session: Session,
  slot: string,
  viewer: Viewer,
  now: number,
  draft: Draft = {},
): CardView | null {
  const look: Look = { session, slot, viewer, now, draft }
  const [kind = '', segment = ''] = slot.split('/')
  switch (kind) {
    case 'lobby':
      return lobbyView(look)
    case 'join':
      return joinView(look)
    case 'step':
      return stepView(look, segment)
    case 'form':
      return formView(look, segment)
    case 'ring':
      return ringView(look, segment)
    case 'parting':
      return partingView(look)
    case 'taking-up':
      return takingUpView(look)
    case 'summary':
      return summaryView(look)
    default:
      return null
  }
}
