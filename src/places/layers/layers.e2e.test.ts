import AxeBuilder from '@axe-core/playwright'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Desk, hasChromium, openDesk, settled } from '../../../test/e2e/browser.ts'
import { LAYER_QUEUE, loadWaitingLayers } from './jobs.ts'
import { geoJson, polygon, scratch, square } from './test-files.ts'

describe.skipIf(!hasChromium)('the layers page in the browser', { timeout: 240_000 }, () => {
  let desk: Desk
  const files = scratch()
  beforeAll(async () => {
    desk = await openDesk({ shots: 80 })
    await desk.world.house.jobs.declare([LAYER_QUEUE])
  })
  afterAll(async () => {
    await desk.close()
    files.remove()
  })
  afterEach(() => expect(desk.complaints()).toEqual([]))

  const BOW = [
    [107.2, 33],
    [107.3, 33.1],
    [107.3, 33],
    [107.2, 33.1],
    [107.2, 33],
  ]

  it('loads a layer, shows what was mended, finds it again at a place, and takes it out of use', {
    timeout: 180_000,
  }, async () => {
    const page = await desk.seat('office', { at: '/layers' })
    await page.getByRole('heading', { name: '图层与分区' }).first().waitFor()
    await desk.shoot(page, 'layers-empty')
    const file = files.write(
      '洋县保护区.geojson',
      geoJson([
        { geometry: polygon(square(107, 33, 0.1)), properties: { name: '朱鹮核心区' } },
        { geometry: polygon(BOW), properties: { name: '领结' } },
        { geometry: null, properties: { name: '空图形' } },
      ]),
    )
    await page.getByRole('button', { name: '加载图层' }).click()
    const sheet = page.locator('.ant-drawer-body')
    await sheet.locator('#layer-file').setInputFiles(file)
    await sheet.getByLabel('类别').fill('自然保护区核心区')
    await page.keyboard.press('Enter')
    await desk.shoot(page, 'layers-upload')
    await sheet.getByRole('button', { name: '上传并加载' }).click()
    await page.getByText('正在读取', { exact: true }).waitFor({ timeout: 90_000 }) // a loaded machine is slow, not wrong
    await loadWaitingLayers(desk.world.house)
    await page.getByText('在用', { exact: true }).waitFor()
    expect(await page.locator('.data-table').innerText()).toContain('修复 1')
    await page.getByRole('button', { name: /^报告/ }).click()
    await page.locator('.ant-drawer-body').getByText('Self-intersection').waitFor()
    await desk.shoot(page, 'layers-report')
    expect(await page.locator('.ant-drawer-body').innerText()).toContain('图形无效，已修复')
    await page.locator('.sheet-foot').getByRole('button', { name: '关闭' }).click()
    await page.locator('.ant-drawer-body').waitFor({ state: 'detached' })

    await page.getByLabel('经度').fill('107.05')
    await page.getByLabel('纬度').fill('33.05')
    await page.getByRole('button', { name: '查询' }).click()
    await page.getByText('朱鹮核心区').first().waitFor()
    expect(await page.locator('.zone-head').innerText()).toContain('核心保护区')
    await page.locator('summary').click()
    await desk.shoot(page, 'layers-lookup')

    await page
      .locator('#lookup-file')
      .setInputFiles(files.write('地块.geojson', JSON.stringify(polygon(square(107.05, 33.05, 0.1)))))
    await page.getByRole('button', { name: '查询' }).click()
    await page.getByText('占地块').first().waitFor()
    expect(await page.locator('.facts').innerText()).toMatch(/核心保护区 25(\.0\d)? %/)
    await desk.shoot(page, 'layers-parcel')
    expect((await new AxeBuilder({ page }).analyze()).violations.map((v) => [v.id, v.nodes.map((node) => node.html)])).toEqual([])

    await page.getByRole('button', { name: /^停用/ }).click()
    await page.locator('.ant-popconfirm').getByRole('button', { name: '停用' }).click()
    await page.getByText('还没有图层').waitFor()
  })

  it('says why a file was not loaded, on a phone and in English', async () => {
    const page = await desk.seat('office', { at: '/layers', width: 390, language: 'en' })
    const file = files.write('swapped.geojson', geoJson([{ geometry: polygon(square(33, 107, 0.1)) }]))
    await page.getByRole('button', { name: 'Load a layer' }).click()
    const sheet = page.locator('.ant-drawer-body')
    await sheet.locator('#layer-file').setInputFiles(file)
    await sheet.getByLabel('Kind').fill('Other')
    await page.keyboard.press('Enter')
    await sheet.getByRole('button', { name: 'Upload and load' }).click()
    await page.getByText('being read', { exact: true }).waitFor()
    await loadWaitingLayers(desk.world.house)
    await page.getByText('not loaded', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Report swapped v1' }).click()
    await page.getByText(/The axes are swapped/).waitFor()
    await desk.shoot(page, 'layers-phone-refused')
    await page.locator('.sheet-foot').getByRole('button', { name: 'Close' }).click()
    await page.locator('.ant-drawer-body').waitFor({ state: 'detached' })
    await settled(page)
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390)
    await desk.shoot(page, 'layers-phone')
    expect((await new AxeBuilder({ page }).analyze()).violations.map((v) => [v.id, v.nodes.map((node) => node.html)])).toEqual([])
  })

  it('lets whoever may not manage look, and no more', async () => {
    const page = await desk.seat('grid-hantai', { at: '/layers' })
    await page.getByRole('button', { name: '查询' }).waitFor()
    expect(await page.getByRole('button', { name: '加载图层' }).count()).toBe(0)
  })
})
