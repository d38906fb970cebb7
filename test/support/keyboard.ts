import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** A person who has no mouse: every step she takes is a key. */

interface Stop {
  name: string
  tag: string
  /** In the conversation or in what stands over it. */
  inTalk: boolean
  inDialog: boolean
  hasRing: boolean
}

/** Where the focus is; null when it is nowhere. */
export const focused = (page: Page): Promise<Stop | null> =>
  page.evaluate(`(() => {
    const at = document.activeElement
    if (!at || at === document.body) return null
    const rings = [at, at.parentElement, at.closest('.way, .compose-box')].filter(Boolean).map(getComputedStyle)
    const labels = [...(at.labels ?? [])].map((label) => label.textContent).join(' ')
    return {
      name: (labels || (at.getAttribute('aria-label') ?? at.textContent)).replace(/\\s+/gu, ' ').trim(),
      tag: at.tagName,
      inTalk: at.closest('[role="log"], dialog') !== null,
      inDialog: at.closest('dialog') !== null,
      hasRing: rings.some(({ outlineStyle, outlineWidth }) => outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1),
    }
  })()`)

interface Way {
  /** The other way round, last first, is how one comes from the message box to the latest card. */
  key?: 'Tab' | 'Shift+Tab'
  anywhere?: boolean
}

const most = 400

/** Goes on until the focus is on what is called so; whatever is passed on the way shows that it has the focus. */
export async function goTo(
  page: Page,
  name: string | RegExp,
  { key = 'Shift+Tab', anywhere }: Way = {},
): Promise<void> {
  const passed = new Set<string>()
  for (let count = 0; count < most; count++) {
    const stop = await focused(page)
    if (stop) expect(stop, `« ${stop.name} » shows that it has the focus`).toMatchObject({ hasRing: true })
    if (stop && (anywhere || stop.inTalk) && isCalled(stop.name, name)) return
    passed.add(stop?.name ?? '')
    await page.keyboard.press(key)
  }
  throw new Error(`no key leads to « ${name} », but to ${[...passed].join(', ')}`)
}

const isCalled = (name: string, wanted: string | RegExp): boolean =>
  typeof wanted === 'string' ? name === wanted : wanted.test(name)

/** Presses it; the focus is somewhere again once that is done. */
export async function press(page: Page, name: string | RegExp, way: Way = {}): Promise<void> {
  do await goTo(page, name, way)
  while (!(await enters(page)))
  await keepsFocus(page)
}

/** Whether anything took the key: one that falls between two drawings of a card is pressed again, as anyone would. */
async function enters(page: Page): Promise<boolean> {
  await page.evaluate(`(() => {
    delete window.taken
    document.addEventListener('click', () => { window.taken = true }, { capture: true, once: true })
  })()`)
  await page.keyboard.press('Enter')
  return page.evaluate<boolean>('window.taken === true')
}

export const keepsFocus = (page: Page): Promise<unknown> =>
  expect.poll(() => focused(page), { timeout: 15_000, message: 'the focus is somewhere' }).not.toBeNull()

/** Types over what stands in a field. */
export async function write(page: Page, label: string | RegExp, words: string, way: Way = {}): Promise<void> {
  await goTo(page, label, way)
  await page.keyboard.press('Control+A')
  await page.keyboard.type(words)
}

/** Arrows through a list until this choice is the one. */
export async function choose(
  page: Page,
  label: string | RegExp,
  choice: string | RegExp,
  way: Way = {},
): Promise<void> {
  await goTo(page, label, way)
  await page.keyboard.press('Home')
  for (let count = 0; count < 30; count++) {
    const chosen = await page.evaluate<string>('document.activeElement.selectedOptions[0]?.textContent ?? ""')
    if (isCalled(chosen, choice)) return
    await page.keyboard.press('ArrowDown')
  }
  throw new Error(`no arrow leads to « ${choice} »`)
}
