import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { jsonFault } from '../journal/entry.ts'
import { baseProblem, type Language } from '../problem.ts'

/** Parses at the door: 400 for what cannot be kept and for a path or query that does not parse, 422 for content that does not hold; all name where and what. */
export function parsed<T>(schema: z.ZodType<T>, found: unknown, where: 'path' | 'query' | 'body'): T {
  refuseUnkeepable(found, where)
  const result = schema.safeParse(found)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  const at = [where, ...(issue?.path ?? [])].join('.')
  throw baseProblem(where === 'body' ? 'does-not-hold' : 'malformed', { where: at, found: issue?.message ?? '' })
}

/** Throws 400 for what no column can keep: U+0000, half a surrogate pair, a number that is none, more than 100 levels. */
export function refuseUnkeepable(found: unknown, where: 'path' | 'query' | 'body'): void {
  const fault = found === undefined ? undefined : jsonFault(found, where)
  if (fault) throw baseProblem('malformed', { where, found: fault.slice(0, 200).toWellFormed() })
}

/** The version a change is based on, from `If-Match: "7"`; 428 when missing, 400 when it is not a version. */
export function readVersion(header: unknown): number {
  if (typeof header !== 'string' || header === '') throw baseProblem('version-missing')
  const found = /^(?:W\/)?"?(\d{1,9})"?$/.exec(header.trim())
  if (!found) throw baseProblem('malformed', { where: 'If-Match', found: header.slice(0, 40) })
  return Number(found[1])
}

/** Chinese unless the client asks for English first. */
export function languageOf(request: FastifyRequest): Language {
  return /^\s*en/i.test(String(request.headers['accept-language'] ?? '')) ? 'en' : 'zh'
}
