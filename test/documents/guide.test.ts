import { describe, expect, it } from 'vitest'
import { programmeLetter, type programmeLetters } from '../../src/core/programme/letters.ts'
import { kindOf, type MilestoneKind } from '../../src/core/programme/planning.ts'
import { chooseView, type ProgrammePage, programmeView, reminderView } from '../../src/core/views/index.ts'
import { letterDocument } from '../../src/documents/letter.ts'
import { renderPaper } from '../../src/documents/papers/index.ts'
import { speak } from '../../src/locales/index.ts'
import { draw, readOn } from '../cards/drawn.ts'
import { firstPlayed } from '../support/chained.ts'
import { opened } from '../support/docx.ts'
import { issueOf } from '../support/issue.ts'
import { begun, calendar, formats, lookAt, prepared, today, whole } from '../support/programme.ts'

/**
 * The kit’s organisation guide (kit §2, §4, §5), line by line: what of it a person is given to read, and where. A line that
 * disappears from the product fails here under its own name.
 */
const guide: [line: string, where: () => string | Promise<string>, words: RegExp[]][] = [
  // §2, the roles
  [
    'the lead facilitator prepares, holds the thread and the deliverable, refocuses, is at each workshop',
    () => page('team'),
    [
      /Référent-animateur/u,
      /Prépare, tient le fil rouge et le livrable, recadre\. Présent à chaque atelier/u,
    ],
  ],
  [
    'the challenger runs the moments, gives the instructions, keeps time, challenges',
    () => page('team'),
    [/Animateur-challengeur/u, /Déroule les temps, donne les consignes, tient le temps, pousse le groupe/u],
  ],
  [
    'the note-taker keeps the matter, writes on the supports, asks questions',
    () => page('team'),
    [/Complice/u, /Garde la matière, prend les notes sur les supports, pose des questions/u],
  ],
  [
    'the note-taker’s role may be shared between the two others',
    () => sheet('note-taker'),
    [/complice peut se partager entre les deux autres/u],
  ],
  [
    'three people at most, two facilitators at most',
    () => page('team'),
    [/Trois personnes au plus, et deux/u],
  ],
  [
    'a facilitator is neutral, welcomes, checks who is there, explains, has time and floor respected, refocuses',
    () => sheet('challenger'),
    [
      /neutre/u,
      /accueillez, et vérifiez que les inscrits/u,
      /expliquez le déroulé/u,
      /respecter le temps/u,
      /recadrez/u,
    ],
  ],
  // §4, before the workshop
  [
    'where we start: three answers',
    choosing,
    [/D’où partez-vous/u, /partons de zéro/u, /déjà un sujet/u, /déjà formulé un engagement/u],
  ],
  [
    'how far we go: three answers',
    choosing,
    [/Jusqu’où allez-vous/u, /Un sujet choisi/u, /canevas/u, /feuille de route/u],
  ],
  [
    'six to ten by group, more groups beyond, mixed profiles, volunteers',
    choosing,
    [/Six à dix par groupe/u, /plusieurs groupes/u, /profils/u, /volontaires/u],
  ],
  ['a common language', () => letter('invitation'), [/Chacun y parle avec ses mots/u]],
  [
    'the slot of an hour and a half, one month before',
    () => due('slot'),
    [/Fixer le créneau d’une heure et demie/u, /Un mois avant/u],
  ],
  [
    'the invitations, three weeks before at the latest: objective, date, time, how, link; an answer is asked for',
    () => due('invite'),
    [/Trois semaines avant au plus tard : objectif, date, horaire, lien, et demande de confirmation/u],
  ],
  [
    'those who have not answered are reminded',
    () => due('chase'),
    [/Relancer les personnes qui n’ont pas répondu/u],
  ],
  ['the framing talk with the DITP', () => due('framing'), [/Échanger avec la DITP pour cadrer/u]],
  ['the briefing of the co-facilitators', () => due('brief'), [/Préparer les co-animateurs/u]],
  ['the test of the tool', () => due('rehearse'), [/Tester l’outil et répéter/u]],
  ['a week between two workshops', () => page('dates'), [/une semaine entre deux/u]],
  [
    'the invitation gives objective, date, hours, link and how to take part, and asks for an answer',
    () => letter('invitation'),
    [
      /Notre objectif\nChoisir les données/u,
      /lundi 22 mars 2027, de 14 h à 15 h 30/u,
      /Lien : https:/u,
      /Comment y prendre part/u,
      /Merci de confirmer votre venue/u,
    ],
  ],
  [
    'who does what: the floor, the support live, time and the chat’s questions',
    () => sheet('referent'),
    [
      /Fluidifier la parole/u,
      /Restituer en direct sur le support/u,
      /Tenir le temps et modérer les questions/u,
    ],
  ],
  [
    'online: five minutes before, under first name, name and organisation',
    () => letter('eve'),
    [/cinq minutes avant, avec votre prénom, votre nom et votre structure/u],
  ],
  ['online: microphone off beyond four', () => letter('eve'), [/micro[^\n]*plus de quatre/u]],
  ['online: a hand is raised', () => letter('eve'), [/Levez la main/u]],
  [
    'online: brief, present, listening',
    () => letter('eve'),
    [/en peu de mots, restez avec le groupe, écoutez/u],
  ],
  [
    'the report is read again and completed',
    () => letter('invitation'),
    [/Relisez le compte rendu[^\n]*complétez/u],
  ],
  [
    'open to other organisations and to disabled people',
    () => letter('invitation'),
    [/toutes les organisations et aux personnes en situation de handicap/u],
  ],
  // §5, after the workshop
  [
    'thanks, with the questionnaire',
    () => after('thanks'),
    [/Merci d’avoir pris part/u, /questionnaire[\s\S]*https:/u],
  ],
  ['thanks are called to mind', () => due('thanks'), [/Remercier les participants[\s\S]*questionnaire/u]],
  ['the report comes with the thanks, to be read again', () => after('thanks'), [/compte rendu est joint/u]],
  [
    'report and deliverable completed, then sent to participants and partners',
    () => due('report'),
    [/compte rendu et le livrable/u, /complétez-les, puis envoyez-les aux participants et aux partenaires/u],
  ],
  ['a text for social networks', () => after('post'), [/atelier/u]],
  [
    'handed on to the DITP, and what comes next',
    () => due('hand-on'),
    [/Transmettre les résultats à la DITP et donner les suites/u],
  ],
  ['the note that hands it on', () => after('steering'), [/À l’attention de/u, /Résultats/u]],
  ['what comes next is followed on its date', () => page('follow'), [/Les suites/u, /le jour dit/u]],
]

