import { execFileSync, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Page } from 'playwright-core'

const root = resolve(import.meta.dirname, '../..')
const source = readFileSync(join(root, 'src/playground.ts'), 'utf8')
const [, name = '', version = ''] = /name: '([^']+)', version: '([^']+)'/u.exec(source) ?? []

/** Whether npm has the Playground already: a test never fetches it. */
export function playgroundIsHere(): boolean {
  try {
    const asked = ['exec', '--yes', '--offline', `--package=${name}@${version}`, '--', 'node', '-e', '0']
    execFileSync('npm', asked, { cwd: root, stdio: 'ignore', timeout: 20_000 })
    return true
  } catch {
    return false
  }
}

export interface StartedPlayground {
  url: string
  /** As Ctrl-C does; resolves with the exit code. */
  interrupt(): Promise<number | null>
}

/** `npm run playground`, on free ports, and nothing fetched. */
export async function startPlayground(dataDir: string): Promise<StartedPlayground> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/playground.ts'], {
    cwd: root,
    env: { ...process.env, PORT: '0', PLAYGROUND_PORT: '', DATA_DIR: dataDir, npm_config_offline: 'true' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const gone = new Promise<number | null>((done) => child.once('exit', (code) => done(code)))
  const url = await new Promise<string>((found, failed) => {
    let said = ''
    child.stdout.on('data', (chunk) => {
      said += String(chunk)
      const told = /http:\/\/localhost:\d+/u.exec(said)
      if (told) found(told[0])
    })
    void gone.then((code) => failed(new Error(`the playground stopped with ${code}`)))
  })
  return {
    url,
    interrupt() {
      child.kill('SIGINT')
      return gone
    },
  }
}

/** Someone in the Playground's group chat, where the bot hears what mentions it. */
export interface Player {
  page: Page
  types(text: string): Promise<void>
  /** Presses the lowest button of this name. */
  presses(name: string | RegExp): Promise<void>
  reads(text: string | RegExp): Promise<void>
  /** Asks the lowest card for her version of it, until it shows this. */
  opens(text: string | RegExp): Promise<void>
}

export async function enterPlayground(page: Page, url: string): Promise<Player> {
  page.setDefaultTimeout(15_000)
  await page.goto(url)
  await page.getByRole('treeitem', { name: 'Group Chat' }).click()
  const box = page.locator('[contenteditable=true][role=textbox]').first()
  const presses = (wanted: string | RegExp) => page.getByRole('button', { name: wanted }).last().click()
  return {
    page,
    presses,
    async types(text) {
      await box.click()
      await page.keyboard.type('@')
      await page.getByRole('menuitem', { name: 'Test Bot' }).click()
      await page.keyboard.type(` ${text}`)
      await page.getByRole('button', { name: 'Send Message' }).click()
    },
    reads: (text) =>
      page
        .getByText(text)
        .last()
        .waitFor({ timeout: 20_000 })
        .catch(async () => {
          const shown = await page.locator('body').innerText()
          throw new Error(`« ${text} » does not come; the page ends with: ${shown.slice(-1500)}`)
        }),
    async opens(text) {
      await presses('Afficher ma carte')
      await page.getByText(text).last().waitFor()
    },
  }
}
