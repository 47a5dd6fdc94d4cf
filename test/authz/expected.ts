import { ROLES, type Role } from '../../src/people/rules/actor.ts'

/**
 * Who may ask what, and what they are told, kept by hand from the interface's words and the rules of the list. Nothing here is read from the
 * code that it is held against: a row that is wrong must be changed by somebody who means it.
 */

/** How much of the problem list a role reads: over which division, up to which label there, and up to which label where its unit is bound. */
export interface Reach {
  over: 'city' | 'county' | 'nothing'
  label: number
  bound: number
}

const NONE = -1

/** 0 公开, 1 内部, 2 限定知悉, 3 封存; a person's clearance narrows it further. */
export const REACH: Record<Role, Reach> = {
  office: { over: 'city', label: 3, bound: 3 },
  leader: { over: 'city', label: 3, bound: 3 },
  inspector: { over: 'city', label: 2, bound: 3 },
  county_office: { over: 'county', label: 2, bound: 3 },
  unit: { over: 'nothing', label: NONE, bound: 3 },
  chief: { over: 'county', label: 1, bound: NONE },
  grid: { over: 'county', label: 1, bound: NONE },
  analyst: { over: 'city', label: 1, bound: NONE },
  publisher: { over: 'city', label: 1, bound: NONE },
  payout: { over: 'nothing', label: NONE, bound: NONE },
  sysadmin: { over: 'nothing', label: NONE, bound: NONE },
  secadmin: { over: 'nothing', label: NONE, bound: NONE },
  auditor: { over: 'nothing', label: NONE, bound: NONE },
}

/**
 * One route. `may`: the roles that are let in (`anyone` needs no account); all others get 403, who is not signed in 401. `about`: what an
 * answer is about: `nothing` of the list; one `case`, which is 404 where it is not seen; a `list`, which leaves out what is not seen;
 * what is on public `notice`, which shows everybody the same. `status`: the answer to who is let in and sees it.
 */
export interface Row {
  may: readonly Role[] | 'anyone'
  about: 'nothing' | 'case' | 'list' | 'notice' | 'notices'
  status: number | 'heard'
}

const SIGNED_IN: readonly Role[] = ROLES
const READERS: readonly Role[] = [
  'office',
  'county_office',
  'unit',
  'inspector',
  'leader',
  'chief',
  'grid',
  'analyst',
  'publisher',
]
const MOVERS: readonly Role[] = ['office', 'county_office', 'unit', 'inspector', 'leader', 'chief', 'grid', 'analyst']
const REPORTERS: readonly Role[] = ['office', 'county_office', 'unit', 'inspector', 'chief', 'grid', 'analyst']
const DIRECTORY: readonly Role[] = [...READERS, 'secadmin']
const SECADMIN: readonly Role[] = ['secadmin']
const AUDITOR: readonly Role[] = ['auditor']
const MEETERS: readonly Role[] = ['office', 'county_office', 'inspector', 'leader']
const LAYERS: readonly Role[] = ['office', 'sysadmin']
const RULES: readonly Role[] = [
  'office',
  'county_office',
  'unit',
  'inspector',
  'leader',
  'analyst',
  'publisher',
  'sysadmin',
  'secadmin',
  'auditor',
]

const SUPERVISORS: readonly Role[] = ['office', 'county_office', 'unit', 'inspector', 'leader']
const TEMPLATES: readonly Role[] = ['office', 'county_office', 'leader', 'sysadmin', 'auditor']
const OFFICE: readonly Role[] = ['office']
const LEADER: readonly Role[] = ['leader']

const plain = (may: Row['may'], status: number): Row => ({ may, about: 'nothing', status })
const list: Row = { may: READERS, about: 'list', status: 200 }
const one = (may: readonly Role[], status: Row['status']): Row => ({ may, about: 'case', status })

/**
 * Every route by its name. Writes are sent hollow: who is let in is told that the content does not hold (422), that the version is an old
 * one (409) or that there is no such thing (404), and nothing is changed.
 */
