import type { RawBuilder } from 'kysely'
import type { Ctx, Principal } from '../ctx.ts'
import type { Text } from '../problem.ts'
import type { Expr } from './rules/cql2.ts'
import type { Box } from './rules/crs.ts'

export interface Geometry {
  type: string
  coordinates: unknown
}

/** One feature: its geometry in WGS 84 degrees, longitude first. */
export interface Feature {
  id: string | number
  geometry: Geometry | null
  properties: Record<string, unknown>
}

/** An attribute that may be asked for; `words` are all values that it can have. */
export interface Queryable {
  name: string
  title: Text
  kind: 'text' | 'day' | 'number' | 'yes-no' | 'geometry'
  words?: readonly string[]
}

/** What is asked of a collection, already checked against what it lets be asked. */
export interface Asked {
  limit: number
  after: string | undefined
  boxes: Box[] | undefined
  filter: Expr | undefined
  /** The attributes that must equal a value, where nothing else is asked: what counts made beforehand can tell. */
  equals: Readonly<Record<string, string>> | undefined
}

/** A page; `matched` where it costs little to know. `next` is what the next page comes after. */
export interface FeaturePage {
  features: Feature[]
  next: string | null
  matched?: number | undefined
}

/** A collection of features. */
export interface Collection<A extends Principal = Principal> {
  id: string
  title: Text
  description: Text
  geometry: 'Point' | 'Polygon' | 'any' | 'none'
  queryables: readonly Queryable[]
  /** The day that `datetime` is about. */
  day?: string
  extent?(ctx: Ctx<A>): Promise<Box | undefined>
  page(ctx: Ctx<A>, asked: Asked): Promise<FeaturePage>
  find(ctx: Ctx<A>, id: string): Promise<Feature | undefined>
}

/**
 * Where collections come from: some are always there, others are what an operator has loaded. Whoever has the permission may read them
 * (`public`: anyone, `signed-in`: whoever has an account).
 */
export interface Collections<A extends Principal = Principal> {
  permission: string
  /** Whether a name is one of theirs, though nothing of that name may be there. */
  has(id: string): boolean
  list(ctx: Ctx<A>): Promise<Collection<A>[]>
}

/** The columns behind the queryables; how what lies in a shape is found is the collection's own. */
export interface Columns {
  of: Readonly<Record<string, RawBuilder<unknown>>>
  kinds: readonly Queryable[]
  inShape?(shape: RawBuilder<unknown>, box: Box): RawBuilder<unknown>
}
