import type { RefObject } from 'preact'

/** A control, told so that it can be found again once what holds it is drawn anew. */
interface Place {
  name: string
  /** Among those of the same name. */
  rank: number
  /** For what is pressed as a whole, what pressing it does, and where it stands among its like. */
  kind: string
  index: number
}

/** What is looked for in a part that was drawn without it. */
const sought = new WeakMap<Element, Place>()

/**
 * The focus of a part of the page that is drawn anew, or that nothing can be done with for a while: it comes back to the
 * same control, or to the part itself where that control is gone, so that the next key starts from there.
 */
export function useKeptFocus(host: RefObject<HTMLElement | null>) {
  function keep(): void {
    const part = host.current
    if (!part || part.inert || document.activeElement === part) return
    const place = placeIn(part)
    if (place) sought.set(part, place)
    else sought.delete(part)
  }

  function giveBack(): void {
    const part = host.current
    const place = part && sought.get(part)
    if (!part || part.inert || !place) return
    if (isLost() || part.contains(document.activeElement)) {
      const again = controlAt(part, place)
      const target = again ?? part
      target.focus({ preventScroll: true })
      // A control that is not there yet may come with the next drawing.
      if (!again) return
    }
    sought.delete(part)
  }

  return { keep, giveBack }
}

/** How to come back to what has the focus now, once something modal is over. */
export function wayBack(host: HTMLElement | null = null): () => void {
  const opener = document.activeElement
  const place = host && opener ? (placeIn(host) ?? sought.get(opener)) : undefined
  return () => {
    // The browser itself gives the focus back to what had it, though that be the part alone.
    if (!isLost() && document.activeElement !== opener) return
    const again = host && place ? controlAt(host, place) : undefined
    const part = host?.querySelector<HTMLElement>('[tabindex="-1"]')
    if (again) again.focus()
    else if (opener instanceof HTMLElement && opener.isConnected && opener !== part) opener.focus()
    else fallBackOn(part, place)
  }
}

/** On the part alone, whose next drawing may have the control again. */
function fallBackOn(part: HTMLElement | null | undefined, place: Place | undefined): void {
  if (part && place) sought.set(part, place)
  part?.focus()
}

/** Nothing has the focus: the next key would start from the top of the page. */
const isLost = (): boolean => !document.activeElement || document.activeElement === document.body

const reachable = 'button, input, select, textarea, a[href], [tabindex="0"]'

const controlsOf = (host: HTMLElement): HTMLElement[] => [...host.querySelectorAll<HTMLElement>(reachable)]

function placeIn(host: HTMLElement): Place | undefined {
  const controls = controlsOf(host)
  const focused = controls.find((each) => each === document.activeElement)
  if (!focused) return undefined
  const name = nameOf(focused)
  const rank = controls.filter((each) => nameOf(each) === name).indexOf(focused)
  const kind = kindOf(focused)
  return { name, rank, kind, index: controls.filter((each) => kindOf(each) === kind).indexOf(focused) }
}

function controlAt(host: HTMLElement, { name, rank, kind, index }: Place): HTMLElement | undefined {
  const controls = controlsOf(host)
  const alike = controls.filter((each) => nameOf(each) === name)
  // What people wrote is called by its words, which may just have been changed; no button is ever taken for another.
  const renamed = kind ? controls.filter((each) => kindOf(each) === kind)[index] : undefined
  return alike[rank] ?? alike.at(-1) ?? renamed
}

/** « Modifier cette carte – Un budget lisible » is to modify a card. */
const kindOf = ({ tagName, title }: HTMLElement): string =>
  tagName === 'DIV' ? (title.split(' – ')[0] ?? '') : ''

function nameOf(control: HTMLElement): string {
  const words = isField(control)
    ? [...(control.labels ?? [])].map(({ textContent }) => textContent).join(' ')
    : control.textContent
  return [control.tagName, control.getAttribute('aria-label'), words].join('|')
}

const isField = (control: HTMLElement) =>
  control instanceof HTMLInputElement ||
  control instanceof HTMLSelectElement ||
  control instanceof HTMLTextAreaElement