export const ROUTES: Record<string, Row> = {
  'POST /api/session': plain('anyone', 422),
  'GET /api/session': plain(SIGNED_IN, 200),
  'DELETE /api/session': plain(SIGNED_IN, 403), // sent without its token
  'GET /api/areas': plain(SIGNED_IN, 200),
  'GET /api/places/county': plain(SIGNED_IN, 200),
  'GET /api/places/boundaries': plain(SIGNED_IN, 200),
  'GET /api/places/lookup': plain(SIGNED_IN, 200),
  'POST /api/places/lookup': plain(SIGNED_IN, 422),
  'GET /tiles/style.json': plain(SIGNED_IN, 200),
  'GET /tiles/base/{file}': plain(SIGNED_IN, 404),
  'GET /api/layers': plain(SIGNED_IN, 200),
  'POST /api/layers': plain(LAYERS, 422),
  'GET /api/layers/{id}/report': plain(SIGNED_IN, 404),
  'DELETE /api/layers/{id}': plain(LAYERS, 404),
  'GET /tiles/layers/{id}/{z}/{x}/{y}.mvt': plain(SIGNED_IN, 404),
  'GET /tiles/terrain.json': plain(SIGNED_IN, 404), // the city of the tests has no elevation model
  'GET /tiles/terrain/{z}/{x}/{y}.png': plain(SIGNED_IN, 404),
  'GET /api/organisations': plain(DIRECTORY, 200),
  'POST /api/organisations': plain(SECADMIN, 422),
  'GET /api/posts': plain(DIRECTORY, 200),
  'POST /api/posts': plain(SECADMIN, 422),
  'POST /api/posts/{id}/holders': plain(SECADMIN, 422),
  'POST /api/posts/{id}/hand-over': plain(SECADMIN, 422),
  'GET /api/duties': plain(DIRECTORY, 200),
  'POST /api/duties': plain(SECADMIN, 422),
  'POST /api/duties/{id}/lift': plain(SECADMIN, 422),
  'GET /api/accounts': plain(SECADMIN, 200),
  'POST /api/accounts': plain(SECADMIN, 422),
  'GET /api/rules': plain(RULES, 200),
  'GET /api/rule-changes': plain(RULES, 200),
  'POST /api/rule-changes': plain(['office'], 422),
  'POST /api/rule-changes/{id}/decision': plain(['leader'], 422),
  'POST /api/rule-changes/{id}/withdraw': plain(['office'], 404),
  'GET /api/supervision/{id}/letter.{format}': plain(SUPERVISORS, 404),
  'GET /api/numbers/bulletin/{month}/file.{format}': { may: READERS, about: 'list', status: 200 },
  'GET /api/inbox': plain(SIGNED_IN, 200),
  'POST /api/inbox/read': plain(SIGNED_IN, 200),
  'POST /api/inbox/{id}/read': plain(SIGNED_IN, 404),
  'GET /api/contacts': plain(SIGNED_IN, 200),
  'PUT /api/contacts/{channel}': plain(SIGNED_IN, 422),
  'DELETE /api/contacts/{channel}': plain(SIGNED_IN, 200),
  'GET /api/targets': plain(LAYERS, 200),
  'POST /api/targets': plain(LAYERS, 422),
  'POST /api/targets/{id}/stop': plain(LAYERS, 422),
  'POST /api/targets/{id}/resume': plain(LAYERS, 404),
  'GET /api/targets/{id}/deliveries': plain(LAYERS, 404),
  'POST /api/targets/{id}/deliveries/{delivery}/again': plain(LAYERS, 404),
  // administration: accounts, tokens, audit
  'POST /api/session/password': plain(SIGNED_IN, 403), // sent without its token
  'POST /api/organisations/{id}/rename': plain(SECADMIN, 422),
  'POST /api/organisations/{id}/close': plain(SECADMIN, 422),
  'GET /api/posts/{id}/holders': plain(DIRECTORY, 404),
  'POST /api/posts/{id}/leave': plain(SECADMIN, 422),
  'POST /api/posts/{id}/close': plain(SECADMIN, 422),
  'POST /api/accounts/{id}/rename': plain(SECADMIN, 422),
  'POST /api/accounts/{id}/clearance': plain(SECADMIN, 422),
  'POST /api/accounts/{id}/validity': plain(SECADMIN, 422),
  'POST /api/accounts/{id}/reset': plain(SECADMIN, 422),
  'POST /api/accounts/{id}/disable': plain(SECADMIN, 422),
  'POST /api/accounts/{id}/enable': plain(SECADMIN, 422),
  'GET /api/accounts/{id}/leaving': plain(SECADMIN, 404),
  'GET /api/accounts/{id}/waiting': plain(SECADMIN, 404),
  'POST /api/accounts/{id}/leave': plain(SECADMIN, 422),
  'POST /api/inspection-teams': plain(SECADMIN, 422),
  'GET /api/tokens': plain(SIGNED_IN, 200),
  'POST /api/tokens': plain(SIGNED_IN, 422),
  'POST /api/tokens/{id}/revoke': plain(SIGNED_IN, 422),
  'GET /api/audit/events': plain(AUDITOR, 200),
  'GET /api/audit/events/file': plain(AUDITOR, 200),
  'GET /api/audit/access': plain(AUDITOR, 200),
  'GET /api/audit/access/file': plain(AUDITOR, 200),
  'GET /api/audit/proof': plain(AUDITOR, 200),
  'GET /api/templates': plain(TEMPLATES, 200),
  'GET /api/templates/{kind}': plain(TEMPLATES, 200),
  'POST /api/templates/{kind}': plain(OFFICE, 422),
  'POST /api/templates/{kind}/confirm': plain(LEADER, 409), // of a version that is not there
  'POST /api/templates/{kind}/default': plain(OFFICE, 409),
  'GET /api/templates/{kind}/preview.{format}': plain(TEMPLATES, 200),
  'GET /api/cases/{id}/letters': one(READERS, 200),
  'GET /api/cases/{id}/letters/{kind}.{format}': one(READERS, 'heard'), // whether it can be made is the case's answer
  'POST /api/cases/{id}/letters': one(OFFICE, 'heard'),
  'GET /api/cases/{id}/letters/issued/{letter}.{format}': one(READERS, 404),
  'GET /api/cases/lists/{kind}.{format}': list,
  'POST /api/cases': plain(REPORTERS, 422),
  'GET /tiles/cases.json': plain(READERS, 200),
  'GET /api/work': list,
  'GET /api/work/{group}': list,
  'GET /api/search': list,
  'GET /api/cases': list,
  'GET /tiles/cases/{z}/{x}/{y}.mvt': list,
  'GET /api/board': list,
  'GET /api/board/months': list,
  'GET /api/numbers': list,
  'GET /api/numbers/stages': list,
  'GET /api/numbers/stages/{stage}': list,
  'GET /api/numbers/cross': list,
  'GET /api/numbers/file': list,
  'GET /api/numbers/bulletin/{month}': { may: READERS, about: 'list', status: 200 },
  'GET /api/hotspots': list,
  'GET /api/hotspots/file': { may: READERS, about: 'list', status: 'heard' }, // 409 while the scan runs
  'GET /api/cases/as-of/{day}': list,
  'GET /api/cases/as-of/{day}/file': list,
  // exports, calendar, OGC API
  'GET /api/cases/export.{format}': list,
  'GET /api/cases/due.ics': plain(READERS, 200), // only what binds the own organisation: held in its own test
  'GET /ogc': plain('anyone', 200),
  'GET /ogc/conformance': plain('anyone', 200),
  'GET /ogc/api': plain('anyone', 200),
  'GET /ogc/collections': plain('anyone', 200),
  'GET /ogc/collections/{collectionId}': plain(READERS, 200), // asked of the problem list
  'GET /ogc/collections/{collectionId}/queryables': plain(READERS, 200),
  'GET /ogc/collections/{collectionId}/items': list,
  'GET /ogc/collections/{collectionId}/items/{featureId}': one(READERS, 200),
  'GET /api/cases/{id}': one(READERS, 200),
  'GET /api/cases/{id}/archive.zip': one(['office', 'county_office', 'leader'], 'heard'),
  'GET /api/cases/{id}/events': one(READERS, 200),
  'GET /api/cases/{id}/related': one(READERS, 200),
  'GET /api/cases/{id}/next': one(READERS, 200),
  'GET /api/cases/{id}/colours': one(READERS, 200),
  'GET /api/cases/{id}/evidence/{evidence}': one(READERS, 200),
  'GET /api/cases/{id}/evidence/{evidence}/thumb': one(READERS, 200),
  'POST /api/cases/{id}/moves': one(MOVERS, 409), // of a version that is not there yet
  'POST /api/cases/{id}/evidence': one(REPORTERS, 'heard'), // whether it is taken is the life cycle's answer
  // supervision: which items are seen is held in src/supervision/supervision.db.test.ts
  'GET /api/supervision': plain(SUPERVISORS, 200),
  'GET /api/supervision/work': plain(SUPERVISORS, 200),
  'GET /api/supervision/wall': plain(SUPERVISORS, 200),
  'GET /api/supervision/scores': plain(SUPERVISORS, 200),
  'GET /api/supervision/scores/cases': plain(SUPERVISORS, 200),
  'GET /api/supervision/scores/file': plain(SUPERVISORS, 404), // no month was taken over
  'POST /api/supervision': plain(['office'], 422),
  'POST /api/supervision/by-rule': plain(['office'], 422),
  'POST /api/supervision/bulk': plain(['office', 'leader'], 422),
  'GET /api/supervision/{id}': plain(SUPERVISORS, 404),
  'GET /api/supervision/{id}/events': plain(SUPERVISORS, 404),
  'POST /api/supervision/{id}/moves': plain(['office', 'leader'], 404),
  'POST /api/supervision/{id}/answer': plain(SUPERVISORS, 404),
  'GET /api/supervision/{id}/files/{file}': plain(SUPERVISORS, 404),
  // The list as a tool.
  'POST /api/cases/{id}/undo': one(MOVERS, 409), // of a version that is not there yet
  'POST /api/cases/bulk': { may: MOVERS, about: 'list', status: 200 }, // a dry run
  'GET /api/views': plain(READERS, 200),
  'POST /api/views': plain(READERS, 422),
  'PUT /api/views/{id}': plain(READERS, 422),
  'DELETE /api/views/{id}': plain(READERS, 404),
  'GET /api/meetings': plain(MEETERS, 200),
  'POST /api/meetings': plain(['office'], 422),
  'GET /api/meetings/{id}': plain(MEETERS, 404), // what each sees of an agenda: meetings.db.test.ts
  'PUT /api/meetings/{id}': plain(['office'], 422),
  'POST /api/meetings/{id}/close': plain(['office'], 404),
  'GET /public/notices': { may: 'anyone', about: 'notices', status: 200 },
  'GET /public/notices/{id}': { may: 'anyone', about: 'notice', status: 200 },
  'GET /api/public/notices': { may: 'anyone', about: 'notices', status: 200 },
  'POST /api/public/notices/{id}/objections': { may: 'anyone', about: 'notice', status: 'heard' },
}

