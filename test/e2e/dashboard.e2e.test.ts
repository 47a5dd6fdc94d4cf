import AxeBuilder from '@axe-core/playwright'
import type { Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { commandCtx } from '../../src/cases/import/command.ts'
import { freezeMonths, importDemo, recolourAll } from '../../src/cases/index.ts'
import * as walk from '../walk.ts'
import { type Desk, hasChromium, openDesk } from './browser.ts'

const at = (day: string) => new Date(`${day}T10:00:00+08:00`)

describe.skipIf(!hasChromium)('the operations board in the browser', { timeout: 60_000 }, () => {
  let desk: Desk
  let office: Page
  beforeAll(async () => {
    desk = await openDesk({ shots: 80 })
    const { world } = desk
    world.time.now = at('2026-03-02')
    await importDemo(commandCtx(world.house))
    world.time.now = at('2026-03-10')
    await recolourAll(world.house)
    const back = await walk.walkTo(world, 'assigned', { title: '要退回的问题' })
    await walk.move(world, back, { who: 'unit-hantai', act: { move: 'return', reason: '非本单位职责', basis: '三定方案' } })
    for (const day of ['2026-04-01', '2026-05-01', '2026-06-01']) {
      world.time.now = at(day)
      await freezeMonths(world.house)
      await recolourAll(world.house)
    }
    world.time.now = at('2026-06-18')
    await recolourAll(world.house)
    office = await desk.seat('office', { at: '/board' })
    await office.locator('.board-table').waitFor()
  })
  afterAll(() => desk.close())
  afterEach(() => expect(desk.complaints()).toEqual([]))
  const broken = async (page: Page) =>
    (await new AxeBuilder({ page }).analyze()).violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target).join(' ')}`)

  const speak = async (language: 'zh' | 'en') => {
    await office.locator('.top-bar').waitFor()
    const other = office.getByRole('button', { name: language === 'zh' ? '中文' : 'English' })
    if (await other.isVisible()) await other.click()
  }

  it('shows at a glance which county is behind: the most overdue first, the whole city above', async () => {
    await desk.shoot(office, 'board-1440')
    const overdue = await office.locator('.board-table tbody tr:not(.board-total) td.board-overdue .board-number').allInnerTexts()
    const numbers = overdue.map(Number)
    expect(numbers).toEqual(numbers.toSorted((a, b) => b - a))
    const total = Number(await office.locator('.board-total td.board-overdue').innerText())
    expect([numbers.reduce((a, b) => a + b, 0), total > 0]).toEqual([total, true])
    await seen(office.locator('.board-explained'), '整改总时限的最后一日早于 2026-06-18')
    await office.getByRole('button', { name: '累计销号' }).click()
    await seen(office.locator('.board-explained'), '累计销号')
    expect(await office.locator('th.board-cleared').getAttribute('aria-sort')).toBe('descending')
  })

  it('a number opens exactly its cases, and the list says what it is narrowed by', async () => {
    const link = office.locator('.board-total td.board-overdue a')
    const n = await link.innerText()
    await link.click()
    await seen(office.locator('.page-head'), `共 ${n} 件`)
    await desk.shoot(office, 'list-overdue')
    await office.getByRole('button', { name: '去掉条件：超期' }).click()
    await seen(office.locator('.page-head'), '共 240 件')
  })

  it('the months show when they were frozen, and a county opens by source', async () => {
    await office.goto('/board')
    const months = office.locator('#months')
    await seen(months, '冻结于 2026-06-01')
    await seen(months, '尚未冻结')
    const cell = months.locator('tbody tr.board-total .word-red a').first()
    const n = (await cell.innerText()).replace(/\D/g, '')
    await cell.click()
    await seen(office.locator('.page-head'), `共 ${n} 件`)
    await seen(office.locator('.standing-mark'), '月末为红')
    await office.goto('/board')
    await office.getByRole('link', { name: '汉台区', exact: true }).click()
    await office.getByRole('heading', { name: '作战图：汉台区' }).waitFor()
    await seen(office.locator('.board-table'), '12345')
    await desk.shoot(office, 'board-by-source')
  })

  it('the list as of a day is as it was', async () => {
    await office.goto('/board')
    await office.getByLabel('查看某日清单').fill('2026-03-12')
    await office.getByRole('button', { name: '查看', exact: true }).click()
    await seen(office.getByRole('row', { name: /要退回的问题/ }), '退回待审定')
    await desk.shoot(office, 'as-of')
    const file = office.waitForEvent('download')
    await office.getByRole('link', { name: '导出 CSV' }).click()
    expect((await file).suggestedFilename()).toBe('问题清单-截至2026-03-12.csv')
    await office.goto('/board/as-of?day=2026-03-01')
    await seen(office.locator('.message-box'), '最早可查 2026-03-02')
    expect(desk.complaints()).toEqual([expect.stringContaining('422 GET /api/cases/as-of/2026-03-01')])
  })

  it('a unit sees its own', async () => {
    const unit = await desk.seat('unit-hantai', { at: '/board' })
    await unit.locator('.board-table').waitFor()
    expect(await unit.locator('.board-table tbody tr').count()).toBe(2)
    await unit.context().close()
  })

  it.each([
    { path: '/board', width: 1280, language: 'zh' },
    { path: '/board', width: 390, language: 'en' },
    { path: '/board?by=source&region=610702', width: 1920, language: 'zh' },
    { path: '/board/as-of?day=2026-03-12&region=610722', width: 390, language: 'zh' },
  ] as const)('$path keeps every rule of axe at $width in $language', async ({ path, width, language }) => {
    await office.setViewportSize({ width, height: 900 })
    await office.goto(path)
    await speak(language)
    await office.locator('table').first().waitFor()
    await desk.shoot(office, `${path.replace(/\W+/g, '-').slice(1)}-${width}-${language}`)
    expect(await broken(office)).toEqual([])
    expect(await office.evaluate('document.documentElement.scrollWidth'), `${path} is too wide`).toBe(width)
  })

  it('fills a wall with letters for five metres, and a sheet of A4 across', async () => {
    await office.setViewportSize({ width: 1920, height: 1080 })
    await office.goto('/board')
    await speak('zh')
    await office.getByRole('button', { name: '投影' }).click()
    await office.locator('.board-table').waitFor()
    await desk.shoot(office, 'board-wall')
    const size = `Math.min(...[...document.querySelectorAll('.board-table :is(a, .board-zero, th)')].filter((e) => e.offsetParent).map((e) => parseFloat(getComputedStyle(e).fontSize)))`
    expect(await office.evaluate(size)).toBeGreaterThanOrEqual(25)
    expect(await office.evaluate('document.documentElement.scrollHeight')).toBeLessThanOrEqual(1080)
    expect(await broken(office)).toEqual([])
    await office.getByRole('button', { name: '退出投影' }).click()
    await office.locator('#months table').waitFor()
    const pdf = await office.pdf({ preferCSSPageSize: true, printBackground: true })
    expect(pdf.toString('latin1')).toMatch(/\/MediaBox \[0 0 84[12][.\d]* 59[45]/)
  })
})

const seen = (place: Locator, text: string) => place.filter({ hasText: text }).first().waitFor()
