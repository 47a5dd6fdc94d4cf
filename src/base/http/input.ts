import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { baseProblem, type Language } from '../problem.ts'

/** Parses at the door: 400 for a path or query that does not parse, 422 for content that does not hold; both name where and what. */
export function parsed<T>(schema: z.ZodType<T>, found: unknown, where: 'path' | 'query' | 'body'): T {
  const result = schema.safeParse(found)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  const at = [where, ...(issue?.path ?? [])].join('.')
  throw baseProblem(where === 'body' ? 'does-not-hold' : 'malformed', { where: at, found: issue?.message ?? '' })
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
