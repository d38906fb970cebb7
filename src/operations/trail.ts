import { AsyncLocalStorage } from 'node:async_hooks'
import { randomBytes } from 'node:crypto'
import type { Trail } from '../ports.ts'

/**
 * The cause follows the work by itself. Passed by hand it would go through every function between an activity and a
 * request, and through three ports, to serve nothing but the log; where it is kept (the command, the effect) it is a
 * plain value.
 */
export function trail(): Trail {
  const causes = new AsyncLocalStorage<string>()
  const under: Trail['under'] = (cause, work) => causes.run(cause, work)
  return {
    under,
    begin: (what, work) => under(`${what}-${randomBytes(9).toString('base64url')}`, work),
    cause: () => causes.getStore() ?? '',
    kept(work) {
      const cause = causes.getStore() ?? ''
      return (...given) => under(cause, () => work(...given))
    },
  }
}
