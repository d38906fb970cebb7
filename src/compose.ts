import { join } from 'node:path'
import { frenchCalendar } from './calendar.ts'
import { systemClock } from './clock.ts'
import type { Config } from './config.ts'
import { type Formats, lastSession, type Meeting, sessionById } from './core/meeting.ts'
import { papersOf } from './core/programme/papers.ts'
import type { Programme } from './core/programme/types.ts'
import { seatOf } from './core/session/place.ts'
import type { Session } from './core/session/types.ts'
import { documentsOf } from './core/summary/documents.ts'
import { type Address, type Lang, type SheetId, sheetIds } from './core/text.ts'
import type { RehearsalAt } from './core/views/index.ts'
import { documentsMade } from './documents/index.ts'
import { pngOf } from './documents/picture.ts'
import { links, type Ref, secretIn } from './links.ts'
import { speak } from './locales/index.ts'
import { idleWithin } from './operations/idle.ts'
import { measuredDocuments, measuredStore } from './operations/measured.ts'
import { metrics } from './operations/metrics.ts'
import { serveMetrics } from './operations/metrics-server.ts'
import { readiness, takesWriting } from './operations/readiness.ts'
import { type Clock, type Log, type Made, noTrail, type Trail, type View } from './ports.ts'
import { type Held, rehearsalPath, roomClock, startRoom } from './room/index.ts'
import { archive } from './runtime/archive.ts'
import { runtime } from './runtime/index.ts'
import { keeper } from './runtime/keeper.ts'
import { openStorage } from './stores/index.ts'
import { answerer } from './teams/answer.ts'
import { teamsAdapter, teamsApp } from './teams/app.ts'
import { cardOf } from './teams/cards.ts'
import { teamsChannel } from './teams/channel.ts'
import { teamsDirectory } from './teams/directory.ts'
import { doorkeeper } from './teams/doorkeeper.ts'
import { cardFor } from './teams/message.ts'
import { pacer } from './teams/pacer.ts'
import { listen, type Served, type Unserved } from './teams/server.ts'
import { speaker } from './teams/speaker.ts'

/** How long a picture's address and a document's address open, in milliseconds. */
const pictureLife = 30 * 86_400_000
const documentLife = 7 * 86_400_000
/** Someone's own data is fetched at once, or asked for again. */
const ownDataLife = 3_600_000

/** A stop that cannot finish what is under way ends all the same, within ten seconds in all. */
const patience = { requests: 6500, sending: 2000, replies: 1000 }

export interface Running {
  botPort: number
  /** Null where figures are not served. */
  metricsPort: number | null
  roomUrl: string | null
  /** What to tell the one who started it. */
  greeting: string
  clock: Clock
  close(): Promise<void>
}

