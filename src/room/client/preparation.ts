import { post } from './api.ts'

/** Her own chat, and the card in it that she is led to; null where a new one comes. */
export const goPrepare = (token: string): Promise<{ slug: string; message: string | null }> =>
  post('preparation', { token })
