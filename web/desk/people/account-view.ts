import type { Role } from '../../../src/people/rules/actor.ts'
import { useGet } from '../../shell/use-api.ts'

/** An account as the security administrator sees it. */
export type Account = {
  id: string
  username: string
  name: string
  clearance: number
  version: number
  readOnly: boolean
  mustChange: boolean
  validFrom: string | null
  validTo: string | null
  disabledOn: string | null
  leftOn: string | null
  posts: { title: string; role: Role }[]
}

export const useAccounts = () => useGet<{ items: Account[] }>('/api/accounts')
