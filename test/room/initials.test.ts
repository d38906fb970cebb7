import { expect, it } from 'vitest'
import { initials } from '../../src/room/client/initials.ts'

it.each([
  ['Camille Durand', 'CD'],
  ['jean-pierre de la tour', 'JT'],
  ['Élodie', 'É'],
  ['e\u0301lodie', 'E\u0301'],
  ['\u2039\u{1F608} Zoé', 'Z'],
  ['(Marie) « Roux »', 'MR'],
  ['3e Bureau', '3B'],
  ['李 小龙', '李小'],
  ['\u{1F469}\u200D\u{1F4BB} \u2039\u203A', '?'],
  ['', '?'],
])('a person called « %s » is told by %s: letters and digits only', (name, shown) => {
  expect(initials(name)).toBe(shown)
})
