import type { Label } from './actor.ts'

/** What the record of who came in speaks of. */
export const ACCESS_KINDS = [
  'signed_in',
  'sign_in_refused',
  'signed_out',
  'password_refused',
  'token_used',
  'token_refused',
  'read',
  'journal_verified',
] as const
export type AccessKind = (typeof ACCESS_KINDS)[number]

export const ACCESS_TEXTS: Readonly<Record<AccessKind, Label>> = {
  signed_in: { zh: '登录', en: 'Signed in' },
  sign_in_refused: { zh: '登录被拒', en: 'Sign-in refused' },
  signed_out: { zh: '退出', en: 'Signed out' },
  password_refused: { zh: '改密被拒', en: 'Password change refused' },
  token_used: { zh: '令牌使用', en: 'Token used' },
  token_refused: { zh: '令牌被拒', en: 'Token refused' },
  read: { zh: '查阅（只读账号）', en: 'Read (read-only account)' },
  journal_verified: { zh: '存证校验', en: 'Journal verified' },
}
