import { expect } from 'vitest'
import { multipart, photo } from './photos.ts'
import type { Person, World } from './world.ts'

/** A walk of one problem through the real router by the people whose turn it is; each step returns the newest detail. */

export interface Shown {
  id: string
  no: string
  version: number
  state: string
  colour: { colour: string; why: unknown[] }
  moves: { move: string; allowed: boolean; why?: { code: string; text: string } }[]
  [more: string]: unknown
}

export const POINT = { lng: 107.0312, lat: 33.0678 }
export const YES = { answer: 'yes' as const }
export const STANDARDS = {
  tasksDone: YES,
  violationsPunished: YES,
  effectMeetsStandard: YES,
  inferenceDone: YES,
  causeTraced: YES,
}

export const REPORT = {
  source: 'provincial_inspection',
  title: '褒河右岸弃渣堆放',
  originalText: '第十二项 褒河右岸弃渣露天堆放，未采取防护措施。',
  place: { region: '610702', point: POINT, address: '褒河右岸' },
  thing: 'place',
  batch: '第三轮省级督察',
}

export async function report(world: World, more: object = {}): Promise<Shown> {
  return ok(await (await world.as('office')).post('/api/cases', { ...REPORT, ...more }), 201)
}

/** Sends a move as one person, based on the version of `c`, and expects it to be taken. */
export async function move(world: World, c: Shown, o: { who: string; act: object }): Promise<Shown> {
  return ok(await tryMove(world, c, o))
}

export async function tryMove(world: World, c: Shown, o: { who: string; act: object }) {
  return (await world.as(o.who)).post(`/api/cases/${c.id}/moves`, o.act, { version: c.version })
}

export const triage = (world: World, c: Shown) =>
  move(world, c, {
    who: 'office',
    act: {
      move: 'triage',
      category: 'W4',
      pollution: ['waste', 'water'],
      thing: 'place',
      severity: 'serious',
      qinling: 'general',
    },
  })

export async function assign(world: World, c: Shown, words = '2026年6月底前'): Promise<Shown> {
  const org = await organisations(world)
  const duties = [
    { org: org('汉台区住房和城乡建设局'), as: 'responsible' },
    { org: org('汉台区住房和城乡建设局'), as: 'lead' },
    { org: org('汉中市水利局'), as: 'supporting' },
    { org: org('汉中市生态环境局'), as: 'supervising' },
    { org: org('汉中市住房和城乡建设局'), as: 'acceptance' },
  ]
  const act = { move: 'assign', duties, leader: { name: '示例·分管副市长', title: '副市长' }, term: { words } }
  return move(world, c, { who: 'office', act })
}

export const sign = (world: World, c: Shown) => move(world, c, { who: 'unit-hantai', act: { move: 'sign' } })

export async function plan(world: World, c: Shown): Promise<Shown> {
  const org = await organisations(world)
  const act = {
    move: 'plan',
    implementer: org('汉台区住房和城乡建设局'),
    goal: '清除弃渣，恢复岸坡',
    term: { words: '2026年6月底前' },
    acceptanceUnit: org('汉中市住房和城乡建设局'),
    measures: [
      {
        text: '清运弃渣 1200 立方米',
        standard: '现场无弃渣',
        moneyFen: 12_000_000,
        due: '2026-05-01',
        milestones: [{ text: '清运一半', due: '2026-04-10', standard: '600 立方米' }],
      },
      { text: '岸坡复绿', standard: '植被覆盖', moneyFen: 3_000_000, milestones: [] },
    ],
  }
  return move(world, c, { who: 'unit-hantai', act })
}

export const approve = (world: World, c: Shown) => move(world, c, { who: 'leader', act: { move: 'approve_plan' } })

export async function addPhoto(
  world: World,
  c: Shown,
  o: { who?: string; kind: string; takenAt: string; at?: { lng: number; lat: number }; shade?: number },
): Promise<Shown> {
  const at = o.at ?? POINT
  const content = await photo({ takenAt: o.takenAt, lng: at.lng, lat: at.lat, shade: o.shade ?? 100 })
  return ok(
    await upload(await world.as(o.who ?? 'unit-hantai'), c, {
      fields: { kind: o.kind },
      file: { name: `${o.kind}.jpg`, content },
    }),
  )
}

