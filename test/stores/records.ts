import { emptyMeeting, type Meeting, meetingRecord } from '../../src/core/meeting.ts'

/** A meeting about to be saved as `version`, empty or as told. */
export const record = (id: string, version = 1, more: Partial<Meeting> = {}): Meeting => ({
  ...emptyMeeting(id),
  version,
  ...more,
})

const someone = {
  firstName: 'Marie',
  lastName: 'Durand',
  position: '',
  organisation: '',
  profile: 'agent',
  lang: 'fr',
  contributes: false,
  introduced: true,
  joinedAt: 1,
  joinedDuring: -1,
  leftAt: null,
}
const live = { status: 'lobby' }
const closed = { status: 'closed', startedAt: 1, index: 6, closedAt: 2 }

/** A meeting with one session, which runs or is over. */
export const withSession = (id: string, runs: 'live' | 'closed', leader?: string): Meeting =>
  meetingRecord.parse({
    ...record(id),
    sessions: [
      {
        id: '1',
        meetingId: id,
        format: { id: 'any', segments: [] },
        lang: 'fr',
        launchedBy: 'claire',
        launchedAt: 1,
        context: {
          subject: '',
          objective: '',
          background: '',
          deliverable: '',
          nextSteps: '',
          contact: '',
          questionnaire: '',
        },
        roster: {},
        participants: leader ? { [leader]: { ...someone, id: leader, role: 'facilitator' } } : {},
        steer: { position: runs === 'live' ? live : closed, runs: {}, shared: {} },
        answers: {},
        notes: [],
        moves: [],
        redo: [],
        count: 1,
        steps: [],
      },
    ],
  })
