import { say, type Text } from '../core/text.ts'

/** What an examination says of one thing: in order, to know, or to mend before starting. */
export interface Finding {
  level: 'fine' | 'known' | 'wrong'
  text: Text
}

type Values = Record<string, Text | string | number>

export const fine = (key: string, values: Values = {}): Finding => finding('fine', key, values)
export const known = (key: string, values: Values = {}): Finding => finding('known', key, values)
export const wrong = (key: string, values: Values = {}): Finding => finding('wrong', key, values)

const finding = (level: Finding['level'], key: string, values: Values): Finding => ({
  level,
  text: say(key, values),
})
