import type { CardElement } from 'adaptivecards'

type Width = 'verynarrow' | 'narrow' | 'standard' | 'wide'

const order: Width[] = ['verynarrow', 'narrow', 'standard', 'wide']

/** Widest card, in pixels, of each class but the last: the limits of Microsoft's own renderers. */
const limits = { verynarrow: 165, narrow: 350, standard: 768 }

/** Collects, while a card is parsed, which elements are only for some widths. */
export function targetWidths() {
  const elements = new Map<CardElement, string>()
  const note = (element: CardElement, source: { targetWidth?: unknown; isVisible?: unknown }) => {
    const isHiddenByAuthor = source.isVisible === false
    if (typeof source.targetWidth === 'string' && !isHiddenByAuthor) {
      elements.set(element, source.targetWidth.toLowerCase())
    }
  }
  return { elements, note }
}

/** Shows what fits, now and each time the width changes. Returns how to stop. */
export function fitToWidth(host: HTMLElement, elements: Map<CardElement, string>): () => void {
  if (elements.size === 0) return () => {}
  const show = () => {
    const width = widthOf(host.clientWidth)
    for (const [element, target] of elements) element.isVisible = matches(target, width)
  }
  const observer = new ResizeObserver(show)
  observer.observe(host)
  show()
  return () => observer.disconnect()
}

function widthOf(pixels: number): Width {
  if (pixels <= limits.verynarrow) return 'verynarrow'
  if (pixels <= limits.narrow) return 'narrow'
  return pixels <= limits.standard ? 'standard' : 'wide'
}

/** `narrow`, `atLeast:narrow` or `atMost:narrow`; what is none of these is always shown. */
function matches(target: string, width: Width): boolean {
  const [first = '', second] = target.split(':')
  const wanted = order.indexOf((second ?? first) as Width)
  const actual = order.indexOf(width)
  if (wanted < 0) return true
  if (first === 'atleast') return actual >= wanted
  if (first === 'atmost') return actual <= wanted
  return actual === wanted
}
