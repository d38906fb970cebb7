import { useState } from 'preact/hooks'
import type { Entry, Language } from '../views.ts'
import { post, type Seat } from './api.ts'
import { Logo } from './icons.tsx'
import { currentLanguage, pageData, setLanguage, t } from './texts.ts'

const main: Entry[] = ['organizer', 'attendee']
const others: Entry[] = ['presenter', 'guest', 'anonymous']

function entryAtStart(): Entry {
  const asked = new URLSearchParams(location.search).get('role') as Entry | null
  if (asked && [...main, ...others].includes(asked)) return asked
  return pageData.hasOrganizer ? 'attendee' : 'organizer'
}

/** Another name for each tab, so that a demonstration takes one click a person. */
function suggestedName(): string {
  const names = t('entry.suggestions').split(', ')
  return names[pageData.arrivals % names.length] ?? ''
}

export function EntryPage({ onEnter }: { onEnter: (seat: Seat) => void }) {
  const [language, chooseLanguage] = useState<Language>(currentLanguage())
  const [entry, setEntry] = useState<Entry>(entryAtStart)
  const [typed, setTyped] = useState<string>()
  const [problem, setProblem] = useState('')
  const name = typed ?? suggestedName()

  async function submit(event: Event): Promise<void> {
    event.preventDefault()
    if (!name.trim()) return setProblem(t('entry.name-required'))
    try {
      onEnter(await post<Seat>('enter', { name, entry, language, slug: pageData.slug }))
    } catch {
      setProblem(t('entry.failed'))
    }
  }

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
        <form class="entry-card" onSubmit={submit} noValidate>
          <h1>{pageData.title ? t('entry.title', { title: pageData.title }) : t('entry.title-plain')}</h1>
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
        </form>
        <p class="entry-local">{t('product.local-explained')}</p>
      </main>
    </div>
  )
}

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
