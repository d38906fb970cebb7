import type { CardElement } from 'adaptivecards'

/** A container that Teams lays out side by side where there is room (`Layout.Flow`); this renderer only stacks. */
interface Flow {
  element: CardElement
  minItemWidth: string
}

/** Collects, while a card is parsed, which containers flow. */
export function flows() {
  const found: Flow[] = []
  const note = (element: CardElement, source: { layouts?: unknown }) => {
    const minItemWidth = widthIn(source.layouts)
    if (minItemWidth) found.push({ element, minItemWidth })
  }
  return { found, note }
}

/** Sets the items of each of these containers in as many columns as fit. */
export function layOut(found: Flow[]): void {
  for (const { element, minItemWidth } of found) {
    const host = element.renderedElement
    if (!host) continue
    host.classList.add('flows')
    host.style.setProperty('--item-width', minItemWidth)
  }
}

function widthIn(layouts: unknown): string | null {
  if (!Array.isArray(layouts)) return null
  const flow: unknown = layouts.find(
    (one: unknown) => typeof one === 'object' && one !== null && 'type' in one && one.type === 'Layout.Flow',
  )
  const width = typeof flow === 'object' && flow !== null && 'minItemWidth' in flow ? flow.minItemWidth : null
  return typeof width === 'string' && /^\d{1,4}px$/u.test(width) ? width : null
}
