import { z } from 'zod'

/** The first entry of a backup, by which a file is known to be one. */
export const HEAD = 'qinba-backup.json'
/** The last two entries: what was found while writing, and the signature over it. */
export const END = 'end.json'
export const SIGNATURE = 'end.sig'
/** Stands before what is signed, so that a signature of a backup can mean nothing else. */
export const SIGNED = 'qinba-backup/1\n'
/** After the tar's own end, where tar readers no longer look: the SHA-256 of every byte before it. */
export const TRAILER = /^qinba-sha256 ([0-9a-f]{64})\n$/
export const TRAILER_BYTES = 78

const hex = z.string().regex(/^[0-9a-f]{64}$/)
const count = z.int().nonnegative()

const partShape = z.strictObject({ name: z.string().regex(/^(tables|keys|secret)\/[\w.-]+$/), bytes: count, sha256: hex })

const tableShape = z.strictObject({
  schema: z.string().min(1),
  name: z.string().min(1),
  columns: z.array(z.strictObject({ name: z.string().min(1), type: z.string().min(1) })).min(1),
  rows: count,
  /** Entries with its rows, one after the other: zstd of one JSON array of texts (or null) for each row. */
  parts: z.array(z.string()),
})

const headShape = z.strictObject({
  product: z.literal('qinba-guardian'),
  format: z.literal(1),
  release: z.string().min(1),
  /** Migrations that had run, in order: the schema that the rows fit. */
  level: z.array(z.string()).min(1),
  createdAt: z.iso.datetime(),
  database: z.string(),
  journal: z.array(z.strictObject({ tenant: z.int().positive(), size: count, hash: z.string(), root: z.string() })),
  tables: z.array(tableShape),
  parts: z.array(partShape),
  /** Tells whether a SECRET is the one that the seals were made with, and not what it is. */
  secretFingerprint: z.string().nullable(),
})

const signatureShape = z.strictObject({ key: hex, sig: z.base64() })

const endShape = z.strictObject({
  head: hex,
  files: z.strictObject({
    count,
    bytes: count,
    /** SHA-256 over `name bytes sha256\n` of each file in the order of the archive. */
    sha256: hex,
    /** Rows speak of them, the store did not have them. */
    missing: z.array(z.string()),
    missingCount: count,
    /** Their content no longer had the hash that is their name. */
    damaged: z.array(z.string()),
  }),
})

export type Head = z.infer<typeof headShape>
export type End = z.infer<typeof endShape>
export type Part = z.infer<typeof partShape>
export type TableHead = z.infer<typeof tableShape>

/** What a backup says of itself at its beginning; Error when it is of a form that this release does not know. */
export const parseHead = (bytes: Buffer): Head => parse(headShape, bytes, HEAD)

/** What a backup says of itself at its end. */
export const parseEnd = (bytes: Buffer): End => parse(endShape, bytes, END)

/** The signature over the end, and the id of the key that made it. */
export const parseSignature = (bytes: Buffer): { key: string; sig: string } => parse(signatureShape, bytes, SIGNATURE)

/** Where a blob or a derived copy of one stands in the archive. */
export const fileEntry = (sha256: string, suffix: string): string => `files/${sha256.slice(0, 2)}/${sha256}${suffix}`

/** The blob that an entry holds, or undefined when it holds none. */
export function parseFileEntry(name: string): { sha256: string; suffix: string } | undefined {
  const [, folder, sha256, suffix] = /^files\/([0-9a-f]{2})\/([0-9a-f]{64})(|\.[\w.-]{1,40})$/.exec(name) ?? []
  return sha256 && folder === sha256.slice(0, 2) ? { sha256, suffix: suffix ?? '' } : undefined
}

function parse<T>(shape: z.ZodType<T>, bytes: Buffer, name: string): T {
  const result = shape.safeParse(tryJson(bytes))
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw new Error(`${name}: ${[...(issue?.path ?? []), issue?.message].join(': ')}`)
}

function tryJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString())
  } catch {
    return undefined
  }
}
