import { speak } from '../locales/index.ts'
import type { Issue } from './issue.ts'

/**
 * The name a document is saved under: `<stem>-2026-11-24.docx`, letters, digits and dashes only, with the day of the
 * session; the organisers' copy says so, for the two must not be mixed up.
 */
export function fileName(stem: string, issue: Issue, extension: string): string {
  const { position } = issue.session.steer
  const began = position.status === 'lobby' ? null : position.startedAt
  const parts = [
    slug(stem),
    dayIn(began ?? issue.session.launchedAt, issue.zone),
    ...(issue.copy === 'organisers' ? [slug(speak({ say: 'word.file-organisers' }, issue))] : []),
  ]
  return `${parts.filter((part) => part !== '').join('-')}.${extension}`
}

/** The name of a paper made before any session: `<stem>-2027-03-22.docx`, of the day it is for, where there is one. */
export const paperName = (stems: string[], day: string, extension: string): string =>
  `${[...stems.map(slug), day].filter((part) => part !== '').join('-')}.${extension}`

const slug = (words: string): string =>
  words
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, '-')
    .replace(/^-|-$/gu, '')
    .slice(0, 60)

/** `YYYY-MM-DD`, as people of that time zone lived it. */
export const dayIn = (instant: number, zone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(instant)
