import type { Browser } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { removeFolder, startBot, type Told } from './bot.ts'
import { openBrowser } from './browser.ts'

/** The bot with its room, and a browser, for the tests of one suite; all of it ends with them. */
export function roomAndBrowser(): { url(): string; browser(): Browser; errors(): Told[] } {
  let running: Awaited<ReturnType<typeof startBot>>
  let browser: Browser
  beforeAll(async () => {
    running = await startBot({ ROOM: 'on' })
    browser = await openBrowser()
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    await running?.close()
    if (running) removeFolder(running.dataDir)
  }, 30_000)
  return {
    url: () => running.roomUrl ?? '',
    browser: () => browser,
    errors: () => running.log.told.filter(({ level }) => level === 'error'),
  }
}
