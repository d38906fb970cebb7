import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { say } from '../core/text.ts'
import { DamagedRecord } from '../ports.ts'

/** How a text stands on disk. */
export interface Sealing {
  /** As it is written; a text, or its bytes in UTF-8. */
  close<Given extends string | Buffer>(text: Given): Given | string
  /** As it was given; what was written before there was a key is read as it is. Throws `DamagedRecord`. */
  open(text: string): string
}

export const unsealed: Sealing = { close: (text) => text, open: (text) => refusingSealed(text) }

/** Says that a file is sealed, and how. */
const mark = 'ouverture-sealed-1:'
const cipher = 'aes-256-gcm'
const nonceBytes = 12
const tagBytes = 16

/**
 * AES-256-GCM, a fresh nonce each time. The first key seals; each of them opens, so that a key can be replaced while
 * records sealed with the one before are still read.
 */
export function sealing(keys: readonly Buffer[]): Sealing {
  const [first] = keys
  if (!first) return unsealed
  return {
    close: (text) => mark + sealed(text, first).toString('base64'),
    open(text) {
      if (!text.startsWith(mark)) return text
      const bytes = Buffer.from(text.slice(mark.length), 'base64')
      for (const key of keys) {
        const opened = openedWith(bytes, key)
        if (opened !== null) return opened
      }
      throw new DamagedRecord('sealed with another key, or altered', say('damage.other-key'))
    },
  }
}

function sealed(text: string | Buffer, key: Buffer): Buffer {
  const nonce = randomBytes(nonceBytes)
  const work = createCipheriv(cipher, key, nonce)
  const content = Buffer.concat([work.update(Buffer.from(text)), work.final()])
  return Buffer.concat([nonce, work.getAuthTag(), content])
}

/** Null where this is not the key, or where a byte has changed. */
function openedWith(bytes: Buffer, key: Buffer): string | null {
  try {
    const work = createDecipheriv(cipher, key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes })
    work.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes))
    return work.update(bytes.subarray(nonceBytes + tagBytes), undefined, 'utf8') + work.final('utf8')
  } catch {
    return null
  }
}

function refusingSealed(text: string): string {
  if (text.startsWith(mark)) throw new DamagedRecord('sealed, and no key was given', say('damage.no-key'))
  return text
}
