import AxeBuilder from '@axe-core/playwright'
import type { Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { commandCtx } from '../../src/cases/import/command.ts'
import { importDemo } from '../../src/cases/import/load-demo.ts'
import { recolourAll } from '../../src/cases/index.ts'
import type { Move, State } from '../../src/cases/rules/codes.ts'
import { photo } from '../photos.ts'
import * as walk from '../walk.ts'
import { systemCtx, type World } from '../world.ts'
import { type Desk, hasChromium, openDesk } from './browser.ts'
import * as form from './forms.ts'

const START = new Date('2026-03-10T02:00:00Z')
const REASON = '示例：经现场核对，情况如此'
const VIEWS = [
  { width: 1440, language: 'zh' },
  { width: 390, language: 'zh' },
  { width: 390, language: 'en' },
  { width: 1440, language: 'en' },
] as const
type OnePage = { name: string; who?: string; path(c: walk.Shown): string }
const PAGES: OnePage[] = [
  { name: 'sign-in', path: () => '/' },
  { name: 'work', who: 'county-office-hantai', path: () => '/work' },
  { name: 'list', who: 'office', path: () => '/cases?category=A&region=610702' },
  { name: 'meetings', who: 'office', path: () => '/meetings' },
  { name: 'case', who: 'inspector', path: (c) => `/cases/${c.id}` },
  { name: 'report', who: 'office-2', path: () => '/cases/new' },
  { name: 'people', who: 'secadmin', path: () => '/people' },
  { name: 'organisations', who: 'secadmin', path: () => '/people?tab=organisations' },
  { name: 'accounts', who: 'secadmin', path: () => '/people?tab=accounts' },
  { name: 'audit', who: 'auditor', path: () => '/audit' },
  { name: 'account', who: 'leader', path: () => '/account' },
]

describe.skipIf(!hasChromium)('the pages in the browser', { timeout: 180_000 }, () => {
  let desk: Desk
  beforeAll(async () => {
    desk = await openDesk({ shots: 30 })
  })
  afterAll(() => desk.close())
  afterEach(() => expect(desk.complaints()).toEqual([]))

  it('show a full list, and what is urgent first', async () => {
    await importDemo(systemCtx(desk.world.house) as ReturnType<typeof commandCtx>)
    await recolourAll(desk.world.house)
    const office = await desk.seat('office')
    await office.goto('/work?group=triage')
    await office.locator('#triage .signal').first().waitFor()
    await expect.poll(() => office.locator('#triage .signal').first().innerText()).toBe('红')
    await desk.shoot(office, 'work-full')
    await office.goto('/cases')
    await office.locator('.data-table').waitFor()
    await desk.shoot(office, 'list-full')
  })

  describe('one by one', () => {
    let c: walk.Shown
    beforeAll(async () => {
      c = await walk.walkTo(desk.world, 'self_checked')
    })

    it.each(PAGES)('$name keeps every rule of axe, wide and narrow, in Chinese and in English', async ({ name, who, path }) => {
      const page = who ? await desk.seat(who, { at: path(c) }) : await desk.screen()
      if (!who) await page.goto(path(c))
      await page.locator('h1').first().waitFor()
      for (const { width, language } of VIEWS) {
        await page.setViewportSize({ width, height: 900 })
        const other = page.getByRole('button', { name: language === 'zh' ? '中文' : 'English' })
        if (await other.isVisible()) await other.click()
        await desk.shoot(page, `${name}-${width}-${language}`)
        expect(await broken(page)).toEqual([])
        expect(await page.evaluate('document.documentElement.scrollWidth'), `${name} is too wide`).toBe(width)
      }
    })
  })

  it('can be used by keyboard alone: sign in with Enter, skip to the content, close a form with Escape', async () => {
    desk.world.time.now = START
    const c = await walk.report(desk.world)
    const page = await desk.seat('office', { at: `/cases/${c.id}` })
    await page.locator('.timeline').waitFor()
    await page.keyboard.press('Tab')
    expect(await focused(page)).toBe('跳到正文')
    await desk.shoot(page, 'skip-link')
    await page.keyboard.press('Enter')
    await page.locator('.moves-open [data-move="decline"]').focus()
    await page.keyboard.press('Enter')
    await form.sheet(page)
    await expect.poll(() => page.evaluate(`document.activeElement?.closest('.ant-drawer') !== null`)).toBe(true)
    await page.keyboard.press('Escape')
    await page.locator('.ant-drawer-body').waitFor({ state: 'detached' })
    await expect.poll(() => focused(page)).toBe('不予受理')
  })

  it('say what is wrong: a false password, a form without its reason, somebody who was faster', async () => {
    desk.world.time.now = START
    const stranger = await desk.screen()
    await stranger.goto('/')
    await stranger.getByLabel('用户名').fill('office')
    await stranger.getByLabel('密码', { exact: true }).fill('no')
    await stranger.keyboard.press('Enter')
    await expect.poll(() => stranger.locator('.problem-alert').innerText()).toContain('用户名或密码')
    await desk.shoot(stranger, 'wrong-password')
    const c = await walk.report(desk.world)
    const page = await desk.seat('office')
    const decline = await form.openForm(page, c.id, 'decline')
    await decline.locator('button[type=submit]').click()
    await expect.poll(() => decline.locator('.ant-form-item-explain-error').innerText()).toBe('请填写：理由')
    await decline.getByLabel('理由').fill(REASON)
    await walk.triage(desk.world, c)
    await decline.locator('button[type=submit]').click()
    await expect.poll(() => decline.locator('.problem-alert').innerText()).toContain('刚被别人办理过')
    await desk.shoot(page, 'conflict')
    await decline.getByRole('button', { name: '已核对，按最新情况继续' }).click()
    await decline.locator('.problem-alert').waitFor({ state: 'detached' })
    expect(await decline.getByLabel('理由').inputValue()).toBe(REASON)
    await form.submit(page)
    await form.expectState(page, 'declined')
    expect(desk.complaints()).toEqual(['401 POST /api/session', expect.stringMatching(/^409 POST .*\/moves$/)])
  })

  it('would be caught: a button without a name, another host, a breach of the content policy, an error', async () => {
    const page = await desk.screen()
    await page.goto('/')
    await page.locator('main').waitFor()
    await page.evaluate(`document.querySelector('main').append(document.createElement('button'))`)
    expect((await broken(page)).join()).toContain('button-name')
    const seen: string[] = []
    const all = () => [seen.push(...desk.complaints()), ...seen].join(' ')
    await page.evaluate(`new Image().src = 'http://127.0.0.1:9999/x.png'`)
    await expect.poll(all).toContain('Content Security Policy')
    await page.evaluate(`setTimeout(() => { throw new Error('thrown') })`)
    await expect.poll(all).toContain('Error: thrown')
    await page.goto('http://127.0.0.1:9999/').catch(() => {})
    await expect.poll(all).toContain('failed: http://127.0.0.1:9999/ net::ERR_CONNECTION_REFUSED')
    await page.context().close() // it would go on trying
    expect(all()).toContain('other host: http://127.0.0.1:9999/ ')
  })

  it.each(MOVES)('$move leads to $to', async ({ move, who, from, fill, to }) => {
    desk.world.time.now = START
    const c = await from(desk.world)
    const page = await desk.seat(who)
    await fill(await form.openForm(page, c.id, move))
    await desk.shoot(page, `form-${move}`)
    await form.submit(page)
    await form.expectState(page, to)
    await desk.shoot(page, `case-${to}`)
  })

  it('a case is unfounded when two persons say so', async () => {
    desk.world.time.now = START
    const c = await walk.walkTo(desk.world, 'signed')
    const visit = { name: 'visit.jpg', content: await photo({ takenAt: '2026-03-10T09:00:00', ...walk.POINT, scene: 'green' }) }
    await walk.upload(await desk.world.as('office'), c, { fields: { kind: 'site_visit' }, file: visit })
    const first = await desk.seat('office')
    await (await form.openForm(first, c.id, 'mark_unfounded')).getByLabel('理由').fill(REASON)
    await form.submit(first)
    await form.expectState(first, 'signed')
    expect(await first.locator('.case-notice').innerText()).toContain('等待第二人确认')
    const second = await desk.seat('office-2')
    const confirm = await form.openForm(second, c.id, 'mark_unfounded')
    expect(await second.locator('.move-context').innerText()).toContain(REASON)
    await confirm.getByRole('radio', { name: '同意', exact: true }).check()
    await form.submit(second)
    await form.expectState(second, 'unfounded')
    await desk.shoot(second, 'case-unfounded')
  })

  it('a post is handed over', async () => {
    desk.world.time.now = START
    const page = await desk.seat('secadmin')
    await page.getByLabel('按岗位、单位或姓名查找').fill('城固县住房')
    await page.getByRole('button', { name: '移交 整改专责' }).click()
    const sheet = await form.sheet(page)
    await form.pick(sheet, '接任人', '示例·城固县网格员')
    await sheet.getByLabel('移交原因').fill('岗位调整')
    await desk.shoot(page, 'form-hand-over')
    await form.submit(page)
    await expect.poll(() => page.locator('.data-table tbody tr').innerText()).toContain('示例·城固县网格员')
  })
})

/** The rules of axe that a page breaks, and where. */
async function broken(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  return violations.map((v) => `${v.id} ${v.nodes.map((node) => node.target.join(' ')).join(', ')}`)
}

async function focused(page: Page): Promise<unknown> {
  return page.evaluate('document.activeElement.textContent')
}

const reason = (sheet: Locator) => sheet.getByLabel('理由').fill(REASON)

type Submitted = {
  move: Move
  who: string
  from(world: World): Promise<walk.Shown>
  fill(sheet: Locator): Promise<void>
  to: State
}

/** The moves that the story of the clear-off does not make, each from a state that the API arranged. */
const MOVES: Submitted[] = [
  { move: 'decline', who: 'office', from: walk.report, fill: reason, to: 'declined' },
  {
    move: 'merge',
    who: 'office',
    from: async (world) => {
      await walk.report(world, { title: '褒河左岸弃渣' })
      return walk.report(world)
    },
    fill: async (sheet) => {
      await form.pick(sheet, '并入的问题', '褒河左岸弃渣')
      await reason(sheet)
    },
    to: 'merged',
  },
  { move: 'reject_plan', who: 'leader', from: (world) => walk.walkTo(world, 'plan_submitted'), fill: reason, to: 'signed' },
  {
    move: 'county_reject',
    who: 'county-office-hantai',
    from: (world) => walk.walkTo(world, 'self_checked'),
    fill: reason,
    to: 'rectifying',
  },
  {
    move: 'resolve_objection',
    who: 'office',
    from: async (world) => objected(world, await walk.walkTo(world, 'publicising')),
    fill: async (sheet) => {
      await sheet.getByRole('radio', { name: '异议成立，退回整改' }).check()
      await sheet.getByLabel('核查情况').fill(REASON)
    },
    to: 'rectifying',
  },
  {
    move: 'transfer',
    who: 'office',
    from: (world) => walk.walkTo(world, 'assigned'),
    fill: async (sheet) => {
      await sheet.getByLabel('移送机关').fill('汉中市公安局')
      await sheet.getByLabel('文号').fill('汉环移〔2026〕1号')
      await reason(sheet)
    },
    to: 'transferred',
  },
  { move: 'reopen', who: 'office', from: (world) => walk.walkTo(world, 'closed'), fill: reason, to: 'rectifying' },
  {
    move: 'recheck',
    who: 'inspector',
    from: (world) => walk.walkTo(world, 'closed'),
    fill: async (sheet) => {
      await sheet.getByRole('radio', { name: '问题反弹' }).check()
      await sheet.getByLabel('核查情况').fill(REASON)
    },
    to: 'rectifying',
  },
]

async function objected(world: World, c: walk.Shown): Promise<walk.Shown> {
  const url = `/api/public/notices/${c.id}/objections`
  const payload = { name: '示例', contact: '示例', text: '现场还有弃渣没有清走' }
  const answer = await world.app.inject({ method: 'POST', url, payload, headers: { 'idempotency-key': crypto.randomUUID() } })
  expect(answer.statusCode, answer.body).toBe(201)
  return c
}
