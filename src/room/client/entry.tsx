import { useState } from 'preact/hooks'
import type { Acquaintance, Entry, Language } from '../views.ts'
import { post, type Seat, slugAsked } from './api.ts'
import { Avatar } from './avatar.tsx'
import { Logo } from './icons.tsx'
import { useAcquaintances } from './known.ts'
import { goPrepare } from './preparation.ts'
import { Press, useOneAtATime } from './press.tsx'
import { currentLanguage, pageData, setLanguage, t } from './texts.ts'

const main: Entry[] = ['organizer', 'attendee']
const others: Entry[] = ['presenter', 'guest', 'anonymous']

/** The role the link gives, if it gives one. */
function roleInLink(): Entry | undefined {
  const asked = new URLSearchParams(location.search).get('role')
  return [...main, ...others].find((each) => each === asked)
}

const entryAtStart = (): Entry => roleInLink() ?? (pageData.hasOrganizer ? 'attendee' : 'organizer')

/** Another name for each tab, so that a demonstration takes one click a person. */
function suggestedName(): string {
  const names = t('entry.suggestions').split(', ')
  return names[pageData.arrivals % names.length] ?? ''
}

export function EntryPage({ onEnter }: { onEnter: (seat: Seat) => void }) {
  const [language, chooseLanguage] = useState<Language>(currentLanguage())
  const [isSomeoneElse, setSomeoneElse] = useState(false)
  const known = useAcquaintances(pageData.slug, roleInLink() !== undefined)

  function speak(chosen: Language): void {
    setLanguage(chosen)
    chooseLanguage(chosen)
  }

  return (
    <div class="entry">
      <header class="entry-bar">
        <LanguageSwitch language={language} onChoose={speak} />
      </header>
      <main class="entry-main">
        <div class="entry-brand">
          <Logo size={56} />
          <p class="entry-product">{t('product.name')}</p>
          <p class="entry-tagline">{t('product.tagline')}</p>
        </div>
        {known && known.length > 0 && !isSomeoneElse && (
          <ComeBack known={known} onEnter={onEnter} onSomeoneElse={() => setSomeoneElse(true)} />
        )}
        {known && (known.length === 0 || isSomeoneElse) && (
          <EntryForm language={language} onEnter={onEnter} />
        )}
        <p class="entry-local">{t('product.local-explained')}</p>
      </main>
    </div>
  )
}

const title = () => (pageData.title ? t('entry.title', { title: pageData.title }) : t('entry.title-plain'))

interface ComeBackProps {
  known: Acquaintance[]
  onEnter: (seat: Seat) => void
  onSomeoneElse: () => void
}

const mostOffered = 6

/** For who has been in the room before, in this browser. */
function ComeBack({ known, onEnter, onSomeoneElse }: ComeBackProps) {
  const [problem, setProblem] = useState('')

  async function go(seat: Promise<Seat>): Promise<void> {
    try {
      onEnter(await seat)
    } catch {
      setProblem(t('entry.failed'))
    }
  }

  const comeBackAs = (token: string): Promise<Seat> =>
    post('return', { token, entry: roleInLink() ?? 'attendee', slug: pageData.slug, chat: slugAsked() })

  return (
    <section class="entry-card" aria-labelledby="entry-title">
      <h1 id="entry-title">{title()}</h1>
      <ul class="known">
        {known.slice(0, mostOffered).map((person) => (
          <li key={person.key}>
            <Press class="way" onPress={() => go(comeBackAs(person.token))}>
              <Avatar person={person.key} name={person.name} />
              <span>
                <strong>{t('entry.return', { name: person.name })}</strong>
                <small>{stateOf(person)}</small>
              </span>
            </Press>
            {person.prepares && (
              <Press class="primary wide" onPress={() => go(ownChat(person))}>
                {t('entry.resume', { name: person.name })}
              </Press>
            )}
          </li>
        ))}
      </ul>
      <p class="problem" role="alert">
        {problem}
      </p>
      <button type="button" class="big" onClick={onSomeoneElse}>
        {t('entry.someone-else')}
      </button>
    </section>
  )
}