describe('the kit’s organisation guide', () => {
  it.each(guide)('%s', async (_line, where, words) => {
    const text = (await where()).replaceAll('\u00A0', ' ')
    for (const expected of words) expect(text).toMatch(expected)
  })
})

const programme = prepared(whole)
const unticked = { ...programme, done: [] }

/** A page of the programme in the organiser’s own chat. */
function page(name: ProgrammePage): string {
  const of = name === 'dates' ? prepared(begun) : programme
  return readOn(
    draw(programmeView(name, { programme: of, lang: 'fr', now: today, calendar, formats, draft: {} })),
  ).join('\n')
}

/** The message the organiser is sent on that day. */
function due(kind: MilestoneKind): string {
  const day = unticked.milestones.find((one) => kindOf(one) === kind)?.day
  const card = day && reminderView(unticked, day, 'fr')
  if (!card) throw new Error(`nothing is due for ${kind}`)
  return readOn(draw(card)).join('\n')
}

function choosing(): string {
  return readOn(draw(chooseView('fr'))).join('\n')
}

const sheet = async (role: 'referent' | 'challenger' | 'note-taker'): Promise<string> =>
  (await opened(await renderPaper(`brief-${role}`, lookAt(programme)))).text

const letter = (name: (typeof programmeLetters)[number]): string =>
  speak(programmeLetter(name, { programme, group: 1, now: today, today: calendar.dayAt(today) }).text, {
    lang: 'fr',
    zone: 'Europe/Paris',
  })

const played = firstPlayed()
const after = (id: 'thanks' | 'post' | 'steering'): string => String(letterDocument(id, issueOf(played)).body)
