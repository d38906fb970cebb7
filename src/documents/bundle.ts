import { strToU8, zipSync } from 'fflate'
import { documentName } from '../core/summary/documents.ts'
import { editionOf } from '../core/summary/review.ts'
import { type DocumentId, say, type Text } from '../core/text.ts'
import { speak } from '../locales/index.ts'
import { fileName } from './file-name.ts'
import type { Issue, Rendered } from './issue.ts'
import { plainText } from './plain-text.ts'

interface File {
  id: DocumentId
  rendered: Rendered
}

/** Every document in one archive, with a page that says what each is. The same files make the same bytes everywhere. */
export function bundleOf(files: File[], issue: Issue): Rendered {
  const named = uniquely(files)
  const entries = [
    { name: speak(say('files.readme'), issue), body: plainText(speak(readme(named, issue), issue)) },
    ...named.map(({ name, rendered }) => ({ name, body: rendered.body })),
  ]
  const mtime = told(issue)
  const tree = entries.map(({ name, body }) => [name, typeof body === 'string' ? strToU8(body) : body])
  return {
    type: 'application/zip',
    body: Buffer.from(zipSync(Object.fromEntries(tree), { mtime })),
    fileName: fileName(speak(say('files.name-all'), issue), issue, 'zip'),
  }
}

interface Named extends File {
  name: string
}

/** Two files of one name would be one: the second takes a number. */
function uniquely(files: File[]): Named[] {
  const taken = new Map<string, number>()
  return files.map((file) => {
    const { fileName: name } = file.rendered
    const times = (taken.get(name) ?? 0) + 1
    taken.set(name, times)
    return { ...file, name: times === 1 ? name : name.replace(/(?=\.[^.]*$|$)/u, `-${times}`) }
  })
}

function readme(files: Named[], { session, copy, now }: Issue): Text {
  const lines = files.flatMap(({ id, name }): Text[] => [
    { lines: [] },
    say('files.line', { name: documentName(id, session, now), file: name }),
    say(about[id]),
  ])
  const edition = editionOf(session)
  return {
    lines: [
      say('files.heading', { title: session.format.title }),
      say('files.issued', { day: { day: now }, edition }),
      ...(session.steer.position.status === 'closed' ? [] : [say('files.so-far')]),
      say(copy === 'organisers' ? 'files.organisers' : 'files.participants'),
      ...lines,
    ],
  }
}

const about: Record<DocumentId, string> = {
  report: 'files.report',
  deliverable: 'files.deliverable',
  commitment: 'files.commitment',
  'team-report': 'files.team-report',
  steering: 'files.steering',
  thanks: 'files.thanks',
  post: 'files.post',
  summary: 'files.summary',
  subjects: 'files.subjects',
  'sub-actions': 'files.sub-actions',
  roadmap: 'files.roadmap',
  milestones: 'files.milestones',
  matrix: 'files.matrix',
  timeline: 'files.timeline',
  participation: 'files.participation',
  data: 'files.data',
  all: 'files.all',
}

/** The moment of issue in the session's zone: an archive keeps a time of day and no zone, from 1980 to 2099. */
function told({ now, zone }: Issue): Date {
  const bounded = Math.min(Math.max(now, Date.UTC(1980, 0, 2)), Date.UTC(2099, 11, 30))
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(bounded)
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value)
  return new Date(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
}