function stateOf({ role, isHere, prepares }: Acquaintance): string {
  const part = role ? t(`entry.known-${role}`) : t('entry.known-elsewhere')
  const known = prepares ? t('entry.known-prepares', { known: part }) : part
  return isHere ? t('entry.known-here', { known }) : known
}

function EntryForm({ language, onEnter }: { language: Language; onEnter: (seat: Seat) => void }) {
  const [entry, setEntry] = useState<Entry>(entryAtStart)
  const [typed, setTyped] = useState<string>()
  const [problem, setProblem] = useState('')
  const name = typed ?? suggestedName()
  const [, enter] = useOneAtATime(() => goIn(async (seat) => seat))
  const [, prepare] = useOneAtATime(() => goIn(ownChat))

  async function goIn(placeOf: (seat: Seat) => Promise<Seat>): Promise<void> {
    if (!name.trim()) return setProblem(t('entry.name-required'))
    try {
      onEnter(await placeOf(await post<Seat>('enter', { name, entry, language, slug: pageData.slug })))
    } catch {
      setProblem(t('entry.failed'))
    }
  }

  function submit(event: Event): void {
    event.preventDefault()
    void enter()
  }

  return (
    <form class="entry-card" onSubmit={submit} noValidate>
      <h1>{title()}</h1>
      <label class="field">
        <span>{t('entry.name')}</span>
        <input
          name="name"
          autocomplete="off"
          maxLength={80}
          value={name}
          aria-invalid={problem ? 'true' : undefined}
          aria-describedby="entry-problem"
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
      </label>
      <fieldset class="ways">
        <legend>{t('entry.how')}</legend>
        {main.map((way) => (
          <Way key={way} way={way} chosen={entry} onChoose={setEntry} />
        ))}
        <details open={others.includes(entry)}>
          <summary>{t('entry.more')}</summary>
          {others.map((way) => (
            <Way key={way} way={way} chosen={entry} onChoose={setEntry} />
          ))}
        </details>
      </fieldset>
      <p id="entry-problem" class="problem" role="alert">
        {problem}
      </p>
      <button type="submit" class="primary big">
        {t('entry.submit')}
      </button>
      <button type="button" class="big" aria-describedby="entry-prepare" onClick={() => void prepare()}>
        {t('entry.prepare')}
      </button>
      <p id="entry-prepare" class="hint">
        {t('entry.prepare-hint')}
      </p>
    </form>
  )
}

/** Where a workshop is prepared: her own chat with the bot. */
const ownChat = async ({ token }: { token: string }): Promise<Seat> => ({
  token,
  slug: (await goPrepare(token)).slug,
})

function Way({ way, chosen, onChoose }: { way: Entry; chosen: Entry; onChoose: (way: Entry) => void }) {
  return (
    <label class={way === chosen ? 'way chosen' : 'way'}>
      <input type="radio" name="entry" value={way} checked={way === chosen} onChange={() => onChoose(way)} />
      <span>
        <strong>{t(`entry.${way}`)}</strong>
        <small>{t(`entry.${way}-hint`)}</small>
      </span>
    </label>
  )
}

function LanguageSwitch({
  language,
  onChoose,
}: {
  language: Language
  onChoose: (chosen: Language) => void
}) {
  return (
    <fieldset class="languages">
      <legend class="sr-only">{t('entry.language')}</legend>
      {(['fr', 'en'] as const).map((each) => (
        <button
          key={each}
          type="button"
          lang={each}
          aria-pressed={each === language}
          class={each === language ? 'chosen' : ''}
          onClick={() => onChoose(each)}
        >
          {t(`languages.${each}`)}
        </button>
      ))}
    </fieldset>
  )
}
