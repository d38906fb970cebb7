import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { plannedMinutes } from '../../src/core/format.ts'
import { loadFormats, type Misread, readScript, sentence } from '../../src/formats/index.ts'
import { speak } from '../../src/locales/index.ts'
import { freshFolder, removeFolder } from '../support/bot.ts'

const root = resolve(import.meta.dirname, '../..')
const tsx = join(root, 'node_modules/tsx/dist/cli.mjs')
const scriptOf = (id: string) => readFileSync(join(root, `src/formats/${id}.yaml`), 'utf8')
const one = scriptOf('format-1')
const two = scriptOf('format-2')
const three = scriptOf('format-3')

const spoken = (one: Misread, lang: 'fr' | 'en' = 'en') => speak(sentence(one), { lang, zone: 'UTC' })

const folders: string[] = []
afterEach(() => folders.splice(0).forEach(removeFolder))

function folderWith(files: Record<string, string>): string {
  const folder = freshFolder()
  folders.push(folder)
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return folder
}

const renamed = (id: string, text = one) => text.replace(/^id: .*$/mu, `id: ${id}`)

function formatIn(text: string) {
  const read = readScript(text, 'kit.yaml')
  if ('misread' in read) throw new Error(read.misread.map((one) => spoken(one)).join('\n'))
  return read.format
}

/** What is told of a script in which these words were replaced, each once. */
function told(text: string, ...changes: [from: string, to: string][]): string[] {
  const changed = changes.reduce((now, [from, to]) => {
    expect(now.split(from).length, `« ${from} » in the script`).toBeGreaterThan(1)
    return now.replace(from, to)
  }, text)
  const read = readScript(changed, 'mine.yaml')
  return 'misread' in read ? read.misread.map((one) => spoken(one)) : []
}

const optionsIn = (text: string, id: string): unknown =>
  formatIn(text).segments.find((segment) => segment.id === id)?.options

describe('the kit', () => {
  it.each([
    [
      one,
      {
        Introduction: 10,
        'Tour de table': 10,
        'Qu’est-ce qu’un bon sujet Gouvernement Ouvert': 10,
        'Identifier les sujets d’engagement de mon administration': 10,
        'Lister et qualifier les sujets': 35,
        'Classer les sujets selon leur désirabilité / faisabilité': 10,
        Conclusion: 5,
      },
    ],
    [
      two,
      {
        Introduction: 10,
        'Tour de table': 10,
        'Prendre connaissance du sujet d’engagement': 5,
        'S’approprier et reformuler le sujet d’engagement': 10,
        'Ouvrir la réflexion sur les engagements à prendre': 20,
        'Formuler un engagement pour compléter le canevas': 30,
        Conclusion: 5,
      },
    ],
    [
      three,
      {
        Introduction: 10,
        'Tour de table': 10,
        'Présenter l’engagement choisi et le canevas pré-rempli': 5,
        'Qu’est-ce qu’une «\u00A0sous-action\u00A0» d’un engagement': 10,
        'Lister les sous-actions possibles': 25,
        'Dresser la feuille de route et finaliser le canevas': 25,
        Conclusion: 5,
      },
    ],
  ])('lasts ninety minutes in seven steps, under its own headings (%#)', (text, steps) => {
    const format = formatIn(text)
    expect(Object.fromEntries(format.segments.map(({ title, minutes }) => [title.fr, minutes]))).toEqual(
      steps,
    )
    expect(plannedMinutes(format)).toBe(90)
  })

  it('rewords the subject under the five headings of its sheet', () => {
    expect(optionsIn(two, 'reformuler')).toMatchObject({
      turnSeconds: 60,
      starters: [{ fr: 'Ce sujet m’évoque…' }, { fr: 'Pour moi, il signifie…' }, { fr: 'Il implique que…' }],
      prompts: [
        { label: { fr: 'Il permet de…' } },
        { label: { fr: 'Il a l’ambition de…' } },
        { label: { fr: 'Il met autour de la table…' } },
        { label: { fr: 'Il est réalisable à l’horizon…' } },
        { label: { fr: 'Il peut être partagé avec…' } },
      ],
    })
  })

  it('asks civil society and citizens the same questions, agents their own, and everyone the common ones', () => {
    const { questions } = optionsIn(two, 'engagements') as { questions: Record<string, unknown[]> }
    expect(questions.citizen).toEqual(questions['civil-society'])
    expect(Object.entries(questions).map(([profile, all]) => [profile, all.length])).toEqual([
      ['common', 4],
      ['agent', 3],
      ['civil-society', 4],
      ['citizen', 4],
    ])
  })

  it('fills in the nine headings of the canvas, the same in both formats', () => {
    const canvas = optionsIn(two, 'canevas') as { headings: { label: { fr: string }; group: string }[] }
    expect(canvas.headings.map(({ label }) => label.fr)).toEqual([
      'Titre de l’engagement',
      'Mon engagement porte sur…',
      'Mon engagement c’est…',
      'Mon engagement va…',
      'Mon engagement répond à…',
      'Mon engagement est utile car…',
      'Transparence',
      'Participation',
      'Collaboration',
    ])
    expect(canvas.headings.filter(({ group }) => group === 'principle').length).toBe(3)
    expect(optionsIn(three, 'canevas')).toMatchObject({ walk: true, headings: canvas.headings })
  })
})

