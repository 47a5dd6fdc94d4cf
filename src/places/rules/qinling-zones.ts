import { type KindLabel, LAYER_KIND_LABELS, type LayerKind } from './layer-kinds.ts'
import type { Criterion, RuleCited, Zone, ZoneLaw } from './zone-criteria.ts'

/** A loaded layer that was asked. */
export type LayerRef = { readonly id: string; readonly name: string; readonly kind: LayerKind; readonly version: number }

/** What is known of a place: the layers there are, those it lies in, how high it is and how far from the ridges. */
export type ZoneFacts = {
  readonly layers: readonly LayerRef[]
  /** Kinds of the layers that the place lies in or touches with an area of its own; for a parcel, any part of it. */
  readonly inside: readonly { readonly layer: string; readonly feature: string }[]
  /** Groups of kinds that overlap one another inside the place, joined by `+`; a point lies in both or in neither. */
  readonly together?: readonly string[]
  /** Metres above sea level: the highest of a parcel; absent where no elevation has a value here. */
  readonly elevation?: { readonly min: number; readonly max: number; readonly layer: string } | undefined
  /** Metres to the nearest ridge of a kind; absent where no such layer is loaded, Infinity where none is near. */
  readonly distances: Partial<Readonly<Record<LayerKind, number>>>
  /** Square metres of each zone, as geometry has them; a point has none. */
  readonly areas?: ZoneAreas | undefined
}

/** Areas of a parcel in m²: its three zones, its part in the city development boundary, and the rest outside the Qinling line. */
export type ZoneAreas = {
  readonly total: number
  readonly core: number
  readonly key: number
  readonly general: number
  readonly urban: number
  readonly outside: number
}

/** `yes` and `no` were looked at; `unknown` names what is missing. */
export type StepAnswer = 'yes' | 'no' | 'unknown'

/** One question of the regulation with its answer and what it rests on. */
export type ZoneStep = {
  readonly key: string
  readonly zone: Zone | 'scope'
  readonly clause: string
  readonly text: KindLabel
  readonly answer: StepAnswer
  readonly found: string
  readonly sources: readonly string[]
  readonly missing: readonly LayerKind[]
  readonly rule: RuleCited
}

/** The zone of a place. `atLeast` is what is proven; `zone` is `unknown` where a layer that is missing could still say otherwise. */
export type ZoneAnswer = {
  readonly zone: Zone | 'outside' | 'unknown'
  readonly atLeast: Zone | 'outside' | 'unknown'
  /** True where a missing layer could make it stricter. */
  readonly mayBeStricter: boolean
  /** Kinds that were not there to be asked. */
  readonly missing: readonly LayerKind[]
  /** What was taken for granted: `qinling_line` where no range line is loaded. */
  readonly assumed: readonly LayerKind[]
  readonly shares?: Readonly<Record<Zone | 'urban' | 'outside', number>> | undefined
  readonly why: readonly ZoneStep[]
}

/**
 * 秦岭三区 (陕西省秦岭生态环境保护条例): the strictest zone that any clause gives, inside the range line and outside the city
 * development boundary. Without a law on the day everything is unknown. A parcel keeps the share of each zone.
 */
export function qinlingZone(law: ZoneLaw | undefined, facts: ZoneFacts): ZoneAnswer {
  if (!law) return { zone: 'unknown', atLeast: 'unknown', mayBeStricter: true, missing: [], assumed: [], why: [] }
  const line = lineStep(law, facts)
  const urban = urbanStep(law, facts)
  const steps = law.criteria.map((criterion) => askCriterion(criterion, facts))
  const why = [line, urban, ...steps]
  const missing = [...new Set(why.flatMap((step) => step.missing))]
  const assumed = line.missing
  const shares = facts.areas && sharesOf(facts.areas)
  if (isOut(line, urban, facts))
    return { zone: 'outside', atLeast: 'outside', mayBeStricter: false, missing, assumed, shares, why }
  return { ...strictest(steps, line, facts.areas), missing, assumed, shares, why }
}

