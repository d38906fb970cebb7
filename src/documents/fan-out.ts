/** A disc on the plane; `reach` is its radius with all that is drawn around it. */
export interface Disc {
  x: number
  y: number
  reach: number
}

export interface Frame {
  left: number
  top: number
  right: number
  bottom: number
}

const gap = 5
/** While they settle, discs are drawn back to where they belong; then they are only pushed apart. */
const settling = 150
const rounds = 400
const homesick = 0.08
/** Turning by this much each time never comes back to the same direction. */
const goldenAngle = Math.PI * (3 - Math.sqrt(5))

/** The same discs moved as little as it takes for none to hide another. The same input always gives the same output. */
export function fanOut(discs: readonly Disc[], frame: Frame): Disc[] {
  const places = discs.map((disc, index) => within(frame, nudged(disc, index)))
  for (let round = 0; round < rounds; round += 1) {
    if (round < settling)
      for (const [index, place] of places.entries()) drawBack(place, discs[index] ?? place)
    const strain = pushApart(places)
    for (const place of places) Object.assign(place, within(frame, place))
    if (strain < 0.1) break
  }
  return places
}

/** Too little to be seen, enough for a heap to leave in every direction. */
const nudged = (disc: Disc, index: number): Disc => ({
  ...disc,
  x: disc.x + Math.cos(index * goldenAngle) * Math.sqrt(index) * 0.3,
  y: disc.y + Math.sin(index * goldenAngle) * Math.sqrt(index) * 0.3,
})

function drawBack(place: Disc, home: Disc): void {
  place.x += (home.x - place.x) * homesick
  place.y += (home.y - place.y) * homesick
}

/** Moves every pair that overlaps half-way apart; returns the largest overlap there was. */
function pushApart(places: Disc[]): number {
  let strain = 0
  for (const [index, one] of places.entries())
    for (const other of places.slice(index + 1))
      strain = Math.max(strain, part(one, other, index * goldenAngle))
  return strain
}

/** `whim` is the direction in which two discs in the very same place leave each other. */
function part(one: Disc, other: Disc, whim: number): number {
  const [dx, dy] = [other.x - one.x, other.y - one.y]
  const distance = Math.hypot(dx, dy)
  const overlap = one.reach + other.reach + gap - distance
  if (overlap <= 0) return 0
  const angle = distance < 0.01 ? whim : Math.atan2(dy, dx)
  const [x, y] = [(Math.cos(angle) * overlap) / 2, (Math.sin(angle) * overlap) / 2]
  Object.assign(one, { x: one.x - x, y: one.y - y })
  Object.assign(other, { x: other.x + x, y: other.y + y })
  return overlap
}

const within = ({ left, top, right, bottom }: Frame, { x, y, reach }: Disc): Disc => ({
  reach,
  x: Math.min(Math.max(x, left + reach), right - reach),
  y: Math.min(Math.max(y, top + reach), bottom - reach),
})