/** Puts the parts together. Nothing else does. */
export async function compose(
  config: Config,
  formats: Formats,
  log: Log,
  trail: Trail = noTrail,
): Promise<Running> {
  const inRoom = config.mode === 'room'
  const roomTime = config.withRoom ? roomClock({ file: join(config.dataDir, 'room', 'clock.json') }) : null
  const clock = roomTime ?? systemClock()
  const figures = metrics()
  const { meter } = figures
  const { store: kept, heard, shared } = await openStorage({ ...config, log })
  const ready = readiness(shared?.answers ?? (() => takesWriting(config.dataDir)))
  const store = measuredStore(kept, meter)
  const where = { baseUrl: config.baseUrl, room: '' }
  const signed = links({
    secret: shared?.secret ?? (await secretIn(config.dataDir)),
    baseUrl: () => where.baseUrl,
    clock,
  })
  const adapter = teamsAdapter(config)
  const services = inRoom ? null : config.teams.cloud.services
  const paced = pacer({ log, trail, meter, ...(shared ? { sharers: shared.instances } : {}) })
  const address = (of: Address, at: At): string => {
    const { kind, ref, life } = leadsTo(of, at)
    return signed.address(kind, { ...ref, l: at.lang }, life)
  }
  const zone = config.zone
  const addressFor = (view: View, meeting: string) => (of: Address) =>
    address(of, { session: String(view.stamp.s ?? ''), meeting, lang: view.lang })
  const channel = teamsChannel({
    adapter,
    appId: config.teams.appId,
    services,
    pacer: paced,
    log,
    zone,
    address: addressFor,
    timeoutMs: config.requestTimeoutMs,
  })
  const directory = teamsDirectory({ adapter, appId: config.teams.appId, services, pacer: paced })
  const documents = measuredDocuments(documentsMade({ zone, clock, formats }), meter)
  const engine = runtime({
    store,
    channel,
    clock,
    formats,
    log,
    trail,
    meter,
    ...(shared ? { work: shared.work } : {}),
  })
  const keeping = keeper({
    store,
    runtime: engine,
    channel,
    clock,
    log,
    retentionMs: config.retentionDays * 86_400_000,
  })
  const past = archive({ store, clock, log })
  const app = teamsApp({
    adapter,
    answer: answerer({
      runtime: engine,
      archive: past,
      keeper: keeping,
      retentionDays: config.retentionDays,
      directory,
      documents,
      channel,
      formats,
      clock,
      calendar: frenchCalendar(zone),
      log,
      zone,
      launch: config.launch,
      ...(config.withRoom ? { rehearsalAt: (about) => rehearsalIn(where.room, about) } : {}),
    }),
    draw(view, meeting) {
      const address = addressFor(view, meeting)
      return view.follows
        ? cardFor(view, { zone, address })
        : cardOf(view, { lang: view.lang, zone, stamp: view.stamp, address })
    },
    async member({ conversationId }, reach, isIn) {
      channel.member(reach, isIn)
      await engine.member(conversationId, isIn)
    },
    say: speaker({ channel, runtime: engine, log, meter }),
    heard,
    log,
    meter,
  })

  const unopened = (why: 'expired' | 'altered' | 'gone', lang: Lang): Unserved => ({
    why,
    lang,
    sentence: speak({ say: `link.${why}` }, { lang, zone }),
  })

  const sessionOf = async (ref: Ref, lang: Lang) => {
    const session = sessionById(await engine.look(ref.m ?? ''), ref.s ?? '')
    return session ? { session } : unopened('gone', lang)
  }

  /** What her groups came to by now, as she herself may see it. */
  const sheetOf = async (sheet: SheetId, programme: Programme, ref: Ref): Promise<Made | null> => {
    const home = ref.m ?? ''
    const sessions = await past.sessionsOf(programme.owner, home, programme.id)
    return documents.sheet(sheet, { programme, home, sessions, lang: langOf(ref.l) })
  }

  /** For as long as the programme is kept, and still has this paper for this group. */
  const paper = async (ref: Ref, lang: Lang): Promise<Made | Unserved> => {
    const [home, group] = [ref.m ?? '', Number(ref.n)]
    const programme = (await engine.look(home)).programmes.find(({ id }) => id === ref.p)
    const sheet = sheetIds.find((one) => one === ref.w)
    if (programme && sheet) return (await sheetOf(sheet, programme, ref)) ?? unopened('gone', lang)
    const id = programme && papersOf(programme, group).find((one) => one === ref.w)
    return programme && id
      ? documents.paper(id, { programme, home, group, lang: langOf(ref.l) })
      : unopened('gone', lang)
  }

  const picture = async (token: string, lang: Lang): Promise<Served | Unserved | null> => {
    const ref = signed.open('pictures', token)
    if (typeof ref === 'string') return unopened(ref, lang)
    if (ref.w !== undefined) {
      const made = await paper(ref, lang)
      return 'why' in made ? made : { type: made.type, body: made.body }
    }
    const found = await sessionOf(ref, lang)
    return 'why' in found ? found : drawn(found.session, ref.g ?? '', langOf(ref.l), clock.now())
  }

  /** A link opens the one document it was made for, for as long as the session still makes it. */
  const document = async (token: string, lang: Lang): Promise<Served | Unserved> => {
    const ref = signed.open('documents', token)
    if (typeof ref === 'string') return unopened(ref, lang)
    if (ref.w !== undefined) return paper(ref, lang)
    const found = await sessionOf(ref, lang)
    if ('why' in found) return found
    const { session } = found
    const copy = ref.c === 'organisers' ? 'organisers' : 'participants'
    const id = documentsOf(session, copy, clock.now()).find((one) => one === ref.d)
    return id ? documents.make(id, { session, copy, lang: langOf(ref.l) }) : unopened('gone', lang)
  }

  const ownData = async (token: string, lang: Lang): Promise<Served | Unserved> => {
    const ref = signed.open('own-data', token)
    if (typeof ref === 'string') return unopened(ref, lang)
    const [own, programmes] = await Promise.all([
      keeping.ownData(ref.p ?? ''),
      keeping.programmes(ref.p ?? ''),
    ])
    return documents.ownData(own, programmes, langOf(ref.l))
  }

  const bot = await listen(
    {
      adapter,
      admit: doorkeeper({ ...config, log }),
      run: (context) => app.run(context),
      log,
      trail,
      meter,
      ready: ready.check,
      picture,
      document,
      ownData,
    },
    config.port,
    inRoom ? '127.0.0.1' : undefined,
  )
  where.baseUrl ||= `http://localhost:${bot.port}`
  const room = roomTime
    ? await startRoom({
        port: config.roomPort,
        botUrl: `http://127.0.0.1:${bot.port}/api/messages`,
        dataDir: join(config.dataDir, 'room'),
        clock: roomTime,
        zone,
        held: async (chat) => heldIn(await engine.look(chat)),
      })
    : null
  where.room = room?.url ?? ''
  const served = config.metricsPort === null ? null : await serveMetrics(figures, config.metricsPort)
  await engine.start()
  await keeping.start()
  ready.begun()
  return {
    botPort: bot.port,
    metricsPort: served?.port ?? null,
    roomUrl: room?.url ?? null,
    greeting: greetingFor(room?.url ?? null, bot.port, zone),
    clock,
    async close() {
      ready.stopping()
      keeping.stop()
      await bot.close(patience.requests)
      await engine.stop(patience.sending)
      await idleWithin(paced.idle, patience.replies)
      await room?.close()
      await store.close()
      await served?.close()
    },
  }
}

