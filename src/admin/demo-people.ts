import { randomBytes } from 'node:crypto'
import type { PasswordCost } from '../base/auth/password.ts'
import type { Ctx } from '../base/ctx.ts'
import { createAccount, createOrganisation, createPost, givePost, type Role } from '../people/index.ts'
import type { City } from './city.ts'

/** One demo sign-in, as DATA_DIR/demo-accounts.json lists them. */
export interface DemoAccount {
  role: Role
  region: string
  username: string
  password: string
}

interface Seat {
  role: Role
  region: string
  org: string
  kind: string
  title: string
  name: string
  username: string
  clearance?: number
}

const CITY_DEPARTMENTS = [
  '市生态环境局',
  '市住房和城乡建设局',
  '市城市管理局',
  '市水利局',
  '市林业局',
  '市自然资源局',
  '市农业农村局',
  '市交通运输局',
  '市公安局',
]
const FIRST = { code: '610702', name: '汉台区', key: 'hantai' }
const SECOND = { code: '610722', name: '城固县', key: 'chenggu' }

/** One account for each role, and a second county's for those with a scope; fresh random passwords, names marked 示例. */
export async function makeDemoPeople(
  ctx: Ctx,
  city: City,
  o: { counties: { code: string; name: string }[]; cost?: PasswordCost },
): Promise<DemoAccount[]> {
  const orgs = await makeOrganisations(ctx, city, o.counties)
  const accounts: DemoAccount[] = []
  for (const seat of seats(city)) accounts.push(await makeSeat(ctx, seat, { orgs, ...(o.cost ? { cost: o.cost } : {}) }))
  return accounts
}

async function makeOrganisations(ctx: Ctx, city: City, counties: { code: string; name: string }[]): Promise<Map<string, string>> {
  const whole = String(city.tenant)
  const wanted = [
    { name: city.office, kind: 'office', area: whole },
    { name: `${city.name.zh}生态环境保护委员会领导小组`, kind: 'leading-group', area: whole },
    { name: `${city.name.zh}数据和审计岗`, kind: 'administration', area: whole },
    ...CITY_DEPARTMENTS.map((name) => ({ name: `${city.name.zh.replace(/市$/, '')}${name}`, kind: 'department', area: whole })),
    ...counties.flatMap(({ code, name }) => [
      { name: `${name}整改办`, kind: 'county-office', area: code },
      { name: `${name}人民政府`, kind: 'government', area: code },
    ]),
    ...[FIRST, SECOND].map(({ code, name }) => ({ name: `${name}住房和城乡建设局`, kind: 'county-department', area: code })),
  ]
  const orgs = new Map<string, string>()
  for (const org of wanted) orgs.set(org.name, await createOrganisation(ctx, org))
  return orgs
}

function seats(city: City): Seat[] {
  const whole = String(city.tenant)
  const at = (role: Role, org: string, o: { title: string; name: string; clearance?: number }): Seat => ({
    role,
    region: whole,
    org,
    kind: '',
    username: role.replace('_', '-'),
    ...o,
  })
  const admin = `${city.name.zh}数据和审计岗`
  return [
    at('office', city.office, { title: '督办科科长', name: '示例·督办', clearance: 3 }),
    { ...at('office', city.office, { title: '督办科副科长', name: '示例·督办二', clearance: 3 }), username: 'office-2' },
    at('leader', `${city.name.zh}生态环境保护委员会领导小组`, { title: '分管副市长', name: '示例·分管领导', clearance: 3 }),
    at('inspector', '汉中市住房和城乡建设局', { title: '验收核查员', name: '示例·验收', clearance: 2 }),
    {
      ...at('inspector', '汉中市生态环境局', { title: '验收核查员', name: '示例·验收二', clearance: 2 }),
      username: 'inspector-2',
    },
    at('analyst', '汉中市生态环境局', { title: '遥感与核算员', name: '示例·遥感' }),
    at('publisher', city.office, { title: '公开审核员', name: '示例·公开' }),
    at('payout', '汉中市生态环境局', { title: '奖励兑付员', name: '示例·兑付' }),
    at('sysadmin', admin, { title: '系统管理员', name: '示例·系统', clearance: 0 }),
    at('secadmin', admin, { title: '安全管理员', name: '示例·安全', clearance: 0 }),
    at('auditor', admin, { title: '安全审计员', name: '示例·审计', clearance: 0 }),
    ...[FIRST, SECOND].flatMap((county) => countySeats(county)),
  ]
}

function countySeats({ code, name, key }: { code: string; name: string; key: string }): Seat[] {
  const seat = (role: Role, org: string, o: { title: string; name: string }): Seat => ({
    role,
    region: code,
    org,
    kind: '',
    username: `${role.replace('_', '-')}-${key}`,
    ...o,
  })
  return [
    seat('county_office', `${name}整改办`, { title: `${name}整改办主任`, name: `示例·${name}整改办` }),
    seat('unit', `${name}住房和城乡建设局`, { title: '整改专责', name: `示例·${name}住建` }),
    seat('chief', `${name}人民政府`, { title: `${name}河长、林长`, name: `示例·${name}河林长` }),
    seat('grid', `${name}人民政府`, { title: '网格员', name: `示例·${name}网格员` }),
  ]
}

async function makeSeat(ctx: Ctx, seat: Seat, o: { orgs: Map<string, string>; cost?: PasswordCost }): Promise<DemoAccount> {
  const password = `${randomBytes(9).toString('base64url')}-Aa1`
  const account = await createAccount(ctx, {
    username: seat.username,
    name: seat.name,
    clearance: seat.clearance ?? 1,
    password,
    sample: true,
    ...(o.cost ? { cost: o.cost } : {}),
  })
  const org = o.orgs.get(seat.org)
  if (!org) throw new Error(`the demo has no organisation ${seat.org}`)
  const post = await createPost(ctx, { org, title: seat.title, role: seat.role, area: seat.region })
  await givePost(ctx, { post, account, standIn: false })
  return { role: seat.role, region: seat.region, username: seat.username, password }
}