describe('a script with a mistake', () => {
  const lineOf = (text: string) => one.slice(0, one.indexOf(text)).split('\n').length

  it('is told with its file, its place and what was expected', () => {
    expect(told(one, ['phase: memo', 'phase: memmo'])).toEqual([
      expect.stringMatching(
        new RegExp(
          `^mine\\.yaml:${lineOf('phase: memo')}:12, segment “bon-sujet”, phase: “memmo” is no exercise; choose among: introduction, `,
          'u',
        ),
      ),
    ])
  })

  it('is told for a number that is none, and a source that does not come before', () => {
    expect(told(one, ['minutes: 35', 'minutes: long'])[0]).toMatch(
      /, segment “qualifier”, minutes: found a text; give a number\.$/u,
    )
    expect(told(one, ['from: identifier', 'from: nowhere'])[0]).toMatch(
      /“nowhere” is no segment that comes before this one; choose among: identifier\.$/u,
    )
  })

  it('is told at the key that is unknown, with those that are known', () => {
    const place = `mine.yaml:${lineOf('silentMinutes: 5')}:21`
    expect(told(one, ['silentMinutes: 5', 'silentMinuts: 5'])).toContain(
      `${place}, segment “identifier”, options.silentMinuts: this key is unknown here; choose among: silentMinutes, perPerson, questionsTitle, questions, examples.`,
    )
  })

  it('is told all its mistakes at once, from top to bottom', () => {
    const all = told(
      one,
      ['warnMinutes: 2', 'warnMinutes: soon'],
      ['phase: tour-de-table', 'phase: tour'],
      ['silentMinutes: 5', 'silentMinutes: 0'],
      ['from: identifier', 'from: classer'],
      ['high: { fr: très facile, en: very easy }', 'high: { fr: très facile }'],
      ['id: conclusion', 'id: classer'],
    )
    expect(all.map((line) => line.replace(/^mine\.yaml:\d+:\d+, ([^:]+):.*$/u, '$1'))).toEqual([
      'warnMinutes',
      'segment “tour-de-table”, phase',
      'segment “identifier”, options.silentMinutes',
      'segment “qualifier”, options.from',
      'segment “classer”, options.x.high.en',
      'segment “classer”, id',
    ])
    const lines = all.map((line) => Number(/^mine\.yaml:(\d+):/u.exec(line)?.[1]))
    expect(lines).toEqual([...lines].sort((a, b) => a - b))
  })

  it('is told where YAML itself breaks', () => {
    expect(told(one, ['segments:', 'segments: [']).length).toBeGreaterThan(0)
    const broken = (text: string) => {
      const read = readScript(text, 'mine.yaml')
      return 'misread' in read ? read.misread.map((one) => spoken(one)) : []
    }
    expect(broken('a: [1,\nb: 2')).toEqual([
      'mine.yaml:2:1: this line is not indented as those around it, or a bracket opened above is not closed; align it or close it.',
    ])
    expect(broken('segments: *nowhere')).toEqual([
      'mine.yaml:1:11: “*nowhere” leads to nothing; write “&nowhere” before what it repeats, further up.',
    ])
    expect(broken('id: &a [*a]')).not.toEqual([])
    for (const text of ['', '- just\n- a list'])
      expect(broken(text)).toEqual([
        expect.stringMatching(
          /^mine\.yaml:1:1: found .*; give these keys, each followed by its value: id, /u,
        ),
      ])
  })

  it.each([
    ['id: a\nid: b', '2:1', 'this key is written twice; keep one.'],
    ['id:\n\ttitle: a', '2:1', 'this line is indented with a tab; use spaces.'],
    ['title: "a', '1:10', 'a sign is missing, colon, comma, quote or bracket; close what is open.'],
    ['goal: a: b', '1:7', 'this text reads as keys; if it holds “: ”, put it between quotes.'],
    ['id: a\n goal: b', '1:5', 'this text reads as keys; if it holds “: ”, put it between quotes.'],
    ['id: @a', '1:5', 'a text cannot begin with this sign; put the text between quotes.'],
    [
      "goal: 'd'abord'",
      '1:10',
      'something follows a text that has ended; put a text that holds an apostrophe or a quote between double quotes.',
    ],
    ['id: a\n---\nid: b', '2:1', 'there are several documents; remove the line “---” and what follows it.'],
    [
      'id: "\\q"',
      '1:6',
      'the YAML cannot be read here (BAD_DQ_ESCAPE); compare with a script of src/formats.',
    ],
  ])('is told in a sentence what breaks YAML, once a place: %j', (text, place, what) => {
    const read = readScript(text, 'mine.yaml')
    expect('misread' in read && read.misread.map((one) => spoken(one))).toEqual([
      `mine.yaml:${place}: ${what}`,
    ])
  })

  it('is told where its aliases repeat each other without end', () => {
    const tenfold = (name: string, of: string) => `${name}: &${name} [${Array(10).fill(of).join(', ')}]`
    const text = ['a: &a [1]', tenfold('b', '*a'), tenfold('c', '*b'), tenfold('d', '*c')].join('\n')
    const read = readScript(text, 'mine.yaml')
    expect('misread' in read && read.misread.map((one) => spoken(one))).toEqual([
      'mine.yaml:1:1: the aliases “*” repeat each other without end; write these texts in full.',
    ])
  })

  it('is told in French, with the segment as it is called, or its number where it has no name', () => {
    const text = one
      .replace('- id: tour-de-table', '- name: tour-de-table')
      .replace('minutes: 35', 'minutes: -5')
      .replace('title:\n      fr: Conclusion\n      en: Conclusion', 'title: Conclusion')
    const read = readScript(text, 'mine.yaml')
    const N = '\u00A0'
    expect('misread' in read && read.misread.map((one) => spoken(one, 'fr'))).toEqual([
      `mine.yaml:66:5, segment n°${N}2, id${N}: manque${N}; indiquez un texte.`,
      expect.stringContaining(
        `, segment n°${N}2, name${N}: cette clé n’est pas connue ici${N}; choisissez parmi${N}: id, phase, `,
      ),
      expect.stringContaining(
        `, segment «${N}qualifier${N}», minutes${N}: la valeur est trop petite${N}; indiquez plus de 0.`,
      ),
      expect.stringContaining(
        `, segment «${N}conclusion${N}», title${N}: il y a un texte${N}; indiquez ces clés, suivies chacune de sa valeur${N}: fr, en.`,
      ),
    ])
  })

  it.each<[string, string, string]>([
    ['minutes: 35', 'minutes: 500', 'minutes: the value is too large; give 240 or less.'],
    ['perPerson: 2', 'perPerson: 1.5', 'options.perPerson: found a number; give a whole number.'],
    ['perPerson: 2', 'perPerson: 0', 'options.perPerson: the value is too small; give 1 or more.'],
    [
      'id: classer',
      'id: Classer',
      'id: this identifier does not fit; write lower-case letters without accents, digits and dashes, a letter first, at most 40 characters.',
    ],
    [
      'id: classer',
      `id: ${'c'.repeat(41)}`,
      'id: this identifier does not fit; write lower-case letters without accents, digits and dashes, a letter first, at most 40 characters.',
    ],
    [
      'high: { fr: très facile, en: very easy }',
      'high: { fr: "", en: very easy }',
      'options.x.high.fr: the text is empty; write it.',
    ],
    [
      'high: { fr: très facile, en: very easy }',
      'high:',
      'options.x.high: found nothing; give these keys, each followed by its value: fr, en.',
    ],
    [
      'high: { fr: très facile, en: very easy }',
      'high: [très facile]',
      'options.x.high: found a list, with a dash before each item; give these keys, each followed by its value: fr, en.',
    ],
  ])('is told what to write instead: %s → %s', (from, to, what) => {
    expect(told(one, [from, to])).toContainEqual(
      expect.stringMatching(
        new RegExp(`segment “.*”, ${what.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&')}$`, 'u'),
      ),
    )
  })
})

