import { createHash } from 'node:crypto'

/** The two families the product may use: the world's (SHA-256, AES-256-GCM) and China's (国密: SM3, SM4). Both are built into Node 24. */
export type Suite = 'international' | 'guomi'

/** What a journal is hashed with, 32 bytes either way: SHA-256 (FIPS 180-4) or SM3 (GB/T 32905-2016). */
export type HashName = 'sha256' | 'sm3'

/** Every suite, in the words of the setting `ALGORITHMS`. */
export const SUITES: readonly Suite[] = ['international', 'guomi']

/** Every hash a journal may be begun with. */
export const HASHES: readonly HashName[] = ['sha256', 'sm3']

/** The hash a suite begins a journal with. */
export const hashOf = (suite: Suite): HashName => (suite === 'guomi' ? 'sm3' : 'sha256')

/** The suite whose hash it is, to name in a message what has to be set. */
export const suiteOf = (hash: HashName): Suite => (hash === 'sm3' ? 'guomi' : 'international')

/** The name as the standard writes it, for people. */
export const hashTitle = (hash: HashName): string => (hash === 'sm3' ? 'SM3' : 'SHA-256')

/** Hash of the parts one after the other, 32 bytes. */
export function digest(hash: HashName, ...parts: readonly Buffer[]): Buffer {
  const state = createHash(hash)
  for (const part of parts) state.update(part)
  return state.digest()
}
