import type { Holding } from '../../src/people/rules/actor.ts'
import type { Permission } from '../../src/people/rules/permissions.ts'

/** Who is signed in, as `/api/session` says. */
export type Me = {
  account: string
  name: string
  username?: string
  tenant: number
  cityName: string
  demo: boolean
  csrfToken: string
  permissions: Permission[]
  holdings: Holding[]
  /** The account reads and never writes. */
  readOnly: boolean
  /** The password was given by somebody else: it is changed before anything else. */
  mustChange: boolean
}
