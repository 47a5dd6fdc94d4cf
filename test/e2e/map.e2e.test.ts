import { copyFileSync, existsSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { commandCtx } from '../../src/cases/import/command.ts'
import { importDemo } from '../../src/cases/import/load-demo.ts'
import { recolourAll } from '../../src/cases/index.ts'
import { systemCtx } from '../world.ts'
import { type Desk, hasChromium, openDesk } from './browser.ts'
import * as form from './forms.ts'

const SHARED = resolve(import.meta.dirname, '../../..', process.env['QINBA_TEST_DATA'] ?? 'shared/data')
const IMAGERY = join(SHARED, 'basemap/usgs-mt-whitney-8-15-webp-512.pmtiles')

// A loaded machine draws slowly, not wrongly.
const soon = <T>(of: () => T) => expect.poll(of, { timeout: 30_000 })

describe.skipIf(!hasChromium)('the map in the browser', { timeout: 120_000 }, () => {
  let desk: Desk
  let page: Page
  const asked: string[] = []
  beforeAll(async () => {
    desk = await openDesk({ shots: 80, map: true })
    await importDemo(systemCtx(desk.world.house) as ReturnType<typeof commandCtx>)
    await recolourAll(desk.world.house)
    if (existsSync(IMAGERY)) {
      mkdirSync(desk.world.house.settings.mapDir, { recursive: true })
      copyFileSync(IMAGERY, join(desk.world.house.settings.mapDir, 'whitney.pmtiles'))
    }
    page = await desk.seat('office', { width: 1280, at: '/account' })
    page.on('request', (request) => asked.push(request.url()))
    await page.setViewportSize({ width: 1280, height: 800 })
  })
  afterAll(() => desk.close())
  afterEach(() => expect(desk.complaints()).toEqual([]))

  const shoot = async (name: string) => {
    await rested(page)
    await page.locator('.fading').waitFor({ state: 'detached' })
    await desk.shoot(page, name)
  }

  it('draws every case of the view, and lists the same beside it', async () => {
    await open(page, '/map')
    const { total } = (await (await desk.world.as('office')).get('/api/cases?limit=1&bbox=105.4,32,108.5,34')).json()
    expect(total).toBeGreaterThan(200)
    await soon(() => drawn(page)).toBe(total)
    expect(await listed(page)).toBe(total)
    await shoot('map-1280')
    expect(await broken(page)).toEqual([])
  })

  it('marks the point of the row that holds the focus, and a row opens its case', async () => {
    await page.locator('.in-view-rows a').first().focus()
    await soon(() => count(page, 'marked')).toBe(1)
    await page.locator('.in-view-rows a').first().click()
    await page.locator('.timeline li').first().waitFor()
    await page.goBack()
    await ready(page)
  })

  it('narrows map and list alike, and keeps the filter in the address', async () => {
    await form.pick(page.locator('.filters'), '三色', '红')
    await soon(() => page.url()).toContain('colour=red')
    await soon(() => drawn(page)).toBeLessThan(20)
    const reds = await listed(page)
    expect(reds).toBeGreaterThan(0)
    await soon(() => drawn(page)).toBe(reds)
    await page.reload()
    await ready(page)
    await soon(() => drawn(page)).toBe(reds)
    await page.getByRole('button', { name: '清除筛选' }).click()
    await soon(() => drawn(page)).toBeGreaterThan(200)
  })

  it('draws an area and narrows by it, by mouse and by typing', async () => {
    const all = await drawn(page)
    await page.getByRole('button', { name: '范围', exact: true }).click()
    await shoot('map-area')
    await page.getByRole('button', { name: '画矩形' }).click()
    await page.locator('.map-says').getByText('画两个角').or(page.locator('.map-says').getByText('两个角')).waitFor()
    const corner = await onScreen(page, [106.8, 33.3])
    const other = await onScreen(page, [107.45, 32.9])
    await page.mouse.move(corner.x, corner.y)
    await page.mouse.down()
    await page.mouse.move((corner.x + other.x) / 2, (corner.y + other.y) / 2, { steps: 4 })
    await page.mouse.move(other.x, other.y, { steps: 4 })
    await page.mouse.up()
    await soon(() => page.url()).toContain('within=')
    await soon(() => drawn(page)).toBeLessThan(all)
    const inside = await listed(page)
    await soon(() => drawn(page)).toBe(inside)
    expect(inside).toBeGreaterThan(50)
    await shoot('map-drawn')
    await page.getByRole('button', { name: '已按范围筛选' }).click()
    await page.getByRole('button', { name: '清除范围' }).click()
    await soon(() => drawn(page)).toBe(all)
    for (const [side, degrees] of Object.entries({ 西: '106.9', 南: '33.3', 东: '106.8', 北: '33.2' }))
      await page.getByLabel(side, { exact: true }).fill(degrees)
    await page.getByLabel('北', { exact: true }).press('Enter')
    await page.getByText('应为：西小于东').waitFor()
    await page.getByLabel('南', { exact: true }).fill('33.1')
    await page.getByLabel('东', { exact: true }).fill('107.1')
    await page.getByLabel('东', { exact: true }).press('Enter')
    await soon(() => new URL(page.url()).searchParams.get('within')).toBe('106.9,33.1;107.1,33.1;107.1,33.2;106.9,33.2')
    await page.getByRole('button', { name: '清除范围' }).click()
    await page.keyboard.press('Escape')
    await page.locator('.map-tools').getByText('全市').click()
    await soon(() => drawn(page)).toBe(all)
  })

  it('parts a group by a click until its cases can be told apart or listed', async () => {
    const zoom = () => inMap<number>(page, 'map.getZoom()')
    for (let i = 0; i < 8 && !(await page.locator('.map-spots').isVisible()); i++) {
      const before = await zoom()
      const at = await biggest(page)
      if (!at) break
      await page.mouse.click(at.x, at.y)
      await soon(async () => (await zoom()) > before || (await page.locator('.map-spots').isVisible())).toBe(true)
      await rested(page)
    }
    await shoot('map-here')
    expect(await page.locator('.map-spots a').count()).toBeGreaterThan(0)
    await page.getByRole('button', { name: '关闭“此处”' }).click()
    await page.locator('.map-tools').getByText('全市').click()
    await rested(page)
  })

  it('works by keyboard: past the map, moving it, asking what lies at its centre', async () => {
    await page.getByRole('link', { name: '跳过地图' }).focus()
    await page.keyboard.press('Enter')
    await soon(() => page.evaluate('document.activeElement.id')).toBe('in-view')
    await page.locator('.maplibregl-canvas').focus()
    const before = await inMap<number>(page, 'map.getCenter().lng')
    await page.keyboard.press('ArrowRight')
    await soon(() => inMap<number>(page, 'map.getCenter().lng')).toBeGreaterThan(before)
    await rested(page)
    await page.keyboard.press('Enter')
    await page
      .locator('.map-lookup dd')
      .getByText(/[县区]$/)
      .waitFor()
    await shoot('map-centre')
    const centre = await inMap<number>(page, 'map.getCenter().lng')
    expect(await page.locator('.map-coordinates').innerText()).toContain(centre.toFixed(5))
    await page.reload()
    await ready(page)
    expect(await inMap<number>(page, 'map.getCenter().lng')).toBeCloseTo(centre, 6)
    await page.locator('.map-tools').getByText('全市').click()
  })

  it('switches and weakens layers, and colours by stage', async () => {
    await page.getByRole('button', { name: '图层' }).click()
    await page.getByLabel('主要河流', { exact: true }).uncheck()
    await soon(() => count(page, 'river')).toBe(0)
    await page.getByLabel('主要河流', { exact: true }).check()
    await soon(() => count(page, 'river')).toBeGreaterThan(0)
    await page.getByLabel('主要河流的不透明度').fill('50')
    await soon(() => inMap(page, `map.getPaintProperty('river', 'line-opacity')`)).toBe(0.5)
    await page.locator('.map-key').getByText('按办理阶段').click()
    await soon(() => page.url()).toContain('by=state')
    await expect
      .poll(() => inMap<string>(page, `JSON.stringify(map.getLayoutProperty('cases', 'icon-image'))`))
      .toContain('hexagon')
    await shoot('map-layers')
    expect(await broken(page)).toEqual([])
    await page.locator('.map-key').getByText('按颜色').click()
  })

  it.skipIf(!existsSync(IMAGERY))('reads imagery of the operator in parts of a file', async () => {
    const parts = () => asked.filter((url) => url.endsWith('whitney.pmtiles')).length
    const before = parts() // its head, while it is off
    await inMap(page, `map.jumpTo({ center: [-118.29, 36.58], zoom: 12 })`)
    await page.getByLabel('影像：whitney', { exact: true }).check()
    await soon(parts).toBeGreaterThan(before + 3)
    await rested(page)
    await shoot('map-imagery')
    await page.getByLabel('影像：whitney', { exact: true }).uncheck()
    await page.keyboard.press('Escape')
    await page.locator('.map-tools').getByText('全市').click()
  })

  it('prints the map as a picture with legend, list, day and the note on its borders', async () => {
    await rested(page)
    await page.evaluate(`window.print = () => { window.printed = true }`)
    await page.getByRole('button', { name: '打印' }).click()
    await soon(() => page.evaluate('window.printed')).toBe(true)
    await page.emulateMedia({ media: 'print' })
    await page.setViewportSize({ width: 794, height: 1123 })
    expect(
      await page.locator('.map-printed').evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth),
    ).toBeGreaterThan(300)
    expect(await page.locator('.map-print-foot').innerText()).toContain('打印日期：2026-03-10 · 边界未附审图号')
    expect(await page.locator('.map-tools').isVisible()).toBe(false)
    await desk.shoot(page, 'map-print')
    await page.emulateMedia({ media: 'screen' })
  })

  it('fits a phone, and speaks English', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    await open(page, '/map')
    await shoot('map-390')
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390)
    expect(await broken(page)).toEqual([])
    expect(await page.evaluate(TOO_SMALL)).toEqual([])
    await page.getByRole('button', { name: 'English' }).click()
    await page.setViewportSize({ width: 1280, height: 800 })
    await ready(page)
    await soon(() => drawn(page)).toBeGreaterThan(200)
    await page.getByRole('button', { name: 'Layers' }).click()
    await shoot('map-1280-en')
    expect(await broken(page)).toEqual([])
    await page.setViewportSize({ width: 390, height: 844 })
    await shoot('map-390-en')
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390)
  })

  it('asked nobody but us for anything', () => {
    expect(asked.filter((url) => url.includes('/tiles/cases/')).length).toBeGreaterThan(5)
    expect(asked.filter((url) => !/^(data|blob):/.test(url) && new URL(url).origin !== desk.world.url)).toEqual([])
  })

  it('without WebGL says so, and the list and the filters still work', async () => {
    const poor = await page.context().newPage()
    await poor.addInitScript(`
      const real = HTMLCanvasElement.prototype.getContext
      HTMLCanvasElement.prototype.getContext = function (kind, ...more) { return kind === 'webgl2' ? null : real.call(this, kind, ...more) }`)
    await poor.goto('/map?colour=red')
    await poor.getByText('This browser cannot draw the map').waitFor()
    await soon(() => poor.locator('.in-view-rows li').count()).toBeGreaterThan(0)
    expect(await broken(poor)).toEqual([])
    await poor.close()
  })
})

