import { useState } from 'preact/hooks'
import type { ConversationView, Pace } from '../views.ts'
import { post } from './api.ts'
import { Icon } from './icons.tsx'
import { clockTime, currentLanguage, t } from './texts.ts'

interface DemoProps {
  conversation: ConversationView
  token: string
  speed: number
  now: number
}

/** What the local room has and Teams has not: people who answer by themselves, and time that goes faster. */
export function Demo({ conversation, token, speed, now }: DemoProps) {
  const [said, setSaid] = useState('')

  async function ask<T>(path: string, body: object, then: (answer: T) => string): Promise<void> {
    try {
      setSaid(then(await post<T>(path, { token, conversation: conversation.id, ...body })))
    } catch {
      setSaid(t('demo.failed'))
    }
  }

  return (
    <section class="panel-part demo" aria-labelledby="demo-title">
      <h2 id="demo-title">{t('demo.title')}</h2>
      <p class="hint">{t('demo.intro')}</p>
      {conversation.kind !== 'personal' && <Simulated conversation={conversation} ask={ask} />}
      <Speed speed={speed} now={now} ask={ask} />
      {conversation.kind !== 'personal' && <Invite conversation={conversation} onSaid={setSaid} />}
      <p class="said" role="status">
        {said}
      </p>
      <Advanced conversation={conversation} ask={ask} />
    </section>
  )
}

type Ask = <T>(path: string, body: object, then: (answer: T) => string) => Promise<void>

const nothing = () => ''

function Simulated({ conversation, ask }: { conversation: ConversationView; ask: Ask }) {
  const [count, setCount] = useState(6)
  const [pace, setPace] = useState<Pace>('normal')
  const add = () =>
    ask<{ added: number }>('simulated', { count, pace }, ({ added }) => t('demo.added', { count: added }))
  return (
    <>
      <div class="row">
        <label class="field small">
          <span>{t('demo.count')}</span>
          <select value={String(count)} onChange={(event) => setCount(Number(event.currentTarget.value))}>
            {Array.from({ length: 10 }, (_, index) => (
              <option key={index} value={String(index + 1)}>
                {index + 1}
              </option>
            ))}
          </select>
        </label>
        <Choice
          legend={t('demo.pace')}
          name="pace"
          options={(['slow', 'normal', 'fast'] as const).map((each) => ({
            value: each,
            label: t(`demo.${each}`),
          }))}
          chosen={pace}
          onChoose={setPace}
        />
      </div>
      <button type="button" class="primary wide" onClick={add}>
        <Icon name="people" /> {t('demo.add')}
      </button>
      {conversation.members.some((member) => member.simulated) && (
        <button
          type="button"
          class="quiet wide"
          onClick={() => ask('simulated/remove', {}, () => t('demo.removed'))}
        >
          {t('demo.remove')}
        </button>
      )}
    </>
  )
}

const speeds = [1, 2, 5, 10, 30, 60]

function Speed({ speed, now, ask }: { speed: number; now: number; ask: Ask }) {
  return (
    <div class="speed">
      <Choice
        legend={t('demo.speed')}
        name="speed"
        options={speeds.map((each) => ({ value: each, label: t('demo.speed-value', { speed: each }) }))}
        chosen={speed}
        onChoose={(chosen) => ask('clock', { speed: chosen }, nothing)}
      />
      <p class="hint">{t('demo.time', { time: clockTime(now) })}</p>
    </div>
  )
}

interface ChoiceProps<T> {
  legend: string
  name: string
  options: { value: T; label: string }[]
  chosen: T
  onChoose: (chosen: T) => void
}

function Choice<T extends string | number>({ legend, name, options, chosen, onChoose }: ChoiceProps<T>) {
  return (
    <fieldset class="choice">
      <legend>{legend}</legend>
      <div class="segments">
        {options.map(({ value, label }) => (
          <label key={value} class={value === chosen ? 'chosen' : ''}>
            <input type="radio" name={name} checked={value === chosen} onChange={() => onChoose(value)} />
            {label}
          </label>
        ))}
      </div>
    </fieldset>
  )
}

function Invite({
  conversation,
  onSaid,
}: {
  conversation: ConversationView
  onSaid: (text: string) => void
}) {
  const path = `/m/${encodeURIComponent(conversation.slug)}`
  const url = `${location.origin}${path}`

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(url)
      onSaid(t('demo.copied'))
    } catch {
      onSaid(t('demo.copy-failed', { url }))
    }
  }

  return (
    <div class="stack">
      <h3>{t('demo.invite')}</h3>
      <a
        class="button wide"
        href={`${path}?role=attendee&lang=${currentLanguage()}`}
        target="_blank"
        rel="noopener"
      >
        <Icon name="tab" /> {t('demo.another')}
      </a>
      <button type="button" class="wide" onClick={copy}>
        <Icon name="link" /> {t('demo.copy')}
      </button>
    </div>
  )
}

const hour = 3_600_000
const jumps = { hour, day: 24 * hour, week: 7 * 24 * hour }

function Advanced({ conversation, ask }: { conversation: ConversationView; ask: Ask }) {
  const { kind, running, botInstalled } = conversation
  return (
    <details class="advanced">
      <summary>{t('demo.advanced')}</summary>
      <div class="stack">
        <h3>{t('demo.advance')}</h3>
        <div class="buttons">
          {(['hour', 'day', 'week'] as const).map((jump) => (
            <button key={jump} type="button" onClick={() => ask('clock', { advance: jumps[jump] }, nothing)}>
              {t(`demo.${jump}`)}
            </button>
          ))}
        </div>
        {kind === 'meeting' && (
          <button type="button" class="wide" onClick={() => ask('meeting', { running: !running }, nothing)}>
            {running ? t('demo.end-meeting') : t('demo.start-meeting')}
          </button>
        )}
        <button type="button" class="wide" onClick={() => ask('bot', { installed: !botInstalled }, nothing)}>
          {botInstalled ? t('demo.remove-bot') : t('demo.install-bot')}
        </button>
      </div>
    </details>
  )
}
