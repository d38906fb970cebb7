import type { ConversationView, MemberView } from '../views.ts'
import { Avatar } from './avatar.tsx'
import { t } from './texts.ts'

export function Participants({ conversation, me }: { conversation: ConversationView; me: string }) {
  const isMeeting = conversation.kind === 'meeting'
  const members = [...conversation.members].sort(byRole)
  const here = members.filter((member) => member.present || !isMeeting)
  const gone = members.filter((member) => !here.includes(member))
  return (
    <section class="panel-part" aria-labelledby="participants-title">
      <h2 id="participants-title">
        {t('participants.title')} <span class="count">{here.length}</span>
      </h2>
      <ul class="people">
        {here.map((member) => (
          <Person key={member.key} member={member} isMe={member.key === me} isMeeting={isMeeting} />
        ))}
        {conversation.botInstalled && (
          <li>
            <Avatar person="bot" name="" />
            <span class="person-name">
              {t('product.name')}
              <small>{t('participants.robot')}</small>
            </span>
          </li>
        )}
      </ul>
      {gone.length > 0 && <Gone members={gone} me={me} />}
    </section>
  )
}

/** Still in the chat, no longer in the meeting: not counted. */
function Gone({ members, me }: { members: MemberView[]; me: string }) {
  return (
    <details class="advanced">
      <summary>{t('participants.gone', { count: members.length })}</summary>
      <ul class="people">
        {members.map((member) => (
          <Person key={member.key} member={member} isMe={member.key === me} isMeeting={true} />
        ))}
      </ul>
    </details>
  )
}

function Person({ member, isMe, isMeeting }: { member: MemberView; isMe: boolean; isMeeting: boolean }) {
  const presence = isMeeting ? { present: member.present } : {}
  return (
    <li class={isMeeting && !member.present ? 'gone' : ''}>
      <Avatar person={member.key} name={member.name} {...presence} />
      <span class="person-name">
        {isMe ? t('participants.you', { name: member.name }) : member.name}
        {isMeeting && member.present && <span class="sr-only">{t('participants.present')}</span>}
      </span>
      <span class="badges">
        {badgesOf(member).map((badge) => (
          <span key={badge} class={`badge ${badge}`}>
            {t(`participants.${badge}`)}
          </span>
        ))}
      </span>
    </li>
  )
}

function badgesOf(member: MemberView): string[] {
  return [
    ...(member.role === 'Organizer' ? ['organizer'] : []),
    ...(member.role === 'Presenter' ? ['presenter'] : []),
    ...(member.simulated ? ['simulated'] : member.kind === 'member' ? [] : [member.kind]),
  ]
}

const rank = { Organizer: 0, Presenter: 1, Attendee: 2 }

function byRole(a: MemberView, b: MemberView): number {
  return rank[a.role] - rank[b.role]
}
