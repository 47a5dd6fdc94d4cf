import type { Instant } from '../../base/rules/day.ts'
import { isRefusal, type Refusal, refuse } from '../../base/rules/refusal.ts'
import { distanceM } from '../../places/rules/locate.ts'
import type { Case, EvidenceItem, Point } from './case.ts'
import type { EvidenceRule } from './path-rule.ts'

/** What a case needs of itself to be judged by its evidence. */
export type Evidenced = Pick<Case, 'thing' | 'evidence' | 'place' | 'foundOn' | 'reportedOn' | 'roundSince'>

/** The evidence that proves the change; `vouched` where a photo without EXIF time or position is part of it. */
export type Proof = { before?: EvidenceItem; after: EvidenceItem; vouched: boolean }

/**
 * Whether the evidence proves that the problem is gone: a place by a photo before and one after (later, of this round, near the point),
 * an institutional duty by the issued document. Otherwise the reason of the newest piece that failed.
 */
export function proveChange(c: Evidenced, rule: EvidenceRule): Proof | Refusal {
  return c.thing === 'place' ? provePlace(c, rule) : proveDuty(c)
}

/** Whether the case is proved only by photos that somebody vouched for: then the city has to go and look. */
export function isVouchedOnly(c: Evidenced, rule: EvidenceRule): boolean {
  if (c.thing !== 'place' || !c.evidence.some((item) => item.attestedBy)) return false
  const proof = proveChange(c, rule)
  return !isRefusal(proof) && proof.vouched
}

/** Photos of one kind: images only, newest upload first. */
export function photosOf(c: Pick<Case, 'evidence'>, kind: EvidenceItem['kind']): EvidenceItem[] {
  return c.evidence.filter((item) => item.kind === kind && item.mime.startsWith('image/')).reverse()
}

/** Whether a photo carries its own time and position. */
export function speaksForItself(photo: EvidenceItem): boolean {
  return photo.hasExif && photo.takenAt !== undefined && photo.point !== undefined
}

/** Whether `a` is a later moment than `b`. */
export function isLater(a: Instant, b: Instant): boolean {
  return Date.parse(a) > Date.parse(b)
}

function provePlace(c: Evidenced, rule: EvidenceRule): Proof | Refusal {
  const befores = photosOf(c, 'before')
  const afters = photosOf(c, 'after')
  if (befores.length === 0) return refuse('not-now', 'cases/before-photo-missing')
  if (afters.length === 0) return refuse('not-now', 'cases/after-photo-missing')
  const tried = afters.flatMap((after) => befores.map((before) => provePair(c, { before, after }, rule)))
  const proofs = tried.filter((result): result is Proof => !isRefusal(result))
  return proofs.find((proof) => !proof.vouched) ?? proofs[0] ?? tried[0]!
}

type Pair = { before: EvidenceItem; after: EvidenceItem }

function provePair(c: Evidenced, pair: Pair, rule: EvidenceRule): Proof | Refusal {
  const refusal = refuseUnvouched(pair.before) ?? refuseUnvouched(pair.after) ?? refuseOrder(c, pair) ?? refuseFar(c, pair, rule)
  return refusal ?? { ...pair, vouched: !speaksForItself(pair.before) || !speaksForItself(pair.after) }
}

function refuseUnvouched(photo: EvidenceItem): Refusal | undefined {
  if (speaksForItself(photo) || photo.attestedBy) return undefined
  return refuse('not-now', 'cases/photo-unattested', { name: photo.name })
}

function refuseOrder(c: Evidenced, { before, after }: Pair): Refusal | undefined {
  if (before.sha256 === after.sha256) return refuse('not-now', 'cases/same-photo', { name: after.name })
  const taken = after.takenAt ?? after.at
  if (c.roundSince && !isLater(taken, c.roundSince)) {
    return refuse('not-now', 'cases/after-photo-stale', { name: after.name, taken, since: c.roundSince })
  }
  if (before.takenAt && !isLater(taken, before.takenAt)) {
    return refuse('not-now', 'cases/after-photo-not-later', { name: after.name, taken, before: before.takenAt })
  }
  return undefined
}

function refuseFar(c: Evidenced, { before, after }: Pair, rule: EvidenceRule): Refusal | undefined {
  const here: Point | undefined = c.place.point ?? before.point
  if (!after.point) return undefined
  if (!here) return after.attestedBy ? undefined : refuse('not-now', 'cases/point-missing')
  const distance = Math.round(distanceM(here, after.point))
  if (distance <= rule.radiusM) return undefined
  return refuse('not-now', 'cases/after-photo-far', { name: after.name, distanceM: distance, radiusM: rule.radiusM })
}

function proveDuty(c: Evidenced): Proof | Refusal {
  const issued = c.evidence.filter((item) => item.kind === 'document' && item.doc).reverse()
  if (issued.length === 0) return refuse('not-now', 'cases/document-missing')
  const tried = issued.map((item) => refuseDocument(c, item) ?? { after: item, vouched: false })
  return tried.find((result) => !isRefusal(result)) ?? tried[0]!
}

function refuseDocument(c: Evidenced, item: EvidenceItem): Refusal | undefined {
  const since = c.foundOn ?? c.reportedOn
  if (item.doc && item.doc.issuedOn < since) {
    return refuse('not-now', 'cases/document-too-old', { no: item.doc.no, issuedOn: item.doc.issuedOn, since })
  }
  if (c.roundSince && !isLater(item.at, c.roundSince)) {
    return refuse('not-now', 'cases/document-stale', { no: item.doc?.no ?? '', since: c.roundSince })
  }
  return undefined
}
