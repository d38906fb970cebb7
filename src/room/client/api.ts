import type { Outcome } from '../views.ts'

export interface Seat {
  token: string
  slug: string
}

const place = 'ouverture.seat'

/** Each tab keeps its own person: session storage is not shared between tabs. */
export function savedSeat(): Seat | undefined {
  const text = sessionStorage.getItem(place)
  return text ? (JSON.parse(text) as Seat) : undefined
}

export function saveSeat(seat: Seat): void {
  sessionStorage.setItem(place, JSON.stringify(seat))
}

export function forgetSeat(): void {
  sessionStorage.removeItem(place)
}

/** The conversation that the address names. */
export const slugAsked = (): string | undefined =>
  location.pathname.startsWith('/m/') ? decodeURIComponent(location.pathname.slice(3)) : undefined

/** The room answered, and refused. */
export class RefusedByRoom extends Error {
  readonly status: number
  constructor(path: string, status: number) {
    super(`${path}: ${status}`)
    this.status = status
  }
}

export async function post<T>(path: string, body: object): Promise<T> {
  const response = await fetch(`/api/room/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new RefusedByRoom(path, response.status)
  return (await response.json()) as T
}

/** Like `post`, for what the bot answers: a broken connection is one more way to fail. */
export async function ask(path: string, body: object): Promise<Outcome> {
  try {
    return await post<Outcome>(path, body)
  } catch {
    return { kind: 'failed', status: 0 }
  }
}