// Proven core stays core whatever is missing; the rest of the range is general only when nothing that is missing could say more.
function strictest(
  steps: readonly ZoneStep[],
  line: ZoneStep,
  areas: ZoneAreas | undefined,
): Pick<ZoneAnswer, 'zone' | 'atLeast' | 'mayBeStricter'> {
  const gives = (zone: 'core' | 'key') => counts(zone, areas) && steps.some((step) => step.zone === zone && step.answer === 'yes')
  if (gives('core')) return { zone: 'core', atLeast: 'core', mayBeStricter: false }
  const coreOpen = steps.some((step) => step.zone === 'core' && step.answer === 'unknown')
  if (gives('key')) return { zone: 'key', atLeast: 'key', mayBeStricter: coreOpen }
  const open = steps.some((step) => step.answer === 'unknown')
  const atLeast = line.answer === 'yes' ? 'general' : 'unknown'
  return { zone: open ? 'unknown' : atLeast, atLeast, mayBeStricter: open }
}

// Where part of a parcel is out of the range, what it meets only there makes no zone; a parcel wholly in the range is judged by every touch.
function counts(zone: 'core' | 'key', areas: ZoneAreas | undefined): boolean {
  return !areas || areas.urban + areas.outside <= 0 || areas[zone] > 0
}

function isOut(line: ZoneStep, urban: ZoneStep, { areas }: ZoneFacts): boolean {
  if (line.answer === 'no') return true
  // A parcel is out only where nothing of it is left in the three zones.
  return areas ? areas.total > 0 && areas.core + areas.key + areas.general <= 0 : urban.answer === 'yes'
}

function lineStep({ scope }: ZoneLaw, facts: ZoneFacts): ZoneStep {
  const { sources, found } = insideAny(scope.inside, facts)
  const missing = scope.inside.filter((kind) => !has(facts, kind))
  const answer = found.length > 0 ? 'yes' : missing.length > 0 ? 'unknown' : 'no'
  return { ...SCOPE, key: 'scope-line', text: LINE, answer, found: found.join('、'), sources, missing, rule: scope.rule }
}

function urbanStep({ scope }: ZoneLaw, facts: ZoneFacts): ZoneStep {
  const { sources, found } = insideAny(scope.except, facts)
  const missing = scope.except.filter((kind) => !has(facts, kind))
  const answer = found.length > 0 ? 'yes' : missing.length > 0 ? 'unknown' : 'no'
  return { ...SCOPE, key: 'scope-urban', text: URBAN, answer, found: found.join('、'), sources, missing, rule: scope.rule }
}

const SCOPE = { zone: 'scope', clause: '适用范围' } as const
const LINE = { zh: '位于秦岭范围内', en: 'Lies inside the Qinling range line' }
const URBAN = {
  zh: '位于城镇开发边界内（三区均不含）',
  en: 'Lies in the urban development boundary (in none of the three zones)',
}

function askCriterion(criterion: Criterion, facts: ZoneFacts): ZoneStep {
  const { key, zone, clause, text, rule } = criterion
  return { key, zone, clause, text, rule, ...ask(criterion, facts) }
}

type Answered = Pick<ZoneStep, 'answer' | 'found' | 'sources' | 'missing'>

function ask(criterion: Criterion, facts: ZoneFacts): Answered {
  switch (criterion.test) {
    case 'elevation':
      return askElevation(criterion, facts)
    case 'distance':
      return askDistance(criterion, facts)
    case 'inside':
      return askInside(criterion.kinds, facts)
    case 'inside-all':
      return askTogether(criterion.kinds, facts)
  }
}

