import { existsSync } from 'node:fs'
import { type Browser, chromium, type Page } from 'playwright-core'
import { expect } from 'vitest'

const candidates = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]

/** Null where no Chromium is found; with BROWSER_TESTS=required that is a failure, not a reason to skip. */
export const chromiumPath = candidates.find((path) => path && existsSync(path)) ?? null

if (chromiumPath === null && process.env.BROWSER_TESTS === 'required')
  throw new Error('BROWSER_TESTS=required, and no Chromium: set CHROMIUM_PATH')

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: chromiumPath ?? '',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })

export const wide = { width: 1440, height: 900 }
export const phone = { width: 360, height: 740 }

/** The room at another size: what stands beside the chat goes, or comes, once the page has been drawn anew. */
export async function resized(page: Page, viewport: typeof wide): Promise<void> {
  await page.setViewportSize(viewport)
  const beside = viewport === wide ? await page.locator('.room').count() : 0
  await expect.poll(() => page.locator('.panel').count()).toBe(beside)
}

/** Comes into the room as one does: a name, a way in, a button. Each person has a browser context of her own. */
export async function enterRoom(
  browser: Browser,
  url: string,
  { name, role, viewport = wide }: { name: string; role: 'organizer' | 'attendee'; viewport?: typeof wide },
): Promise<Page> {
  const page = await openedDoor(browser, `${url}?role=${role}&lang=fr`, viewport)
  await page.getByLabel('Votre nom').fill(name)
  await page.getByRole('button', { name: 'Entrer dans la réunion' }).click()
  await page.getByRole('log').waitFor()
  return page
}

/** The door, as someone sees it who has never been here. */
export async function openedDoor(browser: Browser, url: string, viewport = wide): Promise<Page> {
  const page = await (await browser.newContext({ viewport, locale: 'fr-FR' })).newPage()
  page.setDefaultTimeout(15_000)
  await page.goto(url)
  return page
}
