import { randomUUID } from 'node:crypto'
import type { Readable } from 'node:stream'
import type { BlobStore } from '../base/blobs.ts'
import { type Inspected, inspectUpload, THUMB } from '../base/files/inspect.ts'
import type { Upload } from '../base/http/route.ts'
import type { Instant } from '../base/rules/day.ts'
import type { StaffCtx } from './ctx.ts'
import { getCase, moveCase } from './move.ts'
import { problem } from './problems.ts'
import type { EvidenceItem, IssuedDocument } from './rules/case.ts'
import type { EvidenceKind } from './rules/codes.ts'
import type { Coloured } from './store.ts'

/** What the sender says of a file; the file itself says the rest. */
export interface EvidenceWords {
  kind: EvidenceKind
  attestation?: string | undefined
  measure?: string | undefined
  claim?: string | undefined
  /** Where and when a photo without EXIF was taken, as attested. */
  point?: { lng: number; lat: number } | undefined
  takenAt?: Instant | undefined
  doc?: IssuedDocument | undefined
}

/** Looks at the file before the transaction opens; undefined where none came. */
export async function prepareEvidence(blobs: BlobStore, [file]: Upload[]): Promise<Inspected | undefined> {
  return file && inspectUpload(blobs, file)
}

/** Adds a file to a case. What EXIF says wins over what the sender says; without EXIF the sender vouches by name or the gate refuses. */
export async function addEvidence(
  ctx: StaffCtx,
  id: string,
  o: { file: Upload | undefined; found: Inspected | undefined; words: EvidenceWords },
): Promise<Coloured> {
  const { file, found, words } = o
  if (!file || !found) throw problem('no-file')
  const hasExif = found.takenAt !== undefined && found.point !== undefined
  const takenAt = (found.takenAt as Instant | undefined) ?? words.takenAt
  const point = found.point ?? words.point
  const item: Omit<EvidenceItem, 'by' | 'at' | 'attestedBy'> = {
    ...{ id: randomUUID(), kind: words.kind, sha256: file.sha256, name: file.name, mime: found.mime, bytes: file.bytes, hasExif },
    ...(takenAt ? { takenAt } : {}),
    ...(point ? { point } : {}),
    ...(words.attestation ? { attestation: words.attestation } : {}),
    ...(words.measure ? { measure: words.measure } : {}),
    ...(words.claim ? { claim: words.claim } : {}),
    ...(words.doc ? { doc: words.doc } : {}),
  }
  return moveCase(ctx, id, { act: { move: 'add_evidence', item } })
}

/** The original, as it came, always as a download; or the small clean copy for the screen. */
export async function openEvidence(
  ctx: StaffCtx,
  o: { id: string; evidence: string; thumb: boolean },
): Promise<{ item: EvidenceItem; stream: Readable; type: string }> {
  const { case: c } = await ctx.tx((db) => getCase(ctx, db, o.id))
  const item = c.evidence.find((e) => e.id === o.evidence)
  if (!item) throw problem('no-such-evidence')
  if (!o.thumb) return { item, stream: ctx.blobs.stream(item.sha256), type: item.mime }
  if (!(await ctx.blobs.has(item.sha256, THUMB))) throw problem('no-such-evidence')
  return { item, stream: ctx.blobs.stream(item.sha256, THUMB), type: 'image/webp' }
}
