import { type Format, plannedMinutes } from '../format.ts'
import type { Formats } from '../meeting.ts'
import { type Lang, say, type Text } from '../text.ts'
import type { CardView } from './parts.ts'

/** Where the bot was added: what it can do there differs. */
export type Ground = 'meeting' | 'chat' | 'personal'

/** The first card in a chat: what the bot does, and how to begin. */
export function welcomeView(
  ground: Ground,
  formats: Formats,
  lang: Lang,
  notice: Text | null = null,
): CardView {
  return standing(lang, 'welcome', {
    notice,
    title: say('welcome.title'),
    text: say(`welcome.text-${ground}`),
    steps:
      ground === 'personal'
        ? [
            say('welcome.step-prepare'),
            say('welcome.step-add'),
            say('help.in-private-here'),
            say('welcome.step-library'),
          ]
        : [say('welcome.step-launch'), say('welcome.step-lead')],
    formats: Object.values(formats).map(offered),
    mayLaunch: ground !== 'personal',
  })
}

/** The meeting has begun and no workshop runs: which ones there are, in few words. */
export const offerView = (formats: Formats, lang: Lang): CardView =>
  standing(lang, 'welcome', {
    notice: null,
    title: say('offer.title'),
    text: say('offer.text'),
    steps: [],
    formats: Object.values(formats).map((format) => ({ ...offered(format), goal: null })),
    mayLaunch: true,
  })

const offered = (format: Format) => ({
  id: format.id,
  title: format.title,
  goal: format.goal,
  lasts: say('lobby.lasts', { lasted: { lasting: plannedMinutes(format) * 60_000 } }),
})

/** One sentence, and what to do next. */
export const noticeView = (
  text: Text,
  lang: Lang,
  tone: 'good' | 'attention',
  hint: Text | null = null,
): CardView => standing(lang, 'notice', { text, tone, hint })

/** What can be typed, by who may type it. What the moment waits for is first, and the rest is folded behind it. */
export function helpView(
  lang: Lang,
  groups: { name: string; commands: string[] }[],
  { lead = null, hint = say('help.in-private') }: { lead?: Text | null; hint?: Text } = {},
): CardView {
  const now = groups.filter(({ name }) => name === 'now')
  const rest = groups.filter(({ name }) => name !== 'now' && !name.startsWith('planning-'))
  const parts = groups.filter(({ name }) => name.startsWith('planning-'))
  return standing(lang, 'help', {
    title: say('help.title'),
    lead,
    hint,
    groups: (now.length ? now : rest).map(helpGroup),
    more: [...(now.length ? rest : []), ...parts].map(helpGroup),
  })
}

const helpGroup = ({ name, commands }: { name: string; commands: string[] }) => ({
  title: say(`help.${name}`),
  lines: commands.map((command) => ({
    command: say(`command.${command}`),
    text: say(`help.does-${command}`),
  })),
})

const standing = (lang: Lang, card: string, data: CardView['data']): CardView => ({
  card,
  data,
  lang,
  stamp: { s: null, g: null, k: null, n: 0 },
  personalFor: [],
  mentions: [],
})
