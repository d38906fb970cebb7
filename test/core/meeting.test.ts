import { describe, expect, it } from 'vitest'
import { type Meeting, meetingRecord } from '../../src/core/meeting.ts'
import { ideas, joining, person, workshopAt } from '../support/stage.ts'

const stored = (meeting: Meeting) => JSON.parse(JSON.stringify(meeting))

describe('a second session in the same meeting', () => {
  it('starts each join card from what the person said in the one before, and asks her all the same', () => {
    const here = workshopAt('conclusion', 'paul').does('marie', joining('marie')).does('marie', { do: 'end' })
    here.does('marie', { do: 'launch', format: 'format-1', name: 'Marie Durand' })
    const card = (who: string) => here.sees(person(who), 'join')
    expect(card('paul')).toMatchObject({
      receipt: false,
      joining: {
        position: { value: { said: 'Chargée de mission' } },
        organisation: { value: { said: 'Préfecture' } },
        profile: 'agent',
      },
    })
    expect(card('lea')).toMatchObject({ joining: { position: { value: { said: '' } }, profile: '' } })
    expect(here.session().participants.paul).toBeUndefined()
    expect(here.session().participants.marie).toMatchObject({ introduced: true, organisation: 'Préfecture' })
  })
})

describe('the record of a meeting', () => {
  it('comes back from its file as it was, with every phase entered', () => {
    const here = workshopAt('identifier', 'paul', 'lea').says('paul', ideas('Budget'))
    for (const _step of ['qualifier', 'classer', 'conclusion'])
      here.does('marie', { do: 'next', anyway: 'true' })
    here.does('marie', { do: 'note', text: 'Fin.' }).does('marie', { do: 'undo' })
    expect(meetingRecord.parse(stored(here.meeting()))).toEqual(here.meeting())
  })

  it('is refused when what a phase kept is not what that phase keeps, and says where', () => {
    const record = stored(workshopAt('identifier', 'paul').says('paul', ideas('Budget')).meeting())
    record.sessions[0].answers.identifier.paul.ideas = 'all of them'
    const read = meetingRecord.safeParse(record)
    expect(read.error?.issues[0]).toMatchObject({
      path: ['sessions', 0, 'identifier', 'answers', 'paul', 'ideas'],
    })
  })
})
