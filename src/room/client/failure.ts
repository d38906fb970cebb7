import { createContext } from 'preact'
import { useContext, useEffect, useState } from 'preact/hooks'
import type { Connection } from './live.ts'

export const ConnectionContext = createContext<Connection>('connecting')

/** Why something failed, or ''. Told until the next try; a connection that is back takes it away. */
export function useFailure(): [string, (why: string) => void] {
  const connection = useContext(ConnectionContext)
  const [why, setWhy] = useState('')
  useEffect(() => {
    if (connection === 'open') setWhy('')
  }, [connection])
  return [why, setWhy]
}
