/*
 * A list of people as it is pasted: a line each, a table from a spreadsheet with or without its header, addresses from a
 * mailbox.
 */

/** Someone as the list writes her; the name may hold anything. */
export interface Listed {
  name: string
  organisation: string
}

export function listedIn(text: string): Listed[] {
  const rows = rowsIn(text)
  const [first = [], ...others] = rows
  const columns = others.length ? headerIn(first) : null
  if (columns) return others.map((cells) => byColumn(cells, columns))
  const arePartedNames = text.includes('\t') && partNames(rows)
  return rows.map((cells) => byPlace(cells, arePartedNames))
}

/** A table without a header, whose first two columns part the names: a word or two in each, and where she is from after them. */
const partNames = (rows: string[][]): boolean => {
  const people = rows.map(told)
  const most = (is: (cells: string[]) => boolean) => people.filter(is).length * 2 > people.length
  return (
    people.length > 1 &&
    people.every(([, second]) => second !== undefined && second.split(/\s+/u).length <= 2) &&
    most(([first = '']) => !/\s/u.test(first)) &&
    most((cells) => cells.length > 2)
  )
}

/** Each line in its cells: between tabs, else between semicolons where these part no people, else between commas. */
function rowsIn(text: string): string[][] {
  const lines = text.split(/\r?\n/u).filter((one) => one.trim() !== '')
  const isTable = lines.length > 1 && new Set(lines.map((one) => one.split(';').length)).size === 1
  return lines.flatMap((one) => {
    if (one.includes('\t')) return [cellsOf(one, /\t/u)]
    const parts = one.split(';').filter((part) => part.trim() !== '')
    if (mailAddress.test(one))
      return parts.map((part) => (mailAddress.test(part) ? [part] : cellsOf(part, /,/u)))
    return isTable || namesStructure.test(one)
      ? [cellsOf(one, /[;,]/u)]
      : parts.map((part) => cellsOf(part, /,/u))
  })
}

const cellsOf = (line: string, between: RegExp): string[] =>
  line.split(between).map((one) => one.replaceAll('"', '').trim())

/** « Zoé Perez ; Association Étoile » is one person. */
const namesStructure =
  /^[^;]+;\s*(?:associations?|mairie|ville|préfecture|ministère|direction|collectif|université|département|région|métropole|service|agence|fédération|collège|lycée|école|hôpital|citoyen|city|ministry|university|charity)(?![\p{L}])[^;]*$/iu

const mailAddress = /<[^<>]*@[^<>]*>/u

type Column = 'full' | 'surname' | 'first' | 'about' | 'apart'

/** What the line above a table says that its columns hold; null where it is someone. */
function headerIn(cells: string[]): Column[] | null {
  const columns = cells.map((cell) => headings.get(bare(cell)) ?? null)
  const known = columns.filter((one) => one !== null)
  const isHeader =
    known.some((one) => one === 'full' || one === 'surname') && known.length * 2 >= cells.length
  if (!isHeader) return null
  const hasFirst = known.includes('first')
  return columns.map((one) => (one === 'surname' && !hasFirst ? 'full' : (one ?? 'apart')))
}

const headings: ReadonlyMap<string, Column> = new Map(
  (
    [
      ['surname', ['nom', 'noms', 'nom de famille', 'nom d usage', 'last name', 'surname', 'family name']],
      ['first', ['prenom', 'prenoms', 'first name', 'given name']],
      ['full', ['prenom nom', 'nom prenom', 'nom et prenom', 'prenom et nom', 'name', 'names', 'full name']],
      ['full', ['participant', 'participants', 'participante', 'invite', 'invites', 'personne', 'personnes']],
      ['about', ['structure', 'organisme', 'organisation', 'service', 'direction', 'association', 'entite']],
      ['about', ['fonction', 'poste', 'profil', 'statut', 'company', 'organization', 'position', 'role']],
      ['apart', ['adresse', 'adresse mail', 'adresse electronique', 'mail', 'e mail', 'email', 'courriel']],
      ['apart', ['telephone', 'tel', 'mobile', 'phone', 'groupe', 'civilite', 'commentaire', 'n', 'numero']],
    ] as const
  ).flatMap(([column, words]) => words.map((word) => [word, column] as const)),
)

function byColumn(cells: string[], columns: Column[]): Listed {
  const of = (wanted: Column) => cells.filter((cell, index) => columns[index] === wanted && cell !== '')
  const name = of('full').length ? of('full') : [...of('first'), ...of('surname')]
  return { name: name.join(' '), organisation: of('about').join(', ') }
}

/** The name comes first, or the surname in capitals and then the first name; what else stands there says where she is from. */
function byPlace(cells: string[], arePartedNames: boolean): Listed {
  const [only = ''] = cells
  // As a mailbox writes it, what stands before the comma is the surname.
  if (mailAddress.test(only))
    return {
      name: only.replace(mailAddress, '').replaceAll('"', '').split(',').toReversed().join(' ').trim(),
      organisation: '',
    }
  const [first = '', second = '', ...rest] = told(cells)
  const organisation = rest.join(', ')
  if (isCapitals(first) && rest.length > 0 && !isCapitals(second))
    return { name: `${second} ${first}`, organisation }
  // Without capitals, lists of people begin with the surname.
  if (arePartedNames)
    return { name: isCapitals(second) ? `${first} ${second}` : `${second} ${first}`, organisation }
  return { name: first, organisation: [second, ...rest].filter(Boolean).join(', ') }
}

const told = (cells: string[]): string[] => cells.filter((one) => one !== '' && !isApart(one))

/** An address is not kept, nor a telephone number. */
const isApart = (cell: string): boolean => /\S@\S|^\+?[\d\s.()]{9,}$/u.test(cell)

const isCapitals = (word: string): boolean => /^[\p{Lu}\p{M}'’ -]{2,}$/u.test(word) && /\p{Lu}{2}/u.test(word)

/** The same person, however her name was typed: the surname may come first. */
export const alike = (one: string, other: string): boolean => inOneOrder(one) === inOneOrder(other)

const inOneOrder = (name: string): string => bare(name).split(' ').sort().join(' ')

const bare = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
