import AxeBuilder from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import * as walk from '../walk.ts'
import { type Desk, hasChromium, openDesk, settled } from './browser.ts'
import * as form from './forms.ts'

const MAIN = ['/work', '/cases', '/board', '/map', '/layers', '/cases/new', '/account'] as const

describe.skipIf(!hasChromium)('one case on one page', { timeout: 180_000 }, () => {
  let desk: Desk
  let c: walk.Shown
  beforeAll(async () => {
    desk = await openDesk({ shots: 80, map: true })
    await walk.report(desk.world, {
      title: '褒河右岸弃渣（下游）',
      place: { ...walk.REPORT.place, point: { lng: 107.0318, lat: 33.0678 } },
    })
    c = await walk.walkTo(desk.world, 'self_checked')
  })
  afterAll(() => desk.close())
  afterEach(() => expect(desk.complaints()).toEqual([]))

  it('tells who has the turn, why the rest cannot be done, what is near, and how the colour came about', async () => {
    const page = await desk.seat('office')
    await form.openCase(page, c.id)
    await expect.poll(() => page.locator('#next .next-now').first().innerText(), { timeout: 30_000 }).toContain('县级初验')
    expect(await page.locator('#next .next-now').first().innerText()).toContain('条件已具备')
    expect(await form.whyNot(page, 'close')).toContain('须先办理：县级初验通过 → 市级验收通过 → 公示 → 备案')
    await expect.poll(() => page.locator('#related').innerText(), { timeout: 30_000 }).toContain('同一地点，相距')
    expect(await page.locator('#related').innerText()).toContain('同一批次：第三轮省级督察')
    await expect.poll(() => page.locator('#colours').innerText(), { timeout: 30_000 }).toContain('绿 自 2026-03-10 起')
    expect(await page.locator('.clock-bar').first().getAttribute('aria-label')).toContain('正常计时')
  })

  it('tells its story by stages, decisions only where that is asked for', async () => {
    const page = await desk.seat('office')
    await form.openCase(page, c.id)
    const heads = await page.locator('.story-head').allInnerTexts()
    expect(heads[0]).toContain('待初验')
    const all = await page.locator('.timeline li').count()
    await page.getByText('只看决定').click()
    await expect.poll(() => page.locator('.timeline li').count(), { timeout: 30_000 }).toBeLessThan(all)
    expect(await page.locator('.timeline').allInnerTexts()).not.toContain('添加证据')
    await page.getByText('从头读起').click()
    await expect.poll(() => page.locator('.timeline li').first().innerText(), { timeout: 30_000 }).toContain('登记了问题')
  })

  it('lays the photo from after over the one from before, by the arrow keys too, and over the whole screen', async () => {
    const page = await desk.seat('office')
    await form.openCase(page, c.id)
    const slider = page.getByRole('slider', { name: '整改前后分界' }).first()
    await slider.focus()
    for (let i = 0; i < 10; i++) await page.keyboard.press('ArrowLeft')
    expect(await slider.getAttribute('aria-valuetext')).toBe('左侧 40% 为整改前')
    expect(await page.locator('.compare-before').first().getAttribute('style')).toContain('60%')
    expect(await page.locator('.compare-facts').first().innerText()).toMatch(/EXIF.*距问题点 \d+ 米/s)
    await page.getByRole('button', { name: '全屏' }).click()
    await page.locator('dialog[open]').waitFor()
    expect(await broken(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.locator('dialog[open]').waitFor({ state: 'detached' })
  })

  it('shows where it lies, on a map and in words', async () => {
    const page = await desk.seat('office')
    await form.openCase(page, c.id)
    await page.locator('#place').scrollIntoViewIfNeeded()
    await page.locator('.place-map .maplibregl-canvas').waitFor()
    expect(await page.locator('.place-view').innerText()).toContain('一般保护区')
    expect(await page.locator('.place-photos li').count()).toBeGreaterThan(1)
    await desk.shoot(page, 'case-place')
  })

  it('what was typed outlives a reload and the end of the session, and is shown to nobody else', async () => {
    const own = await walk.report(desk.world)
    const page = await desk.screen()
    await signIn(page, desk, 'office')
    const decline = await form.openForm(page, own.id, 'decline')
    await decline.getByLabel('理由').fill('写了一半的理由')
    await page.reload()
    const again = await form.sheet(page)
    expect(await again.getByLabel('理由').inputValue()).toBe('写了一半的理由')
    expect(await again.locator('.hint').innerText()).toContain('已恢复')
    await page.context().clearCookies() // the session ends
    await signIn(page, desk, 'office-2', `/cases/${own.id}?move=decline`)
    expect(await (await form.sheet(page)).getByLabel('理由').inputValue()).toBe('')
    await page.context().clearCookies()
    await signIn(page, desk, 'office', `/cases/${own.id}?move=decline`)
    const back = await form.sheet(page)
    expect(await back.getByLabel('理由').inputValue()).toBe('写了一半的理由')
    await form.submit(page)
    await form.expectState(page, 'declined')
    await page.context().close()
  })

  it('two people: the change of one is seen by the other before it is overwritten, and what was typed stays', async () => {
    const own = await walk.report(desk.world)
    const page = await desk.seat('office-2')
    const triage = await form.openForm(page, own.id, 'triage')
    await triage.getByLabel('标题').fill('我改的标题')
    await walk.triage(desk.world, own)
    const changed = page.locator('.changed-since')
    await changed.waitFor() // without anybody asking: the page looks every ten seconds
    await expect.poll(() => changed.innerText()).toContain('完成研判') // who did what comes a moment after what changed
    const told = await changed.innerText()
    expect(told).toMatch(/状态\s+待研判\s+待交办/)
    expect(told).toMatch(/问题类别\s+（空）\s+乱排乱放/)
    expect(await broken(page)).toEqual([])
    await desk.shoot(page, 'case-changed')
    await page.locator('.ant-drawer-body button[type=submit]').click() // is not sent on the old state
    await page.getByText('请先核对变化，再提交。').waitFor()
    await page.getByRole('button', { name: '已核对，按最新情况继续' }).click()
    await changed.waitFor({ state: 'detached' })
    expect(await triage.getByLabel('标题').inputValue()).toBe('我改的标题')
    await page.keyboard.press('Escape')
    await page.locator('.ant-drawer-body').waitFor({ state: 'detached' })
    await expect.poll(() => page.locator('.others-notice').innerText(), { timeout: 30_000 }).toContain('其他人刚办理过这件问题')
    await page.getByRole('button', { name: '知道了' }).click()
    await page.locator('.others-notice').waitFor({ state: 'detached' })
  })

  it('keeps every rule of axe in the dark too, on every main page, and is light on paper', { timeout: 300_000 }, async () => {
    const page = await desk.screen()
    await signIn(page, desk, 'office')
    for (const look of ['浅色', '深色']) {
      await page.getByRole('button', { name: new RegExp(`点击换成${look}`) }).click()
      await expect
        .poll(() => page.evaluate('document.documentElement.dataset.look'), { timeout: 30_000 })
        .toBe(look === '深色' ? 'dark' : 'light')
    }
    for (const path of [...MAIN, `/cases/${c.id}`]) {
      await page.goto(path)
      await page.locator('h1').first().waitFor()
      await settled(page)
      expect([path, await broken(page)]).toEqual([path, []])
    }
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(16, 24, 28)')
    await desk.shoot(page, 'case-dark')
    await page.emulateMedia({ media: 'print' })
    await expect.poll(() => page.evaluate('document.documentElement.dataset.look'), { timeout: 30_000 }).toBe('light')
    expect(await page.locator('.case-contents').isVisible()).toBe(false)
    expect(await page.locator('.four-lists-printed').isVisible()).toBe(true)
    expect(await page.locator('.case-foot').innerText()).toContain('打印日期')
    await page.context().close()
  })
})

async function signIn(page: Page, desk: Desk, username: string, at = '/'): Promise<void> {
  const account = desk.world.accounts.find((each) => each.username === username)!
  await page.goto(at)
  await page.getByLabel('用户名').fill(username)
  await page.getByLabel('密码', { exact: true }).fill(account.password)
  await page.keyboard.press('Enter')
  await page.locator('.top-bar').waitFor()
}

/** The rules of axe that a page breaks, and where. */
async function broken(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  return violations.map((v) => `${v.id} ${v.nodes.map((node) => node.target.join(' ')).join(', ')}`)
}
