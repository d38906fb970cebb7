import { Logo } from './icons.tsx'
import { initials } from './initials.ts'

const colours = ['#7a2e5d', '#1f5c7a', '#5c4a1f', '#2e6b46', '#6b3a2e', '#44408f', '#7a4a00', '#0f6470']

export function Avatar({ person, name, present }: { person: string; name: string; present?: boolean }) {
  if (person === 'bot') {
    return (
      <span class="avatar avatar-bot">
        <Logo />
      </span>
    )
  }
  return (
    <span class="avatar" style={{ background: colourOf(person) }} aria-hidden="true">
      {initials(name)}
      {present !== undefined && <span class={present ? 'presence here' : 'presence'} />}
    </span>
  )
}

function colourOf(key: string): string {
  const sum = Array.from(key).reduce(
    (total, letter) => (total * 31 + (letter.codePointAt(0) ?? 0)) % 99_991,
    0,
  )
  return colours[sum % colours.length] ?? '#44408f'
}