// A loaded contour area says the same as a DEM: either will do, and both are asked.
function askElevation({ from, kinds }: { from: number; kinds: readonly LayerKind[] }, facts: ZoneFacts): Answered {
  const { elevation } = facts
  const area = insideAny(kinds, facts)
  const found = [...(elevation ? [metres(elevation.min, elevation.max)] : []), ...area.found].join('、')
  const sources = [...(elevation ? [refText(facts, elevation.layer)] : []), ...area.sources]
  const yes = (elevation !== undefined && elevation.max >= from) || area.found.length > 0
  const asked = elevation !== undefined || kinds.some((kind) => has(facts, kind))
  return { answer: yes ? 'yes' : asked ? 'no' : 'unknown', found, sources, missing: asked ? [] : ['elevation'] }
}

function askDistance({ within, kinds }: { within: number; kinds: readonly LayerKind[] }, facts: ZoneFacts): Answered {
  const known = kinds.filter((kind) => facts.distances[kind] !== undefined)
  const missing = kinds.filter((kind) => facts.distances[kind] === undefined)
  const nearest = Math.min(...known.map((kind) => facts.distances[kind]!))
  const sources = facts.layers.filter((layer) => known.includes(layer.kind)).map(nameOf)
  const found = known.length === 0 ? '' : Number.isFinite(nearest) ? `${nearest.toFixed(1)} m` : '> 20 km'
  const answer = known.length > 0 && nearest <= within ? 'yes' : missing.length > 0 ? 'unknown' : 'no'
  return { answer, found, sources, missing }
}

function askInside(kinds: readonly LayerKind[], facts: ZoneFacts): Answered {
  const { sources, found } = insideAny(kinds, facts)
  const missing = kinds.filter((kind) => !has(facts, kind))
  return { answer: found.length > 0 ? 'yes' : missing.length > 0 ? 'unknown' : 'no', found: found.join('、'), sources, missing }
}

function askTogether(kinds: readonly LayerKind[], facts: ZoneFacts): Answered {
  const { sources, found } = insideAny(kinds, facts)
  const missing = kinds.filter((kind) => !has(facts, kind))
  if (missing.length === 0) {
    const answer = facts.together?.includes(kinds.join('+')) ? 'yes' : 'no'
    return { answer, found: found.join('、'), sources, missing }
  }
  // One loaded layer of the group that does not hold the place settles it: both would be needed.
  const outOfOne = kinds.some((kind) => has(facts, kind) && insideAny([kind], facts).found.length === 0)
  return { answer: outOfOne ? 'no' : 'unknown', found: found.join('、'), sources, missing: outOfOne ? [] : missing }
}

function insideAny(kinds: readonly LayerKind[], facts: ZoneFacts): { sources: string[]; found: string[] } {
  const asked = facts.layers.filter((layer) => kinds.includes(layer.kind))
  const ids = new Set(asked.map((layer) => layer.id))
  const found = facts.inside.filter((hit) => ids.has(hit.layer)).map((hit) => hit.feature)
  return { sources: asked.map(nameOf), found: [...new Set(found)] }
}

function has(facts: ZoneFacts, kind: LayerKind): boolean {
  return facts.layers.some((layer) => layer.kind === kind)
}

function refText(facts: ZoneFacts, id: string): string {
  const layer = facts.layers.find((each) => each.id === id)
  return layer ? nameOf(layer) : LAYER_KIND_LABELS.elevation.zh
}

const nameOf = (layer: LayerRef) => `${layer.name} v${layer.version}`

function metres(min: number, max: number): string {
  return min === max ? `${max.toFixed(1)} m` : `${min.toFixed(1)}–${max.toFixed(1)} m`
}

function sharesOf({ total, ...areas }: ZoneAreas): Record<Zone | 'urban' | 'outside', number> {
  const share = (m2: number) => (total > 0 ? m2 / total : 0)
  return {
    core: share(areas.core),
    key: share(areas.key),
    general: share(areas.general),
    urban: share(areas.urban),
    outside: share(areas.outside),
  }
}
