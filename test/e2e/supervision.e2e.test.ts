import AxeBuilder from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { commandCtx } from '../../src/cases/import/command.ts'
import { freezeMonths, importDemo, recolourAll } from '../../src/cases/index.ts'
import { afterColours } from '../../src/supervision/index.ts'
import * as walk from '../walk.ts'
import { type Desk, hasChromium, openDesk, settled } from './browser.ts'

// A loaded machine is slow, not wrong.
const PATIENT = { timeout: 20_000 }
const at = (day: string) => new Date(`${day}T10:00:00+08:00`)

describe.skipIf(!hasChromium)('supervision in the browser', { timeout: 120_000 }, () => {
  let desk: Desk
  let c: walk.Shown
  let letter = ''
  beforeAll(async () => {
    desk = await openDesk({ shots: 120 })
    const { world } = desk
    world.time.now = at('2026-03-02')
    await importDemo(commandCtx(world.house))
    world.time.now = at('2026-03-10')
    await recolourAll(world.house)
    c = await walk.walkTo(world, 'signed', { title: '褒河右岸弃渣堆放' })
    for (const day of ['2026-04-01', '2026-05-01', '2026-06-01']) {
      world.time.now = at(day)
      await freezeMonths(world.house)
      await recolourAll(world.house)
      await afterColours(world.house)
    }
    world.time.now = at('2026-06-18')
    await recolourAll(world.house)
  })
  afterAll(() => desk.close())
  afterEach(() => expect(desk.complaints()).toEqual([]))
  const broken = async (page: Page) =>
    (await new AxeBuilder({ page }).analyze()).violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target).join(' ')}`)
  const press = async (page: Page, move: string, button: string) => {
    await page.locator(`.moves-open [data-move="${move}"]`).click()
    await page.locator('.ant-drawer').getByRole('button', { name: button, exact: true }).click()
    await page.locator('.ant-drawer-open').waitFor({ state: 'detached' })
  }

  it('drafts by rule after it said what it would draft and why', async () => {
    const office = await desk.seat('office', { at: '/supervision' })
    await office.getByRole('button', { name: '按规则拟稿' }).click()
    const sheet = office.locator('.ant-drawer')
    await sheet.getByText('将拟稿').waitFor()
    await sheet.getByText('为什么').first().click()
    await desk.shoot(office, 'supervision-by-rule')
    expect(await sheet.getByText('未核实').first().isVisible()).toBe(true)
    await sheet.getByRole('button', { name: /^拟稿 \d+ 份$/ }).click()
    await office.locator('.ant-drawer-open').waitFor({ state: 'detached' })
    const row = office.locator('section[aria-label="审核"] tr', { hasText: '褒河右岸弃渣堆放' })
    await row.getByRole('checkbox').check()
    await office.getByRole('button', { name: '试算批量审核' }).click()
    await office.getByText('可审核 1 份').waitFor()
    await desk.shoot(office, 'supervision-list')
    letter = (await row.getByRole('link').getAttribute('href'))!
    await office.getByRole('button', { name: '审核 1 份' }).click()
    await office.locator('section[aria-label="发出"], section[aria-label="审核"]').first().waitFor()
  })

  it('is signed by another person, sent, answered with a file, and accepted', async () => {
    const office = await desk.seat('office')
    await office.goto(letter)
    await office.getByText('须由另一人办理').first().waitFor({ state: 'attached' })
    const second = await desk.seat('office-2', { at: letter })
    await press(second, 'sign', '签发')
    await office.reload()
    await press(office, 'send', '发出')
    await office.getByText('汉环督提〔2026〕1号').first().waitFor()
    const unit = await desk.seat('unit-hantai', { at: letter })
    await unit.locator('.moves-open [data-move="answer"]').click()
    await unit.getByLabel('回复内容').fill('已组织清运，6月底前完成。')
    await unit
      .locator('#answer-files')
      .setInputFiles({ name: '进展.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n%%EOF\n') })
    await desk.shoot(unit, 'supervision-answer')
    await unit.locator('.ant-drawer').getByRole('button', { name: '提交' }).click()
    await unit.locator('.ant-drawer-body').waitFor({ state: 'detached' }) // it was sent: the form names the file before that
    await unit.getByText('进展.pdf').waitFor()
    await office.reload()
    await office.locator('.moves-open [data-move="accept"]').click()
    await office.locator('.ant-drawer').getByRole('button', { name: '认可回复' }).click()
    await office.getByText('回复认可').first().waitFor()
  })

  const PAGES = [
    ['list', () => '/supervision'],
    ['item', () => letter],
    ['scores', () => '/supervision/scores'],
    ['case', () => `/cases/${c.id}`],
  ] as const
  it.each(PAGES)('%s keeps every rule of axe, wide and narrow, in both languages', async (name, path) => {
    const page = await desk.seat('leader')
    await page.goto(path())
    await page.locator('h1').first().waitFor()
    for (const [width, language] of [
      [1280, 'zh'],
      [390, 'zh'],
      [390, 'en'],
      [1280, 'en'],
    ] as const) {
      await page.setViewportSize({ width, height: 900 })
      const other = page.getByRole('button', { name: language === 'zh' ? '中文' : 'English' })
      if (await other.isVisible()) await other.click()
      await desk.shoot(page, `supervision-${name}-${width}-${language}`)
      expect(await broken(page)).toEqual([])
      expect(await page.evaluate('document.documentElement.scrollWidth'), `${name} is too wide`).toBe(width)
    }
    await page.getByRole('button', { name: '中文' }).click()
  })

  it('opens the cases behind a score', async () => {
    const page = await desk.seat('leader')
    await page.goto('/supervision/scores')
    await page.locator('.figure-button').first().click()
    await page.locator('.ant-drawer .data-table').waitFor()
    await desk.shoot(page, 'supervision-score-cases')
    expect(await broken(page)).toEqual([])
  })

  it('hangs on a wall: fills the screen without scrolling, changes by keys, prints on one sheet', async () => {
    const page = await desk.seat('leader')
    for (const [width, height] of [
      [1920, 1080],
      [2560, 1440],
    ] as const) {
      await page.setViewportSize({ width, height })
      await page.goto('/wall')
      await page.locator('.war-trend .trend').waitFor()
      await settled(page)
      expect(await page.evaluate('document.documentElement.scrollHeight'), 'it scrolls').toBe(height)
      await desk.shoot(page, `supervision-wall-${width}`)
    }
    expect(await broken(page)).toEqual([])
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => page.locator('.war-region').innerText(), PATIENT).toBe('汉台区')
    await page.keyboard.press('2')
    await expect.poll(() => page.locator('.war-counties').isVisible(), PATIENT).toBe(false)
    await desk.shoot(page, 'supervision-wall-worst')
    await page.keyboard.press('1')
    await page.keyboard.press('ArrowLeft')
    await expect.poll(() => page.locator('.war-region').innerText(), PATIENT).toBe('全市')
    const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString('latin1')
    expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1)
    const [, width, height] = /\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)/.exec(pdf)!.map(Number)
    expect([Math.round(width! / 2.8346), Math.round(height! / 2.8346)]).toEqual([420, 297])
    await page.setViewportSize({ width: 390, height: 844 })
    await desk.shoot(page, 'supervision-wall-390')
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390)
    await page.keyboard.press('Escape')
    await page.locator('.navigation').waitFor({ state: 'attached' })
    await expect.poll(() => page.url(), PATIENT).toContain('/supervision')
  })
})