async function open(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await ready(page)
}

/** Evaluates an expression over the page's map. */
function inMap<T>(page: Page, expression: string): Promise<T> {
  return page.evaluate(`((map) => (${expression}))(document.querySelector('.map-canvas')?.map)`)
}

async function ready(page: Page): Promise<void> {
  await soon(() => inMap(page, `Boolean(map?.getLayer('stacks'))`)).toBe(true)
  await rested(page)
}

/** Until nothing moves and every tile is there. */
async function rested(page: Page): Promise<void> {
  await expect
    .poll(() => inMap(page, `map === undefined || (!map.isMoving() && map.areTilesLoaded() && map.loaded())`), {
      timeout: 30_000,
    })
    .toBe(true)
}

/** How many cases the map shows, singly and in groups. */
function drawn(page: Page): Promise<number> {
  return inMap(
    page,
    `[...new Map(map.queryRenderedFeatures({ layers: ['clusters', 'stacks', 'cases'] })
      .map((f) => [f.properties.id ?? f.properties.cluster_id ?? JSON.stringify(f.properties), f.properties.n ?? f.properties.point_count ?? 1])).values()]
      .reduce((sum, n) => sum + n, 0)`,
  )
}

const count = (page: Page, layer: string) => inMap<number>(page, `map.queryRenderedFeatures({ layers: ['${layer}'] }).length`)

