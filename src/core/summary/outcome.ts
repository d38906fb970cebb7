import type { Session } from '../session/types.ts'
import { type Bilingual, said, say, type Text } from '../text.ts'
import type { Block, Chapter } from './chapter.ts'
import type { CanvasPart, RoadmapPart, SubjectsPart } from './part.ts'
import { type PlacedPart, partsOf } from './parts.ts'

/** What the session came to, in a few lines, before the details: what was kept, where people differ, what was written. */
export function outcomeChapter(session: Session, now: number): Chapter {
  const facts = partsOf(session, now).flatMap(factsOf)
  return {
    id: 'outcome',
    title: say('outcome.title'),
    blocks: facts.length ? [{ block: 'facts', facts }] : [],
  }
}

type Fact = Extract<Block, { block: 'facts' }>['facts'][number]

function factsOf(part: PlacedPart): Fact[] {
  switch (part.part) {
    case 'subjects':
      return subjectFacts(part)
    case 'canvas':
      return canvasFacts(part)
    case 'sub-actions':
      return [
        { label: say('outcome.sub-actions'), value: say('outcome.written', { count: part.list.length }) },
      ]
    case 'roadmap':
      return [{ label: say('outcome.roadmap'), value: roadmapText(part) }]
  }
}

function subjectFacts({ cards, board }: SubjectsPart): Fact[] {
  const quoted = (some: SubjectsPart['cards']): Text => ({
    listing: some.map((one) => say('outcome.quoted', { text: said(one.title) })),
  })
  const priority = cards.filter((one) => one.priority)
  const wellPlaced = cards.filter((one) => one.wellPlaced)
  const divided = cards.filter((one) => one.divided)
  return [
    { label: say('outcome.subjects'), value: say('outcome.gathered', { count: cards.length }) },
    ...(board && priority.length ? [{ label: say('outcome.priority'), value: quoted(priority) }] : []),
    ...(wellPlaced.length ? [{ label: say('outcome.well-placed'), value: quoted(wellPlaced) }] : []),
    ...(divided.length ? [{ label: say('outcome.divided'), value: quoted(divided) }] : []),
  ]
}

/** The first heading names the commitment, in the kit's canvas as in any other. */
function canvasFacts({ headings }: CanvasPart): Fact[] {
  const [first] = headings
  const filled = headings.filter(({ text }) => text !== '').length
  const named: { label: Bilingual; text: string }[] = first?.text ? [first] : []
  return [
    ...named.map(({ label, text }) => ({ label, value: said(text) })),
    {
      label: say('outcome.canvas'),
      value: say('outcome.headings', { filled, total: headings.length }),
    },
  ]
}

function roadmapText({ steps }: RoadmapPart): Text {
  const starts = steps.map(({ start }) => start).filter((day) => day !== '')
  const ends = steps.map(({ end }) => end).filter((day) => day !== '')
  const [first, last] = [starts.sort().at(0), ends.sort().at(-1)]
  return first && last
    ? say('outcome.steps-over', { count: steps.length, start: { month: first }, end: { month: last } })
    : say('outcome.steps', { count: steps.length })
}
