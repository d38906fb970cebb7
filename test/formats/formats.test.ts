import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { plannedMinutes } from '../../src/core/format.ts'
import { loadFormats, readScript, sentence } from '../../src/formats/index.ts'
import { freshFolder, removeFolder } from '../support/bot.ts'

const root = resolve(import.meta.dirname, '../..')
const tsx = join(root, 'node_modules/tsx/dist/cli.mjs')
const scriptOf = (id: string) => readFileSync(join(root, `src/formats/${id}.yaml`), 'utf8')
const one = scriptOf('format-1')
const two = scriptOf('format-2')
const three = scriptOf('format-3')

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
  if ('misread' in read) throw new Error(read.misread.map(sentence).join('\n'))
  return read.format
}

/** What is told of a script in which these words were replaced, each once. */
function told(text: string, ...changes: [from: string, to: string][]): string[] {
  const changed = changes.reduce((now, [from, to]) => {
    expect(now.split(from).length, `« ${from} » in the script`).toBeGreaterThan(1)
    return now.replace(from, to)
  }, text)
  const read = readScript(changed, 'mine.yaml')
  return 'misread' in read ? read.misread.map(sentence) : []
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
          `^mine\\.yaml:${lineOf('phase: memo')}:12 {2}segments\\.2\\.phase: "memmo" is no phase; expected one of introduction, `,
          'u',
        ),
      ),
    ])
  })

  it('is told for a number that is none, and a source that does not come before', () => {
    expect(told(one, ['minutes: 35', 'minutes: long'])[0]).toMatch(
      /segments\.4\.minutes: expected number, found string/u,
    )
    expect(told(one, ['from: identifier', 'from: nowhere'])[0]).toMatch(
      /"nowhere" is no earlier segment; expected one of/u,
    )
  })

  it('is told at the key that is unknown, with those that are known', () => {
    const place = `mine.yaml:${lineOf('silentMinutes: 5')}:21`
    expect(told(one, ['silentMinutes: 5', 'silentMinuts: 5'])).toContain(
      `${place}  segments.3.options.silentMinuts: unknown key; expected one of silentMinutes, perPerson, questionsTitle, questions, examples`,
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
    expect(all.map((line) => line.replace(/^mine\.yaml:\d+:\d+ {2}([^:]+):.*$/u, '$1'))).toEqual([
      'warnMinutes',
      'segments.1.phase',
      'segments.3.options.silentMinutes',
      'segments.4.options.from',
      'segments.5.options.x.high.en',
      'segments.6.id',
    ])
    const lines = all.map((line) => Number(/^mine\.yaml:(\d+):/u.exec(line)?.[1]))
    expect(lines).toEqual([...lines].sort((a, b) => a - b))
  })

  it('is told where YAML itself breaks', () => {
    expect(told(one, ['segments:', 'segments: [']).length).toBeGreaterThan(0)
    const broken = (text: string) => {
      const read = readScript(text, 'mine.yaml')
      return 'misread' in read ? read.misread.map(sentence) : []
    }
    expect(broken('a: [1,\nb: 2')[0]).toMatch(/^mine\.yaml:\d+:\d+ /u)
    expect(broken('')[0]).toMatch(/^mine\.yaml:1:1 /u)
    expect(broken('segments: *nowhere')[0]).toMatch(/^mine\.yaml:1:1 {2}.*nowhere/u)
    expect(broken('- just\n- a list')[0]).toMatch(/^mine\.yaml:1:1 {2}expected object, found array/u)
  })
})