/** Where the card that holds an address is shown. */
interface At {
  meeting: string
  session: string
  lang: Lang
}

function leadsTo(of: Address, at: At): { kind: string; ref: Ref; life: number } {
  if ('ownData' in of) return { kind: 'own-data', ref: { p: of.ownData }, life: ownDataLife }
  if ('picture' in of) {
    const ref = { m: at.meeting, s: at.session, g: of.picture, v: of.stamp }
    return { kind: 'pictures', ref, life: pictureLife }
  }
  if ('paper' in of) {
    const { paper, programme, group, stamp } = of
    const ref = { m: at.meeting, p: programme, w: paper, n: String(group) }
    return stamp === undefined
      ? { kind: 'documents', ref, life: documentLife }
      : { kind: 'pictures', ref: { ...ref, v: stamp }, life: pictureLife }
  }
  const { meeting, session } = of.of ?? at
  return {
    kind: 'documents',
    ref: { m: meeting, s: session, d: of.document, c: of.copy },
    life: documentLife,
  }
}

const rehearsalIn = (room: string, about: Parameters<RehearsalAt>[0]): string => {
  const { title, programme, workshop, lang, isOneOfSeveral } = about
  const asked = new URLSearchParams({ title, p: programme, workshop: String(workshop), lang })
  if (isOneOfSeveral) asked.set('among', 'several')
  return `${room}${rehearsalPath}?${asked}`
}

/** What the room may say around a chat: what everyone in it reads on its cards. */
function heldIn(meeting: Meeting): Held | null {
  const session = lastSession(meeting)
  if (!session) return null
  const { format, prepared, steer } = session
  return {
    title: format.title,
    group: prepared && prepared.groups > 1 ? prepared.group : null,
    isOver: steer.position.status === 'closed',
  }
}

const greetingFor = (room: string | null, port: number, zone: string): string =>
  room === null
    ? speak({ say: 'start.bot', with: { port: String(port) } }, { lang: 'fr', zone })
    : speak({ say: 'start.room', with: { url: room } }, { lang: 'fr', zone })

const langOf = (raw: string | undefined): Lang => (raw === 'en' ? 'en' : 'fr')

function drawn(session: Session, segment: string, lang: Lang, now: number): Served | null {
  const seat = seatOf(session, segment, now)
  const picture = seat?.phase.picture(seat.place)
  return picture ? { type: 'image/png', body: pngOf(picture, lang) } : null
}