/** What the line below the title says. */
async function listed(page: Page): Promise<number> {
  await page.locator('.map-list [aria-busy="false"]').waitFor()
  return Number(/\d+/.exec(await page.locator('.page-head [role=status]').innerText())?.[0])
}

async function onScreen(page: Page, at: [number, number]): Promise<{ x: number; y: number }> {
  const inside = await inMap<{ x: number; y: number }>(page, `map.project(${JSON.stringify(at)})`)
  const box = (await page.locator('.maplibregl-canvas').boundingBox())!
  return { x: box.x + inside.x, y: box.y + inside.y }
}

/** Where the group of the most cases lies that no tool of the map covers. */
function biggest(page: Page): Promise<{ x: number; y: number } | null> {
  return inMap(
    page,
    `map.queryRenderedFeatures({ layers: ['stacks', 'clusters', 'cases'] })
      .map((f) => ({ n: f.properties.point_count ?? f.properties.n ?? 1, at: map.project(f.geometry.coordinates) }))
      .map(({ n, at }) => ({ n, x: at.x + map.getCanvas().getBoundingClientRect().x, y: at.y + map.getCanvas().getBoundingClientRect().y }))
      .filter(({ x, y }) => document.elementFromPoint(x, y) === map.getCanvas())
      .sort((a, b) => b.n - a.n)[0] ?? null`,
  )
}

/** The rules of axe that a page breaks, and where. */
async function broken(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  return violations.map((v) => `${v.id} ${v.nodes.map((node) => node.target.join(' ')).join(', ')}`)
}

// What a finger has to hit below the filters: no side under 24 pixels, links in running text aside.
const TOO_SMALL = `[...document.querySelectorAll('.map-page :is(button, input, summary, .in-view-head a)')]
  .filter((e) => e.checkVisibility() && !e.closest('.ant-radio-group'))
  .filter((e) => { const { width, height } = e.getBoundingClientRect(); return width < 24 || height < 24 })
  .map((e) => e.outerHTML.slice(0, 120))`
