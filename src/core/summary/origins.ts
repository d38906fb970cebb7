import { labelOf, takenFrom } from '../brought.ts'
import { chainOf, type Link } from '../session/chain.ts'
import { outcomeKeys } from '../session/outcome.ts'
import type { Session } from '../session/types.ts'
import { said, say, type Text } from '../text.ts'
import { votesOf } from '../views/carry.ts'
import type { Block, Chapter } from './chapter.ts'

/** What the session started from, and each change made to it since. */
export function startChapter(session: Session): Chapter {
  const { brought } = session.steer
  const from = takenFrom(session)
  const changes = (brought?.changes ?? []).map((one) =>
    say(one.before === '' ? 'carry.change-added' : 'carry.change-line', {
      label: labelOf({ key: one.key, label: labelIn(session, one.key) }),
      before: said(one.before),
      after: said(one.after),
      name: said(one.name),
    }),
  )
  const written = (brought?.fields ?? [])
    .filter(({ text }) => text !== '')
    .map((field) => ({ label: labelOf(field), value: said(field.text) }))
  return {
    id: 'start',
    title: say('carry.started-from'),
    blocks: [
      ...(from ? [{ block: 'text' as const, text: from }] : []),
      ...(written.length ? [{ block: 'facts' as const, facts: written }] : []),
      ...(changes.length ? [{ block: 'list' as const, title: say('carry.changes'), items: changes }] : []),
    ],
  }
}

const labelIn = ({ steer }: Session, key: string) =>
  steer.brought?.fields.find((field) => field.key === key)?.label ?? null

/** Each result with what it was made from, back to the people and the votes. */
export function originChapter(session: Session, now: number): Chapter {
  const lists = outcomeKeys(session, now).flatMap((key): Block[] => {
    const [root, ...links] = chainOf(session, [key], now)
    return root && links.length
      ? [
          {
            block: 'list',
            title: said(root.origin.title || root.origin.sentence),
            items: links.map(originLine),
          },
        ]
      : []
  })
  return { id: 'origins', title: say('carry.origins'), blocks: lists }
}

function originLine({ origin }: Link): Text {
  const votes = votesOf(origin)
  const where = origin.label ?? origin.segment
  const text = said(origin.title || origin.sentence)
  const names = [...origin.authors.map(({ name }) => said(name)), ...(votes ? [votes] : [])]
  return names.length
    ? say('carry.origin-line-by', { where, text, names: { listing: names } })
    : say('carry.origin-line', { where, text })
}