describe('each exercise of formats #2 and #3', () => {
  const places = (lines: string[]) =>
    lines.map((line) => line.replace(/^mine\.yaml:\d+:\d+, segment “[^”]*”, (?:options\.)?/u, ''))

  it('says what it takes no option for', () => {
    const [line, ...rest] = told(two, [
      '  - id: reformuler',
      '    options: { title: Mon sujet }\n\n  - id: reformuler',
    ])
    expect(rest).toEqual([])
    expect(line).toMatch(/, segment “sujet”, options\.title: no key is expected here; remove it\.$/u)
  })

  it('says every mistake in a reformulation', () => {
    expect(
      places(
        told(
          two,
          ['turnSeconds: 60\n      starters', 'turnSeconds: 5\n      starters'],
          ['- id: ambition', '- id: Son ambition'],
          [
            'label: { fr: Il peut être partagé avec…, en: It can be shared with… }',
            'text: { fr: Avec…, en: With… }',
          ],
        ),
      ),
    ).toEqual([
      expect.stringMatching(/^turnSeconds: .*10/u),
      expect.stringMatching(/^prompts\.2\.id: this identifier does not fit/u),
      'prompts.5.label: missing; give these keys, each followed by its value: fr, en.',
      'prompts.5.text: this key is unknown here; choose among: id, label.',
    ])
    expect(places(told(two, ['- id: ambition', '- id: permet']))).toEqual([
      'prompts.2.id: the identifier “permet” is already used; choose another.',
    ])
    expect(places(told(two, ['- id: ambition', '- id: title']))).toEqual([
      'prompts.2.id: “title” is already the title of the sheet; choose another identifier.',
    ])
  })

  it('says every mistake in questions by profile', () => {
    expect(
      places(
        told(
          two,
          ['silentMinutes: 5', 'silentMinutes: five'],
          ['perPerson: 3', 'perPerson: 9'],
          ['        agent:\n', '        agents:\n'],
          ['citizen: *society', 'citizen: { fr: Quoi, en: What }'],
          ['      hints:\n', '      hint:\n'],
        ),
      ),
    ).toEqual([
      'silentMinutes: found a text; give a number.',
      expect.stringMatching(/^perPerson: .*5/u),
      'questions.agents: this key is unknown here; choose among: common, agent, civil-society, citizen.',
      'questions.citizen: found keys, each followed by its value; give a list, with a dash before each item.',
      expect.stringMatching(/^hint: this key is unknown here; choose among: silentMinutes, .*hints/u),
    ])
  })

  it('says every mistake in a canvas', () => {
    expect(
      places(
        told(
          two,
          ['ideas: engagements', 'ideas: conclusion'],
          ['max: 400', 'max: 4'],
          ['group: principle', 'group: principles'],
        ),
      ),
    ).toEqual([
      expect.stringMatching(/^headings\.3\.max: .*20/u),
      expect.stringMatching(/^headings\.7\.group: this value is unknown; choose among: main, principle\.$/u),
    ])
    expect(places(told(two, ['ideas: engagements', 'ideas: conclusion']))).toEqual([
      'ideas: “conclusion” is no segment that comes before this one; choose among: sujet, reformuler, engagements.',
    ])
    expect(places(told(two, ['- id: contenu', '- id: action']))).toEqual([
      'headings.4.id: the identifier “action” is already used; choose another.',
    ])
  })

  it('says every mistake in a memo one chooses from', () => {
    expect(
      places(told(three, ['choose: true', 'choose: oui'], ['          pages:\n', '          page:\n'])),
    ).toEqual([
      'choose: found a text; give true or false.',
      'sheets.1.pages: missing; give a list, with a dash before each item.',
      'sheets.1.page: this key is unknown here; choose among: title, pages.',
    ])
  })

  it('says every mistake in sub-actions and in a roadmap', () => {
    expect(
      places(
        told(
          three,
          ['      canvas: canevas\n      starters', '      canvas: exemples\n      starters'],
          ['from: sous-actions', 'from: feuille-de-route'],
          ['      canvas: canevas\n      defaultMonths', '      canvas: nowhere\n      defaultMonths'],
        ),
      ),
    ).toEqual([
      'canvas: “exemples” is no canvas that comes before this one; choose among: canevas.',
      expect.stringMatching(
        /^from: “feuille-de-route” is no segment that comes before this one; .*, sous-actions\.$/u,
      ),
      'canvas: “nowhere” is no canvas that comes before this one; choose among: canevas.',
    ])
    expect(
      places(
        told(three, ['- id: accessible', '- name: accessible'], ['defaultMonths: 3', 'defaultMonths: trois']),
      ),
    ).toEqual([
      'starters.1.id: missing; give a text.',
      'starters.1.name: this key is unknown here; choose among: id, text.',
      'defaultMonths: found a text; give a number.',
    ])
  })
})

