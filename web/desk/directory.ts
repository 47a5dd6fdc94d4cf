import type { Role } from '../../src/people/rules/actor.ts'
import type { Area, Level } from '../../src/places/rules/area.ts'
import { DIRECTORY, useGet } from '../shell/use-api.ts'

export type Organisation = {
  id: string
  name: string
  kind: string
  area: string
  version: number
  closedOn: string | null
  mergedInto: string | null
}
/** `open` is false where the holder's account is disabled: nobody can act in the post. */
export type Holder = { account: string; name: string; open: boolean }
export type Post = {
  id: string
  title: string
  role: Role
  org: string
  orgName: string
  area: string
  version: number
  holder?: Holder | null
  standIn?: Holder | null
}

/** Organisations of the city. */
export function useOrganisations(): Organisation[] {
  return useGet<{ items: Organisation[] }>('/api/organisations', DIRECTORY).data?.items ?? NONE
}

/** Posts of one role, with who holds them. */
export function usePosts(role: Role): Post[] {
  return useGet<{ items: Post[] }>(`/api/posts?role=${role}`, DIRECTORY).data?.items ?? NONE
}

/** Divisions below a parent, or of a level. */
export function useAreas(o: { parent?: string | undefined; level?: Level }): Area[] {
  const query = new URLSearchParams({ ...(o.parent && { parent: o.parent }), ...(o.level && { level: o.level }) })
  const enabled = o.parent !== undefined || o.level !== undefined
  return useGet<{ items: Area[] }>(`/api/areas?${query}`, { ...DIRECTORY, enabled }).data?.items ?? NONE
}

/** Counties and the units that stand beside them. */
export function useRegions(): Area[] {
  return [...useAreas({ level: 'county' }), ...useAreas({ level: 'zone' })]
}

const NONE: never[] = []
