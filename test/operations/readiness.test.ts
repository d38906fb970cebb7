import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { readiness, takesWriting } from '../../src/operations/readiness.ts'
import { freshFolder, removeFolder } from '../support/bot.ts'
import { bot, cleanUp, later, meeting } from '../support/wire.ts'

afterEach(cleanUp)

const folder = () => {
  const made = freshFolder()
  later(() => removeFolder(made))
  return made
}

describe('the bot', () => {
  it('says over the wire that it is ready, and nothing more', async () => {
    const { botPort, close } = await bot(await meeting())
    const ask = () => fetch(`http://127.0.0.1:${botPort}/readyz`)
    const answer = await ask()
    expect([answer.status, await answer.json()]).toEqual([200, { status: 'ready' }])
    await close()
    await expect(ask()).rejects.toThrow()
  })

  it('is not ready before meetings are taken up, nor once it stops', async () => {
    const data = folder()
    const ready = readiness(() => takesWriting(data))
    expect(await ready.check()).toBe(false)
    ready.begun()
    expect(await ready.check()).toBe(true)
    ready.stopping()
    expect(await ready.check()).toBe(false)
    ready.begun()
    expect(await ready.check()).toBe(false)
  })

  it('is not ready while nothing can be written, and is again once it can', async () => {
    const data = folder()
    let now = 0
    const ready = readiness(
      () => takesWriting(data),
      () => now,
    )
    ready.begun()
    renameSync(data, `${data}-away`)
    writeFileSync(data, 'no folder any more')
    expect(await ready.check()).toBe(false)
    rmSync(data)
    renameSync(`${data}-away`, data)
    expect(await ready.check()).toBe(false)
    now = 5000
    expect(await ready.check()).toBe(true)
  })
})
