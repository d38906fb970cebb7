import type { FileGiven, FileOffer, Given, Log, Upload } from '../ports.ts'
import { type Reply, replyOfError } from './errors.ts'

/** https://learn.microsoft.com/microsoftteams/platform/bots/how-to/bots-filesv4 */
const consentType = 'application/vnd.microsoft.teams.card.file.consent'
const infoType = 'application/vnd.microsoft.teams.card.file.info'

/** The question put to her; the client draws it, with its own two buttons. */
export const offerMessage = ({ name, description, bytes, about }: FileOffer) => ({
  type: 'message',
  attachments: [
    {
      contentType: consentType,
      name,
      content: { description, sizeInBytes: bytes, acceptContext: about, declineContext: about },
    },
  ],
})

/** The file as it stands in the chat once it is among hers. */
export const fileMessage = ({ contentUrl, name, uniqueId, fileType }: Upload) => ({
  type: 'message',
  attachments: [{ contentType: infoType, contentUrl, name, content: { uniqueId, fileType } }],
})

/**
 * Where people's own files are kept, in each of Microsoft's clouds: the required addresses of SharePoint and OneDrive on
 * https://learn.microsoft.com/microsoft-365/enterprise/urls-and-ip-address-ranges and its pages for GCC High, DoD, 21Vianet.
 */
const homes = ['.sharepoint.com', '.sharepoint.us', '.sharepoint-mil.us', '.sharepoint.cn']

/**
 * Whether the bot may send something there. The address came through a client: without this, anyone could have the bot
 * write to a machine only the bot can reach. `room` is the service URL of a bot that has no identity, and null for others.
 */
export function isFilePlace(address: string, room: string | null): boolean {
  const url = urlIn(address)
  if (url?.username !== '' || url.password !== '' || !web.has(url.protocol)) return false
  if (room !== null) return url.origin === urlIn(room)?.origin
  return url.protocol === 'https:' && url.port === '' && homes.some((home) => url.hostname.endsWith(home))
}

const web = new Set(['http:', 'https:'])

const urlIn = (address: string): URL | null => (URL.canParse(address) ? new URL(address) : null)

interface Parts {
  /** Empty where the bot has no identity. */
  appId: string
  log: Log
  timeoutMs?: number
}

/** Milliseconds one upload may take. */
const patience = 30_000

/** Puts a file where her client said, without anything that tells who the bot is; never throws. */
export function uploader({ appId, log, timeoutMs = patience }: Parts) {
  return async function put(serviceUrl: string, upload: Upload, file: FileGiven): Promise<Given> {
    const room = appId === '' ? serviceUrl : null
    const foreign = [upload.uploadUrl, upload.contentUrl].find((address) => !isFilePlace(address, room))
    if (foreign !== undefined) return told('refused', 'a place that is not hers')
    if (file.body.byteLength === 0) return told('refused', 'an empty file')
    const first = await putOnce(upload.uploadUrl, file, timeoutMs)
    const last = isWorthAnother(first) ? await putOnce(upload.uploadUrl, file, timeoutMs) : first
    if (last.answered && stored.has(last.status)) return 'given'
    return told(isWorthAnother(last) ? 'unreachable' : 'refused', last.answered ? `${last.status}` : last.why)
  }

  function told(given: Given, why: string): Given {
    log.warn({ why }, 'file not uploaded')
    return given
  }
}

/** The whole file is there; 202 would say that some of it is still expected. */
const stored = new Set([200, 201])

const lost = new Set([502, 503, 504])

/** The same bytes at the same place again change nothing. */
const isWorthAnother = (reply: Reply): boolean => !reply.answered || lost.has(reply.status)

async function putOnce(address: string, { type, body }: FileGiven, timeoutMs: number): Promise<Reply> {
  const size = body.byteLength
  try {
    const response = await fetch(address, {
      method: 'PUT',
      redirect: 'manual',
      headers: { 'content-type': type, 'content-range': `bytes 0-${size - 1}/${size}` },
      body: new Uint8Array(body),
      signal: AbortSignal.timeout(timeoutMs),
    })
    await response.body?.cancel()
    return { answered: true, status: response.status, retryAfterMs: null, body: null }
  } catch (error) {
    return replyOfError(error)
  }
}

/** How many places are remembered. */
const manyPlaces = 500

type Give = (reach: unknown, upload: Upload, file: FileGiven) => Promise<Given>

/** A second press, or the same answer delivered again, gets what the first got; only a failure is worth a new try. */
export function onceEach(give: Give): Give {
  const places = new Map<string, Promise<Given>>()

  return (reach, upload, file) => {
    const known = places.get(upload.uploadUrl)
    if (known) return known
    if (places.size >= manyPlaces) places.clear()
    const coming = give(reach, upload, file)
    places.set(upload.uploadUrl, coming)
    void coming.then((came) => came === 'given' || places.delete(upload.uploadUrl))
    return coming
  }
}
