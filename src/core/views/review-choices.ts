import { targetOf } from '../session/review.ts'
import { type Placed, toldText } from '../summary/review.ts'
import { said, say, type Text, type ViewData } from '../text.ts'

/** Choices one list may hold; beyond, one first chooses where. */
const listed = 40

/** Which text to mend: an item, or where there are many of them, first its segment. `about` is what was chosen so far. */
export function choicesAmong(texts: Placed[], about: string | undefined): ViewData[] {
  const parts = partsOf(itemsOf(texts))
  const asked = parts.find(({ id }) => id === about)
  const items = parts.flatMap((part) => part.items)
  if (asked) return asked.items.map(itemChoice)
  return items.length > listed ? parts.map(partChoice) : items.map(itemChoice)
}

/** A segment, or a stretch of one that has many items. */
interface Stretch {
  id: string
  title: Text
  /** Place of its first item, where the segment has several stretches. */
  from: number | null
  items: Placed[][]
}

/** The texts of each item. */
function itemsOf(texts: Placed[]): Placed[][] {
  const items = new Map<string, Placed[]>()
  for (const one of texts) items.set(targetOf(one), [...(items.get(targetOf(one)) ?? []), one])
  return [...items.values()]
}

function partsOf(items: Placed[][]): Stretch[] {
  const segments = [...new Set(items.map(([first]) => first?.segment ?? ''))]
  return segments.flatMap((id) => {
    const here = items.filter(([first]) => first?.segment === id)
    const title = here[0]?.[0]?.title ?? said('')
    return Array.from({ length: Math.ceil(here.length / listed) }, (_, index) => ({
      id: `${id}:${index}`,
      title,
      from: here.length > listed ? index * listed : null,
      items: here.slice(index * listed, (index + 1) * listed),
    }))
  })
}

const partChoice = ({ id, title, from, items }: Stretch): ViewData => ({
  value: id,
  title:
    from === null
      ? say('review.part', { title, count: items.length })
      : say('review.part-from', { title, from: from + 1, until: from + items.length }),
})

/** « Sujet 3 · Un budget que chacun comprend ». */
function itemChoice(texts: Placed[]): ViewData {
  const [first] = texts
  if (!first) return null
  const label = texts.length > 1 ? first.label : toldText(first)
  const text = texts.find((one) => one.text !== '')?.text
  const value = targetOf(first)
  // Someone's name says already what her texts begin with.
  if (first.segment === 'people') return { value, title: label }
  return {
    value,
    title: text
      ? say('review.of', { label, field: said(excerpt(text)) })
      : say('review.choice-empty', { label }),
  }
}

function excerpt(text: string): string {
  const characters = [...text.replace(/\s+/gu, ' ')]
  return characters.length > 60 ? `${characters.slice(0, 59).join('').trimEnd()}…` : characters.join('')
}
