/**
 * What stands under a name that came through a client. « constructor » is a name like another: what every object has by
 * itself is nobody, and no card.
 */
export const entryOf = <T>(of: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(of, name) ? of[name] : undefined
