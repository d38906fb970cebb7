import { say } from '../../src/core/text.ts'
import { documentsView, libraryView } from '../../src/core/views/index.ts'
import type { Game, Look } from './scenes.ts'

/** The list of one's workshops, and the documents of one of them. */
export function documentScenes(game: Game, look: Look) {
  const session = game.session()
  const now = game.now()
  const own = { lang: 'fr' as const, now, reader: { id: 'u1', settles: true } }
  look('dialog-documents', game.dialog('documents', 'u1'))
  look('documents-personal', documentsView(session, 'organisers', own))
  look(
    'documents-sending',
    documentsView(session, 'organisers', { ...own, notice: say('documents.sending') }),
  )
  look('documents-chat', documentsView(session, 'participants', { lang: 'en', now, reader: null }))
  const prepared = {
    home: 'a:claire',
    programme: '1',
    owner: 'u1',
    step: 0,
    group: 1,
    groups: 3,
    plannedFor: session.launchedAt,
    team: [],
    expected: [],
    rehearsal: false,
    again: false,
  }
  const earlier = Array.from({ length: 8 }, (_, index) => ({
    ...session,
    id: String(index),
    launchedAt: session.launchedAt - index * 86_400_000 * 7,
    prepared: index < 3 ? { ...prepared, group: 3 - index } : null,
    context: { ...session.context, subject: index % 2 ? '' : 'Des données publiques que chacun comprend' },
  }))
  look('library', libraryView(earlier, { lang: 'fr', page: 0 }))
  look('library-empty', libraryView([], { lang: 'fr', page: 0 }))
}
