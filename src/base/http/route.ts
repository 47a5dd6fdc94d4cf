import type { Readable } from 'node:stream'
import type { z } from 'zod'
import type { Blob, BlobStore } from '../blobs.ts'
import type { Ctx, Principal } from '../ctx.ts'
import type { Text } from '../problem.ts'

/** A file that came with a multipart request: already on disk under its hash when the use case runs. */
export interface Upload extends Blob {
  field: string
  name: string
}

export interface Input<P, Q, B> {
  params: P
  query: Q
  body: B
  /** The version in `If-Match`, where the route asks for one. */
  version: number
  files: Upload[]
  /** The `Idempotency-Key` of a write. */
  key: string
  /** What `prepare` made of the files. */
  prepared: unknown
  language: 'zh' | 'en'
  /** The `Range` header as it came, for a route that serves a file in parts. */
  range: string | undefined
  /** The `Accept` header as it came, and where the request was sent to: for answers in several formats that link to one another. */
  accept: string | undefined
  origin: string
  url: string
  /** Whether the visitor has a permission: for a route of `anyone`, which shows each what may be shown. */
  may(permission: string): boolean
}

/** An answer that is not JSON. */
export interface RawReply {
  type: string
  /** 200 unless said otherwise: a part of a file is a 206. */
  status?: number
  body: string | Buffer | Readable
  headers?: Record<string, string>
}

/**
 * One line of a context's route table. `permission` is a name that the router asks about, or `signed-in`, or `public` (everybody is a stranger),
 * or `anyone` (a stranger, or who signed in, each with what may be seen).
 * A write is idempotent by key, runs in one transaction, and is answered only when it is on disk.
 */
export interface Route<A extends Principal, P = unknown, Q = unknown, B = unknown, R = unknown> {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  path: string
  permission: string
  summary: Text
  params?: z.ZodType<P>
  query?: z.ZodType<Q>
  body?: z.ZodType<B>
  /** Absent: the use case answers with a RawReply. */
  reply?: z.ZodType<R>
  status?: number
  /** `files`: the largest file in bytes and how many. */
  multipart?: { bytes: number; files: number }
  ifMatch?: boolean
  /** The answer holds a secret that is told once: what is kept of it beside the key is sealed. */
  tellsSecret?: true
  /** Only for a person who has signed in: no token of a machine opens it, whatever it may otherwise do. */
  person?: true
  /**
   * A write of many things: no transaction is open around it; each `ctx.tx` is one of its own, durable when it returns. The use case then
   * keeps the answer of each thing under a key of its own (`idempotency.ts`), so that a second send does nothing twice.
   */
  apart?: true
  /** Slow work on the uploaded files, done before the transaction opens: a decoded photo must not hold the one connection. */
  prepare?(blobs: BlobStore, files: Upload[]): Promise<unknown>
  run(ctx: Ctx<A>, input: Input<P, Q, B>): Promise<R | RawReply>
}

/** A route table holds routes of many shapes; the types of each are checked where it is written with `route`. */
// biome-ignore lint/suspicious/noExplicitAny: the shapes differ line by line and were checked by `route`
export type AnyRoute = Route<any, any, any, any, any>

/** Writes one line of a route table with its types inferred from its schemas. */
export const routeOf =
  <A extends Principal>() =>
  <P = unknown, Q = unknown, B = unknown, R = unknown>(route: Route<A, P, Q, B, R>): AnyRoute =>
    route

export const isRaw = (reply: unknown): reply is RawReply =>
  typeof reply === 'object' &&
  reply !== null &&
  'type' in reply &&
  'body' in reply &&
  typeof (reply as RawReply).type === 'string'
