/** Every bound on what people write, in characters, in one place. */
export const bounds = {
  name: 60,
  position: 100,
  organisation: 120,
  reason: 300,
  title: 120,
  sentence: 400,
  reformulation: 800,
  heading: 600,
  /** What one person may propose in one segment. */
  proposals: 30,
  note: 2000,
  email: 254,
  link: 500,
  context: 600,
  comment: 1000,
  /** What the door lets in for one field before any sentence is made of it. */
  rawField: 20_000,
  /** Subjects one person may give: the kit says one or two. */
  subjectsPerPerson: 2,
  /** Ideas one person may write in silence, and those heard aloud in one round. */
  ideasPerPerson: 5,
  ideasHeard: 60,
  /** Prompts thrown in during one round. */
  hints: 40,
  /** Texts one person may give to a sheet of prompts, and what is composed from them. */
  textsPerPerson: 24,
  composed: 600,
  /** Subject cards on one board. */
  cards: 60,
  /** Sub-actions of one list. */
  subActions: 30,
  /** Recorded changes to what a session started from. */
  amendments: 200,
  /** A step of the roadmap: its deliverable, who leads it, its longest length in months. */
  deliverable: 200,
  lead: 120,
  stepMonths: 60,
  /** Steps of one roadmap. */
  steps: 24,
  /** A remark on the roadmap, and how many one person may give. */
  estimate: 300,
  estimatesPerPerson: 20,
  notes: 300,
  /** Corrections and completions of one session, and how many one person may signal. */
  mended: 400,
  corrections: 20,
  /** A text to send after the workshop. */
  letter: 4000,
  participants: 60,
  /** Milliseconds during which a launch that was offered is not offered again. */
  offerEveryMs: 3_600_000,
  /** Milliseconds after which a workshop that stopped is taken to wait for another day. */
  apartMs: 4 * 3_600_000,
  /** Moves that can be undone. */
  moves: 40,
  /** Keys of commands already carried out, kept per meeting. */
  seen: 400,
} as const
