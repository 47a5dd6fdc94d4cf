import type { Organisation } from '../directory.ts'

/** What is asked of an organisation. */
export type Asked = { act: 'add' } | { act: 'rename' | 'close'; organisation: Organisation }