describe('each exercise of formats #2 and #3', () => {
  const places = (lines: string[]) =>
    lines.map((line) => line.replace(/^mine\.yaml:\d+:\d+ {2}segments\.\d+\.(?:options\.)?/u, ''))

  it('says what it takes no option for', () => {
    const [line, ...rest] = told(two, [
      '  - id: reformuler',
      '    options: { title: Mon sujet }\n\n  - id: reformuler',
    ])
    expect(rest).toEqual([])
    expect(line).toMatch(/segments\.2\.options\.title: unknown key$/u)
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
      expect.stringMatching(/^prompts\.1\.id: lower-case letters, digits and dashes/u),
      'prompts.4.label: missing; expected object',
      'prompts.4.text: unknown key; expected one of id, label',
    ])
    expect(places(told(two, ['- id: ambition', '- id: permet']))).toHaveLength(1)
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
      'silentMinutes: expected number, found string',
      expect.stringMatching(/^perPerson: .*5/u),
      'questions.agents: unknown key; expected one of common, agent, civil-society, citizen',
      'questions.citizen: expected array, found object',
      expect.stringMatching(/^hint: unknown key; expected one of silentMinutes, .*hints/u),
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
      expect.stringMatching(/^headings\.2\.max: .*20/u),
      expect.stringMatching(/^headings\.6\.group: /u),
    ])
    expect(places(told(two, ['ideas: engagements', 'ideas: conclusion']))).toEqual([
      'ideas: "conclusion" is no earlier segment; expected one of: sujet, reformuler, engagements',
    ])
    expect(places(told(two, ['- id: contenu', '- id: action']))).toEqual([
      'headings.3.id: the heading "action" is already used',
    ])
  })

  it('says every mistake in a memo one chooses from', () => {
    expect(
      places(told(three, ['choose: true', 'choose: oui'], ['          pages:\n', '          page:\n'])),
    ).toEqual([
      'choose: expected boolean, found string',
      'sheets.0.pages: missing; expected array',
      'sheets.0.page: unknown key; expected one of title, pages',
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
      'canvas: "exemples" is no earlier canvas; expected one of: canevas',
      expect.stringMatching(/^from: "feuille-de-route" is no earlier segment; .*, sous-actions$/u),
      'canvas: "nowhere" is no earlier canvas; expected one of: canevas',
    ])
    expect(
      places(
        told(three, ['- id: accessible', '- name: accessible'], ['defaultMonths: 3', 'defaultMonths: trois']),
      ),
    ).toEqual([
      'starters.0.id: missing; expected string',
      'starters.0.name: unknown key; expected one of id, text',
      'defaultMonths: expected number, found string',
    ])
  })
})

describe('the folder of an administration', () => {
  const mistakesIn = async (folder: string): Promise<string[]> => {
    const read = await loadFormats(folder)
    return 'misread' in read ? read.misread.map(sentence) : []
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
      `${join(folder, 'mine.yaml')}:3:5  id: the identifier "format-1" is the kit’s own; choose another`,
    ])
  })

  it('may not use an identifier twice: both files are named', async () => {
    const folder = folderWith({ 'a.yaml': renamed('mine'), 'b.yaml': renamed('mine') })
    expect(await mistakesIn(folder)).toEqual([
      `${join(folder, 'b.yaml')}:2:5  id: the identifier "mine" is already used by ${join(folder, 'a.yaml')}; choose another`,
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
    expect(second).toMatch(/b\.yaml {2}cannot be read: /u)
    expect(third).toContain('segments.4.minutes')
    expect(rest).toEqual([])
  })

  it('is told in one sentence when there is none', async () => {
    const folder = folderWith({ file: '' })
    expect(await mistakesIn(join(folder, 'nowhere'))).toEqual([
      `${join(folder, 'nowhere')}  there is no such folder; FORMATS_DIR is expected to name the folder of your own scripts`,
    ])
    expect(await mistakesIn(join(folder, 'file'))).toEqual([
      `${join(folder, 'file')}  this is no folder; FORMATS_DIR is expected to name the folder of your own scripts`,
    ])
  })

  const run = (script: string, env: Record<string, string>, ...args: string[]) =>
    spawnSync(process.execPath, [tsx, script, ...args], {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, PORT: '0', ROOM_PORT: '0', ...env },
    })

  it('keeps the bot from starting on a mistake, with the same words as formats:check', () => {
    const folder = folderWith({ 'mine.yaml': renamed('mine').replace('phase: matrix', 'phase: maatrix') })
    const start = run('src/index.ts', { FORMATS_DIR: folder, DATA_DIR: join(folder, 'data') })
    const check = run('src/formats/check.ts', {}, join(folder, 'mine.yaml'))
    expect(start.status).toBe(1)
    expect(check.status).toBe(1)
    expect(start.stderr.trim()).toBe(check.stderr.trim())
    expect(start.stderr).toContain('"maatrix" is no phase')
    expect(start.stdout).not.toContain('http')
  })

  it('keeps the bot from starting when it does not exist, without a trace of the code', () => {
    const start = run('src/index.ts', { FORMATS_DIR: '/nowhere/at-all' })
    expect(start.status).toBe(1)
    expect(start.stderr.trim()).toBe(
      '/nowhere/at-all  there is no such folder; FORMATS_DIR is expected to name the folder of your own scripts',
    )
  })
})
