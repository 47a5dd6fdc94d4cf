/** What a code is called on screen, in both languages. */
export type Label = { readonly zh: string; readonly en: string }

/** The closed list of roles; what a role may do to a case stands in cases/rules/access.ts. */
export const ROLES = [
  'office',
  'county_office',
  'unit',
  'inspector',
  'leader',
  'chief',
  'grid',
  'analyst',
  'publisher',
  'payout',
  'sysadmin',
  'secadmin',
  'auditor',
] as const
export type Role = (typeof ROLES)[number]

/** A person without any post (a resident, a named objector) acts as the public. */
export type Capacity = Role | 'public'

/** Names of the roles, and of the public beside them. */
export const ROLE_LABELS: Readonly<Record<Capacity, Label>> = {
  office: { zh: '市环督办', en: 'City supervision office' },
  county_office: { zh: '县区整改办', en: 'County rectification office' },
  unit: { zh: '责任/牵头/配合单位', en: 'Responsible, lead or supporting unit' },
  inspector: { zh: '验收核查', en: 'Acceptance inspector' },
  leader: { zh: '领导小组、分管领导', en: 'Leading group, leader in charge' },
  chief: { zh: '林长河湖长', en: 'Forest, river or lake chief' },
  grid: { zh: '网格员', en: 'Grid officer' },
  analyst: { zh: '遥感与核算', en: 'Remote sensing and accounting analyst' },
  publisher: { zh: '公开审核', en: 'Publication reviewer' },
  payout: { zh: '奖励兑付', en: 'Reward payout' },
  sysadmin: { zh: '系统管理员', en: 'System administrator' },
  secadmin: { zh: '安全管理员', en: 'Security administrator' },
  auditor: { zh: '安全审计员', en: 'Security auditor' },
  public: { zh: '公众', en: 'The public' },
}

/**
 * A post that somebody holds today: `org` and `post` are uuids, `area` a division code ('610700' city, '610702' county); B 角 is a
 * stand-in. `within` lists the towns of a zone, which has no code of its own in them (the closure table says which).
 */
export type Holding = {
  post: string
  title: string
  role: Role
  org: string
  orgName: string
  area: string
  standIn: boolean
  within?: string[]
}

/** Who acts: `tenant` is the city's code, `account` a uuid, `clearance` the highest secrecy level the person may read (0–3). */
export type Actor = {
  tenant: number
  account: string
  name: string
  clearance: number
  holdings: Holding[]
  /** Through a token: these permissions of the posts and no other. */
  only?: readonly string[]
}

/** What an event keeps of its author: the person and the one post the act was done in; the public has no post. */
export type By = {
  account: string
  name: string
  role: Capacity
  post?: string
  title?: string
  org?: string
  orgName?: string
  standIn?: true
}

/** The author of an act done in `holding`, or by a member of the public where there is none. */
export function byOf(actor: Actor, holding?: Holding): By {
  const { account, name } = actor
  if (!holding) return { account, name, role: 'public' }
  const { role, post, title, org, orgName, standIn } = holding
  return { account, name, role, post, title, org, orgName, ...(standIn ? { standIn: true as const } : {}) }
}

/** The holdings of an actor in one role. */
export function holdingsIn(actor: Actor, role: Role): Holding[] {
  return actor.holdings.filter((holding) => holding.role === role)
}
