import { useEffect, useRef, useState } from 'preact/hooks'
import type { ConversationView, Pace } from '../views.ts'
import { post } from './api.ts'
import { useFailure } from './failure.ts'
import { Icon } from './icons.tsx'
import { Press } from './press.tsx'
import { clockTime, currentLanguage, dayName, isSameDay, t } from './texts.ts'

interface DemoProps {
  conversation: ConversationView
  token: string
  speed: number
  now: number
  /** Whether a meeting goes on somewhere this person is. */
  isMeeting: boolean
}

/** What the local room has and Teams has not: people who answer by themselves, and time that goes faster. */
export function Demo({ conversation, token, speed, now, isMeeting }: DemoProps) {
  const [said, setSaid] = useState('')
  const [failure, setFailure] = useFailure()

  async function ask<T>(path: string, body: object, then: (answer: T) => string): Promise<void> {
    setFailure('')
    try {
      setSaid(then(await post<T>(path, { token, conversation: conversation.id, ...body })))
    } catch {
      setSaid('')
      setFailure(t('demo.failed'))
    }
  }

  return (
    <section class="panel-part demo" aria-labelledby="demo-title">
      <h2 id="demo-title">{t('demo.title')}</h2>
      <p class="hint">{t('demo.intro')}</p>
      {conversation.kind !== 'personal' && <Simulated conversation={conversation} ask={ask} />}
      <Time speed={speed} now={now} isMeeting={isMeeting} ask={ask} />
      {conversation.kind === 'meeting' && (
        <Press class="wide" onPress={() => ask('meeting', { running: !conversation.running }, nothing)}>
          {conversation.running ? t('demo.end-meeting') : t('demo.start-meeting')}
        </Press>
      )}
      {conversation.kind !== 'personal' && <Invite conversation={conversation} onSaid={setSaid} />}
      <p class="said" role="status">
        {failure || said}
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
      <Press class="primary wide" onPress={add}>
        <Icon name="people" /> {t('demo.add')}
      </Press>
      {conversation.members.some((member) => member.simulated) && (
        <Press class="quiet wide" onPress={() => ask('simulated/remove', {}, () => t('demo.removed'))}>
          {t('demo.remove')}
        </Press>
      )}
    </>
  )
}

const speeds = [1, 2, 5, 10, 30, 60]

type TimeProps = { speed: number; now: number; isMeeting: boolean; ask: Ask }

function Time({ speed, now, isMeeting, ask }: TimeProps) {
  const time = clockTime(now)
  return (
    <div class="time">
      <Choice
        legend={t('demo.speed')}
        name="speed"
        options={speeds.map((each) => ({ value: each, label: t('demo.speed-value', { speed: each }) }))}
        chosen={speed}
        onChoose={(chosen) => ask('clock', { speed: chosen }, nothing)}
      />
      <Jumps isMeeting={isMeeting} ask={ask} />
      <p class="hint">
        {isSameDay(now, Date.now())
          ? t('demo.time', { time })
          : t('demo.day-and-time', { day: dayName(now), time })}
      </p>
    </div>
  )
}

const hour = 3_600_000
const jumps = { hour, day: 24 * hour, week: 7 * 24 * hour }

type Jump = keyof typeof jumps

const offers: Jump[] = ['day', 'week']

/** Workshops follow each other a week apart. One that runs would be late by as much: that is asked about first. */
function Jumps({ isMeeting, ask }: { isMeeting: boolean; ask: Ask }) {
  const [asked, setAsked] = useState<Jump>()
  const sure = useRef<HTMLDivElement>(null)
  const offered = useRef<HTMLDivElement>(null)
  const last = useRef<Jump | undefined>(undefined)

  // What was pressed is gone: the focus goes where the answer is given, and that comes into sight; then it comes back.
  useEffect(() => {
    if (asked) sure.current?.querySelector('button')?.focus()
    else if (last.current) offered.current?.querySelectorAll('button')[offers.indexOf(last.current)]?.focus()
    last.current = asked
  }, [asked])

  async function jump(far: Jump): Promise<void> {
    setAsked(undefined)
    await ask('clock', { advance: jumps[far] }, nothing)
  }

  if (asked) {
    return (
      <div ref={sure} class="sure" role="alert">
        <p>{t('demo.advance-sure')}</p>
        <div class="buttons">
          <Press class="primary" onPress={() => jump(asked)}>
            {t('demo.anyway')}
          </Press>
          <button type="button" onClick={() => setAsked(undefined)}>
            {t('demo.cancel')}
          </button>
        </div>
      </div>
    )
  }
  return (
    <div ref={offered} class="buttons even">
      {offers.map((each) => (
        <Press key={each} onPress={async () => (isMeeting ? setAsked(each) : jump(each))}>
          {t(`demo.${each}`)}
        </Press>
      ))}
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

function Advanced({ conversation, ask }: { conversation: ConversationView; ask: Ask }) {
  const { botInstalled } = conversation
  return (
    <details class="advanced">
      <summary>{t('demo.advanced')}</summary>
      <div class="stack">
        <Press class="wide" onPress={() => ask('clock', { advance: jumps.hour }, nothing)}>
          {t('demo.hour')}
        </Press>
        <Press class="wide" onPress={() => ask('bot', { installed: !botInstalled }, nothing)}>
          {botInstalled ? t('demo.remove-bot') : t('demo.install-bot')}
        </Press>
      </div>
    </details>
  )
}
