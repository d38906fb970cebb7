import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { StaleVersion, type Store } from '../../src/ports.ts'
import { planned, preparedBy } from '../support/prepared.ts'
import { record, withSession } from './records.ts'

/** A place where records are kept; `open` gives a store on it, as a process that starts would. */
export interface StoreSite {
  open(): Store | Promise<Store>
  /** Makes it so that the meeting was last saved then. No store is open on it meanwhile. */
  age(meetingId: string, when: number): Promise<void>
  remove(): Promise<void>
}

/** What every store promises. */
export function storeContract(name: string, makeSite: () => Promise<StoreSite>): void {
  describe(name, () => {
    let site: StoreSite
    let store: Store

    beforeEach(async () => {
      site = await makeSite()
      store = await site.open()
    })
    afterEach(async () => {
      await store.close()
      await site.remove()
    })

    it('knows no meeting it was never given', async () => {
      expect(await store.load('unheard-of')).toBeNull()
    })

    it('gives back what it was given, whoever wrote it and in whatever script', async () => {
      const messages = { 'step/1': '« été » 🇫🇷 العربية \u202e \ud800 ${x} <b>' }
      const given = record('m', 1, { messages, reach: { deep: [1, null, 'x'] } })
      await store.save(given)
      expect(await store.load('m')).toEqual(given)
    })

    it('still has it after the process starts again', async () => {
      await store.save(record('m', 1, { seen: ['a'] }))
      await store.close()
      store = await site.open()
      expect(await store.load('m')).toMatchObject({ version: 1, seen: ['a'] })
      await store.save(record('m', 2, { seen: ['b'] }))
      expect(await store.load('m')).toMatchObject({ version: 2, seen: ['b'] })
    })

    it.each([0, 1, 3])('refuses version %i over version 1, and changes nothing', async (version) => {
      await store.save(record('m', 1, { seen: ['kept'] }))
      await expect(store.save(record('m', version, { seen: ['lost'] }))).rejects.toBeInstanceOf(StaleVersion)
      expect(await store.load('m')).toMatchObject({ version: 1, seen: ['kept'] })
    })

    it('refuses a first record that is not the first version', async () => {
      await expect(store.save(record('m', 2))).rejects.toBeInstanceOf(StaleVersion)
      expect(await store.load('m')).toBeNull()
    })

    it('lets one of two saves of the same version through', async () => {
      const saves = ['a', 'b', 'c'].map((seen) => store.save(record('m', 1, { seen: [seen] })))
      const outcomes = await Promise.allSettled(saves)
      expect(outcomes.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
      const winner = ['a', 'b', 'c'][outcomes.findIndex((one) => one.status === 'fulfilled')]
      expect(await store.load('m')).toMatchObject({ version: 1, seen: [winner] })
    })

    it('saves many meetings at once, each its own', async () => {
      const ids = Array.from({ length: 30 }, (_, index) => `meeting ${index}`)
      await Promise.all(
        ids.flatMap((id) => [1, 2, 3].map((version) => store.save(record(id, version, { seen: [id] })))),
      )
      for (const id of ids) expect(await store.load(id)).toMatchObject({ id, version: 3, seen: [id] })
    })

    it('keeps the record as it was when a save fails half-way', async () => {
      await store.save(record('m', 1, { seen: ['kept'] }))
      await expect(store.save(record('m', 2, { reach: 10n }))).rejects.toThrow()
      expect(await store.load('m')).toMatchObject({ version: 1, seen: ['kept'] })
      await store.save(record('m', 2, { seen: ['after'] }))
      expect(await store.load('m')).toMatchObject({ version: 2, seen: ['after'] })
    })

    it('takes any id as the name of a meeting', async () => {
      const ids = [
        '19:x@thread.v2;messageid=1',
        '../../etc/passwd',
        'a/b\\c',
        'CON',
        'é',
        'e\u0301',
        'A',
        'a',
        'x'.repeat(4000),
      ]
      for (const id of ids) await store.save(record(id, 1, { seen: [id] }))
      for (const id of ids) expect((await store.load(id))?.seen).toEqual([id])
    })

    it('finds the meetings a person led, and no others, after a restart too', async () => {
      await store.save(withSession('hers', 'closed', 'marie'))
      await store.save(withSession('hers too', 'live', 'marie'))
      await store.save(withSession('another’s', 'live', 'luc'))
      await store.save(record('empty'))
      await store.close()
      store = await site.open()
      expect((await store.ledBy('marie')).sort()).toEqual(['hers', 'hers too'])
      expect(await store.ledBy('luc')).toEqual(['another’s'])
      expect(await store.ledBy('../../marie')).toEqual([])
    })

    it('finds the meetings that keep something of a person, until they keep nothing of her', async () => {
      await store.save(withSession('hers', 'closed', 'marie'))
      await store.save(withSession('another’s', 'closed', 'luc'))
      expect(await store.attendedBy('marie')).toEqual(['hers'])
      await store.close()
      store = await site.open()
      expect(await store.attendedBy('marie')).toEqual(['hers'])
      await store.save({ ...withSession('hers', 'closed', 'luc'), version: 2 })
      expect(await store.attendedBy('marie')).toEqual([])
      expect(await store.ledBy('marie')).toEqual([])
      expect((await store.attendedBy('luc')).sort()).toEqual(['another’s', 'hers'])
    })

    it('keeps what someone prepared in her own chat: found by her, pending while a reminder is to come, gone once erased', async () => {
      const at = Date.parse('2026-11-25T10:00:00Z')
      const own = { ...preparedBy('marie', '2027-02-09', at), version: 1 }
      await store.save(own)
      await store.close()
      store = await site.open()
      expect(await store.load(own.id)).toEqual(own)
      expect(await store.ledBy('marie')).toEqual([own.id])
      expect(await store.attendedBy('marie')).toEqual([own.id])
      expect(await store.pending()).toEqual([own.id])
      const dropped = planned(own, 'marie', at, { do: 'programme-drop', p: '1' })
      await store.save({ ...dropped, version: 2 })
      expect(await store.pending()).toEqual([])
      expect(await store.ledBy('marie')).toEqual([own.id])
      await store.erase({ ...dropped, version: 2 })
      expect([await store.load(own.id), await store.ledBy('marie'), await store.attendedBy('marie')]).toEqual(
        [null, [], []],
      )
    })

    it('no longer finds someone whose programmes are gone', async () => {
      const own = { ...preparedBy('marie', '2027-02-09', Date.parse('2026-11-25T10:00:00Z')), version: 1 }
      await store.save(own)
      await store.save({ ...own, programmes: [], version: 2 })
      expect(await store.ledBy('marie')).toEqual([])
      expect(await store.attendedBy('marie')).toEqual([])
      expect(await store.pending()).toEqual([])
    })

    it('erases a record and all that led to it, and begins again from nothing', async () => {
      const given = withSession('hers', 'live', 'marie')
      await store.save(given)
      await store.save(withSession('kept', 'live', 'marie'))
      await store.erase(given)
      expect(await store.load('hers')).toBeNull()
      expect(await store.ledBy('marie')).toEqual(['kept'])
      expect(await store.attendedBy('marie')).toEqual(['kept'])
      expect(await store.pending()).toEqual(['kept'])
      await store.save(record('hers', 1))
      expect((await store.load('hers'))?.sessions).toEqual([])
    })

    it('erases nothing that was saved since it was read', async () => {
      const given = record('m', 1)
      await store.save(given)
      await store.save(record('m', 2, { seen: ['since'] }))
      await expect(store.erase(given)).rejects.toBeInstanceOf(StaleVersion)
      expect(await store.load('m')).toMatchObject({ version: 2, seen: ['since'] })
    })

    it('lists the meetings that were not saved since, each once, after a restart too', async () => {
      const days = (count: number) => Date.now() - count * 86_400_000
      for (const id of ['m', 'old', 'older', 'erased']) await store.save(record(id))
      expect(await store.idleSince(days(0) - 60_000)).toEqual([])
      expect(await store.idleSince(days(0) + 60_000)).toHaveLength(4)
      await store.close()
      for (const [id, count] of Object.entries({ old: 30, older: 31, erased: 40 }))
        await site.age(id, days(count))
      store = await site.open()
      expect(await store.idleSince(days(50))).toEqual([])
      expect((await store.idleSince(days(1))).sort()).toEqual(['erased', 'old', 'older'])
      // The day itself is not enough: what was saved at noon is not older than that morning.
      expect((await store.idleSince(days(30) - 60_000)).sort()).toEqual(['erased', 'older'])
      await store.erase(record('erased'))
      await store.save(record('older', 2))
      expect(await store.idleSince(days(1))).toEqual(['old'])
      expect((await store.idleSince(days(0) + 60_000)).sort()).toEqual(['m', 'old', 'older'])
      await store.save(record('erased', 1))
      expect(await store.idleSince(days(1))).toEqual(['old'])
    })

    it('lists the meetings that may have something to do', async () => {
      const effect = {
        id: 1,
        do: 'post',
        session: '1',
        slot: 'lobby',
        state: 'due',
        cause: 'activity-1',
        told: null,
      } as const
      await store.save(record('empty'))
      await store.save(withSession('running', 'live'))
      await store.save(withSession('over', 'closed'))
      await store.save({ ...withSession('over, not all shown', 'closed'), outbox: [effect] })
      expect((await store.pending()).sort()).toEqual(['over, not all shown', 'running'])
      await store.close()
      store = await site.open()
      expect((await store.pending()).sort()).toEqual(['over, not all shown', 'running'])
    })

    it('no longer lists a meeting that has nothing left to do, until it has again, however often it starts again', async () => {
      const save = async (version: number, runs: 'live' | 'closed') => {
        await store.save({ ...withSession('m', runs), version })
        await store.close()
        store = await site.open()
        return store.pending()
      }
      expect(await save(1, 'live')).toEqual(['m'])
      expect(await save(2, 'live')).toEqual(['m'])
      expect(await save(3, 'closed')).toEqual([])
      expect(await save(4, 'closed')).toEqual([])
      expect(await save(5, 'live')).toEqual(['m'])
      await store.erase({ ...withSession('m', 'live'), version: 5 })
      expect(await store.pending()).toEqual([])
    })

    it('lists what a save that was refused left as it was', async () => {
      await store.save(withSession('m', 'live'))
      await expect(store.save(withSession('m', 'closed'))).rejects.toBeInstanceOf(StaleVersion)
      await expect(store.save({ ...withSession('m', 'closed'), version: 2, reach: 10n })).rejects.toThrow()
      expect(await store.pending()).toEqual(['m'])
      await store.save({ ...withSession('m', 'closed'), version: 2 })
      await expect(store.save(withSession('m', 'live'))).rejects.toBeInstanceOf(StaleVersion)
      expect(await store.pending()).toEqual([])
    })
  })
}
