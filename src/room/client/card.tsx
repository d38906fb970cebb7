import * as AdaptiveCards from 'adaptivecards'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { JsonObject } from '../views.ts'
import { flows, layOut } from './flow.ts'
import { useKeptFocus } from './focus.ts'
import { markdownToHtml } from './markdown.ts'
import { rehearsalHere } from './rehearsal.ts'
import { fitToWidth, targetWidths } from './target-width.ts'
import { hostConfig } from './teams-look.ts'
import { t } from './texts.ts'

export interface CardAction {
  type: 'Action.Execute' | 'Action.Submit'
  id?: string
  verb?: string
  data: JsonObject
}

interface CardProps {
  card: JsonObject
  busy: boolean
  onAction: (action: CardAction) => void
}

AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = markdownToHtml(text)
  result.didProcess = true
}
AdaptiveCards.GlobalSettings.setTabIndexAtCardRoot = false

/** Drawn by Microsoft's renderer; drawn anew whenever the card is another one, and what was typed is then lost, as in Teams. */
export function Card({ card, busy, onAction }: CardProps) {
  const place = useRef<HTMLDivElement>(null)
  const act = useRef(onAction)
  act.current = onAction
  const [isReadable, setReadable] = useState(true)
  const focus = useKeptFocus(place)

  useLayoutEffect(() => {
    const host = place.current
    if (!host) return
    focus.keep()
    const drawn = draw(card, (action) => act.current(action))
    host.replaceChildren(...(drawn ? [drawn.element] : []))
    setReadable(drawn !== undefined)
    focus.giveBack()
    return drawn?.fitTo(host)
  }, [card])

  // Before what the answer opens takes the focus, so that it knows where to give it back.
  useLayoutEffect(() => {
    if (!place.current) return
    focus.keep()
    place.current.inert = busy
    focus.giveBack()
  }, [busy])

  return (
    <div class={busy ? 'card busy' : 'card'}>
      {busy && <div class="progress" role="progressbar" aria-label={t('card.working')} />}
      {/* Drawn anew at every tick of its clock: live, the log would read it out each time. */}
      {/* biome-ignore lint/a11y/useSemanticElements: a card is no set of fields, and a region each would be too many. */}
      <div
        ref={place}
        class="card-body"
        role="group"
        aria-label={t('card.label')}
        aria-live="off"
        tabIndex={-1}
      />
      {!isReadable && <p class="card-unreadable">{t('card.unreadable')}</p>}
    </div>
  )
}

function draw(source: JsonObject, onAction: (action: CardAction) => void) {
  const widths = targetWidths()
  const context = new AdaptiveCards.SerializationContext()
  const flowing = flows()
  context.onParseElement = (element, parsed) => {
    widths.note(element, parsed)
    flowing.note(element, parsed)
  }
  const card = new AdaptiveCards.AdaptiveCard()
  card.hostConfig = hostConfig
  card.onExecuteAction = (action) => execute(action, onAction)
  card.onAnchorClicked = () => false
  try {
    card.parse(source, context)
    const element = card.render()
    layOut(flowing.found)
    if (element) nameByContent(element)
    return element && { element, fitTo: (host: HTMLElement) => fitToWidth(host, widths.elements) }
  } catch {
    return undefined
  }
}

/**
 * What can be pressed as a whole is called by the words one sees in it; what pressing does is its description. The renderer
 * would have the second replace the first: who asks aloud for what she reads would not be understood.
 */
function nameByContent(card: HTMLElement): void {
  for (const part of card.querySelectorAll('.ac-selectable[aria-label]'))
    if (/\p{L}/u.test(part.textContent ?? '')) part.removeAttribute('aria-label')
}

/** An address written by whoever wrote the card: nothing but a page or a letter is opened. */
const opensInTab = /^(https?|mailto):/iu

function execute(action: AdaptiveCards.Action, onAction: (action: CardAction) => void): void {
  if (action instanceof AdaptiveCards.OpenUrlAction) {
    const url = action.url ?? ''
    const rehearsal = rehearsalHere(url)
    if (rehearsal) location.assign(rehearsal)
    else if (opensInTab.test(url)) window.open(url, '_blank', 'noopener')
    return
  }
  const id = action.id ? { id: action.id } : {}
  if (action instanceof AdaptiveCards.ExecuteAction) {
    onAction({ type: 'Action.Execute', ...id, verb: action.verb, data: dataOf(action) })
  }
  if (action instanceof AdaptiveCards.SubmitAction) {
    onAction({ type: 'Action.Submit', ...id, data: dataOf(action) })
  }
}

function dataOf(action: AdaptiveCards.SubmitActionBase): JsonObject {
  return { ...(action.data as JsonObject | undefined) }
}