export function upload(
  person: Person,
  c: Pick<Shown, 'id'>,
  o: { fields: Record<string, string>; file?: { name: string; content: Buffer }; key?: string },
) {
  const body = multipart(o.fields, o.file)
  const headers = { ...body.headers, 'idempotency-key': o.key ?? crypto.randomUUID() }
  return person.send({ method: 'POST', url: `/api/cases/${c.id}/evidence`, payload: body.payload, headers })
}

/** Measures done, photos before and after near the point, each at its own time. */
export async function rectify(world: World, c: Shown): Promise<Shown> {
  const measures = (c['plan'] as { measures: { id: string; milestones: { id: string }[] }[] }).measures
  const act = {
    move: 'progress',
    text: '弃渣已全部清运，岸坡已复绿',
    percent: 100,
    measuresDone: measures.map((m) => m.id),
    milestonesDone: measures.flatMap((m) => m.milestones.map((s) => s.id)),
  }
  const before = await addPhoto(world, c, { kind: 'before', takenAt: '2026-03-09T10:00:00', shade: 40 })
  world.time.now = new Date('2026-04-01T02:00:00Z')
  const after = await addPhoto(world, before, { kind: 'after', takenAt: '2026-03-31T15:00:00', shade: 200 })
  return move(world, after, { who: 'unit-hantai', act })
}

export const selfCheck = (world: World, c: Shown) =>
  move(world, c, { who: 'unit-hantai', act: { move: 'self_check', conclusion: '已按方案完成', standards: STANDARDS } })

const onSite = { day: '2026-04-01', people: ['示例·甲', '示例·乙'], point: POINT }
export const countyAccept = (world: World, c: Shown) =>
  move(world, c, {
    who: 'county-office-hantai',
    act: { move: 'county_accept', onSite, standards: STANDARDS, conclusion: '初验合格' },
  })
export const cityAccept = (world: World, c: Shown) =>
  move(world, c, {
    who: 'inspector',
    act: { move: 'city_accept', onSite, standards: STANDARDS, conclusion: '验收合格', opinionNo: '汉住建验〔2026〕1号' },
  })
export const publicise = (world: World, c: Shown) =>
  move(world, c, { who: 'office', act: { move: 'publicise', channel: '市生态环境局网站', phone: '0916-2253396' } })

/** The last day of the ten working days is inclusive: filing and closing are from the day after. */
export async function fileAndClose(world: World, c: Shown): Promise<Shown> {
  world.time.now = new Date('2026-04-20T02:00:00Z')
  const filed = await move(world, c, {
    who: 'office',
    act: { move: 'file', docNo: '汉环督备〔2026〕3号', filedWith: '省督察办' },
  })
  return move(world, filed, { who: 'office', act: { move: 'close' } })
}

const STEPS = [triage, assign, sign, plan, approve, rectify, selfCheck, countyAccept, cityAccept, publicise, fileAndClose]
const REACHED = [
  'triaged',
  'assigned',
  'signed',
  'plan_submitted',
  'rectifying',
  'rectifying',
  'self_checked',
  'county_accepted',
  'city_accepted',
  'publicising',
  'closed',
]

/** A new problem of the path 督察反馈, walked until it stands in `state`. */
export async function walkTo(world: World, state: string, more: object = {}): Promise<Shown> {
  let c = await report(world, more)
  for (const [i, step] of STEPS.entries()) {
    if (c.state === state) return c
    c = await step(world, c)
    expect(c.state).toBe(REACHED[i])
  }
  return c
}

/** Looks an organisation up by its name. */
export async function organisations(world: World): Promise<(name: string) => string> {
  const { items } = (await (await world.as('office')).get('/api/organisations')).json<{ items: { id: string; name: string }[] }>()
  return (name) => {
    const found = items.find((o) => o.name === name)
    if (!found) throw new Error(`no organisation ${name}`)
    return found.id
  }
}

function ok(answer: { statusCode: number; body: string; json(): unknown }, status = 200): Shown {
  expect(answer.statusCode, answer.body).toBe(status)
  return answer.json() as Shown
}