/** Who asks: a role in a county or in the city with a clearance, nobody, or somebody signed in to another city. */
export interface Asking {
  role: Role | 'nobody' | 'other city'
  county?: string
  org?: string
  clearance: number
}

/** What is asked about, as far as seeing it goes. */
export interface Kept {
  city: number
  county: string
  label: number
  orgs: readonly string[]
  onNotice: boolean
}

const CITY = 610700

/** Whether somebody may know of a case. */
export function maySee({ role, county, org, clearance }: Asking, kept: Kept): boolean {
  if (role === 'nobody' || role === 'other city' || kept.city !== CITY) return false
  const reach = REACH[role]
  const near = reach.over === 'city' || (reach.over === 'county' && county === kept.county)
  const bound = org !== undefined && kept.orgs.includes(org)
  const label = Math.max(near ? reach.label : NONE, bound ? reach.bound : NONE)
  return kept.label <= Math.min(label, clearance)
}

/** Whether the public may know of a case: it is on notice and public. */
export const isPublic = (kept: Kept): boolean => kept.city === CITY && kept.onNotice && kept.label === 0

/** The answer before anything is looked up: 401, 403, or undefined for who is let in. */
export function turnedAway(row: Row, { role }: Asking): 401 | 403 | undefined {
  if (row.may === 'anyone') return undefined
  if (role === 'nobody' || role === 'other city') return 401
  return row.may.includes(role) ? undefined : 403
}
