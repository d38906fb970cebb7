/** Every bound on what people write, in characters, in one place. */
export const bounds = {
  name: 60,
  position: 100,
  organisation: 120,
  reason: 300,
  title: 120,
  sentence: 400,
  note: 2000,
  email: 254,
  link: 500,
  context: 600,
  comment: 1000,
  /** What the door lets in for one field before any sentence is made of it. */
  rawField: 20_000,
  /** Subjects one person may give: the kit says one or two. */
  subjectsPerPerson: 2,
  /** Subject cards on one board. */
  cards: 60,
  notes: 300,
  participants: 60,
  /** Moves that can be undone. */
  moves: 40,
  /** Keys of commands already carried out, kept per meeting. */
  seen: 400,
} as const
