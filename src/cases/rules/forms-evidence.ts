import { type Refusal, refuse } from '../../base/rules/refusal.ts'
import type { ActOf } from './act.ts'
import type { EvidenceItem, Point } from './case.ts'
import type { Subject } from './env.ts'
import { refuseUnknown } from './forms-plan.ts'
import { isBlank } from './given.ts'
import { rowFor } from './paths.ts'

/**
 * Evidence is named, hashed, not from the future, and not sent twice; the public adds only to what it has just reported. A photo without
 * EXIF is taken in whether attested or not: whether it counts is judged where it is relied on.
 */
export function refuseEvidence({ item }: ActOf<'add_evidence'>, x: Subject): Refusal | undefined {
  const { c, by } = x
  if (by.role === 'public' && c.state !== 'reported') return refuse('not-now', 'cases/not-in-this-state', { state: c.state })
  if (!/^[0-9a-f]{64}$/.test(item.sha256) || !(item.bytes > 0) || isBlank(item.name) || isBlank(item.mime)) {
    return refuse('invalid', 'cases/file', { name: item.name })
  }
  const twice = c.evidence.some((held) => held.id === item.id || isSame(held, item))
  if (twice) return refuse('invalid', 'cases/evidence-twice', { name: item.name })
  const measures = (c.plan?.measures ?? []).map((measure) => measure.id)
  return (
    refuseTime(item, x) ??
    refusePoint(item.point) ??
    refuseDoc(item, x) ??
    refuseUnknown(
      'claim',
      item.claim ? [item.claim] : [],
      c.claims.map((claim) => claim.id),
    ) ??
    refuseUnknown('measure', item.measure ? [item.measure] : [], measures)
  )
}

/** A point on the globe, in degrees of WGS 84. */
export function refusePoint(point: Point | undefined): Refusal | undefined {
  if (!point) return undefined
  const holds = Math.abs(point.lng) <= 180 && Math.abs(point.lat) <= 90
  return holds ? undefined : refuse('invalid', 'cases/point', { lng: String(point.lng), lat: String(point.lat) })
}

type Item = ActOf<'add_evidence'>['item']

// The same file of the same kind again is a repetition, unless somebody now vouches for it.
function isSame(held: EvidenceItem, item: Item): boolean {
  return held.sha256 === item.sha256 && held.kind === item.kind && (held.attestedBy !== undefined || isBlank(item.attestation))
}

function refuseTime({ takenAt, name }: Item, { c, env }: Subject): Refusal | undefined {
  if (!takenAt) return undefined
  const skew = rowFor(c, 'evidence', env).value.clockSkewMinutes * 60_000
  const ahead = !(Date.parse(takenAt) <= Date.parse(env.at) + skew)
  return ahead ? refuse('invalid', 'cases/taken-in-future', { name, taken: takenAt, now: env.at }) : undefined
}

function refuseDoc({ doc }: Item, { env }: Subject): Refusal | undefined {
  if (!doc) return undefined
  const blank = isBlank(doc.no) || isBlank(doc.issuer) || isBlank(doc.title)
  if (blank) return refuse('invalid', 'cases/fields-missing', { fields: 'doc.no, doc.title, doc.issuer' })
  return doc.issuedOn <= env.today
    ? undefined
    : refuse('invalid', 'cases/day-future', { field: 'doc.issuedOn', day: doc.issuedOn, today: env.today })
}