describe('the folder of an administration', () => {
  const mistakesIn = async (folder: string): Promise<string[]> => {
    const read = await loadFormats(folder)
    return 'misread' in read ? read.misread.map((one) => spoken(one)) : []
  }

  it('gives its formats beside the kit’s', async () => {
    const folder = folderWith({ 'mine.yml': renamed('mine'), 'notes.txt': 'not a script' })
    const read = await loadFormats(folder)
    expect('formats' in read && Object.keys(read.formats)).toEqual([
      'format-1',
      'format-2',
      'format-3',
      'mine',
    ])
  })

  it('may not take an identifier of the kit', async () => {
    const folder = folderWith({ 'mine.yaml': `# Ours\n${one}` })
    expect(await mistakesIn(folder)).toEqual([
      `${join(folder, 'mine.yaml')}:3:5, id: the identifier “format-1” is that of a workshop of the kit; choose another.`,
    ])
  })

  it('may not use an identifier twice: both files are named', async () => {
    const folder = folderWith({ 'a.yaml': renamed('mine'), 'b.yaml': renamed('mine') })
    expect(await mistakesIn(folder)).toEqual([
      `${join(folder, 'b.yaml')}:2:5, id: the identifier “mine” is already used by ${join(folder, 'a.yaml')}; choose another.`,
    ])
  })

  it('tells the mistakes of all its files, and goes on after one that cannot be read', async () => {
    const folder = folderWith({
      'a.yaml': renamed('a').replace('phase: memo', 'phase: memmo'),
      'c.yaml': renamed('c').replace('minutes: 35', 'minutes: 0'),
    })
    mkdirSync(join(folder, 'b.yaml'))
    const [first, second, third, ...rest] = await mistakesIn(folder)
    expect(first).toContain('a.yaml:')
    expect(second).toBe(
      `${join(folder, 'b.yaml')}: this is a folder; give the name of a file, or rename this folder without .yaml.`,
    )
    expect(third).toContain('segment “qualifier”, minutes: ')
    expect(rest).toEqual([])
  })

  it('is told in one sentence when there is none', async () => {
    const folder = folderWith({ file: '' })
    expect(await mistakesIn(join(folder, 'nowhere'))).toEqual([
      `${join(folder, 'nowhere')}: there is no such folder; give FORMATS_DIR the name of the folder of your own scripts, or leave it empty.`,
    ])
    expect(await mistakesIn(join(folder, 'file'))).toEqual([
      `${join(folder, 'file')}: this is a file; give FORMATS_DIR the name of the folder that holds it.`,
    ])
  })

  const run = (script: string, env: Record<string, string>, ...args: string[]) =>
    spawnSync(process.execPath, [tsx, script, ...args], {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, LANG: 'C.UTF-8', PORT: '0', ROOM_PORT: '0', ...env },
    })

  it('keeps the bot from starting on a mistake, with the same words as formats:check', () => {
    const folder = folderWith({ 'mine.yaml': renamed('mine').replace('phase: matrix', 'phase: maatrix') })
    const start = run('src/index.ts', { FORMATS_DIR: folder, DATA_DIR: join(folder, 'data') })
    const check = run('src/formats.ts', {}, join(folder, 'mine.yaml'))
    expect(start.status).toBe(1)
    expect(check.status).toBe(1)
    expect(start.stderr.trim()).toBe(check.stderr.trim())
    expect(start.stderr).toContain('«\u00A0maatrix\u00A0» n’est pas un exercice')
    expect(check.stdout).toBe('Un point à corriger.\n')
    expect(start.stdout).not.toContain('http')
  })

  it('keeps the bot from starting beside what is wrong with a variable, told at once in English too', () => {
    const start = run('src/index.ts', { LANG: 'en_GB.UTF-8', FORMATS_DIR: '/nowhere/at-all', ROOM: 'OFF' })
    expect(start.stderr.trim().split('\n')).toEqual([
      'ROOM: expected on or off.',
      expect.stringMatching(/^\/nowhere\/at-all: there is no such folder/u),
    ])
  })

  it('is checked by a command that says what it is asked wrong', () => {
    const check = (...args: string[]) => run('src/formats.ts', {}, ...args)
    expect(check('--lang', 'en', 'nowhere.yaml')).toMatchObject({
      status: 1,
      stderr: 'nowhere.yaml: there is no such file; check its name.\n',
      stdout: 'One thing to mend.\n',
    })
    expect(check('--langue', 'en')).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringContaining('--langue'),
    })
  })

  it('keeps the bot from starting when it does not exist, without a trace of the code', () => {
    const start = run('src/index.ts', { FORMATS_DIR: '/nowhere/at-all' })
    expect(start.status).toBe(1)
    expect(start.stderr.trim()).toBe(
      '/nowhere/at-all\u00A0: ce dossier n’existe pas\u00A0; donnez à FORMATS_DIR le nom du dossier de vos scripts, ou laissez-la vide.',
    )
  })
})
