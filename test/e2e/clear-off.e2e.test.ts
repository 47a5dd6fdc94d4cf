import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { proveJournal } from '../../src/base/journal/prove.ts'
import { commandCtx } from '../../src/cases/import/command.ts'
import { importCases } from '../../src/cases/import/run.ts'
import { fileOf, xlsxOf } from '../../src/cases/import/test-files.ts'
import { recolourAll } from '../../src/cases/index.ts'
import { journalled } from '../../src/contexts.ts'
import { photo } from '../photos.ts'
import { POINT } from '../walk.ts'
import { type Desk, hasChromium, openDesk } from './browser.ts'
import * as form from './forms.ts'

const TITLE = '汉台区褒河右岸弃渣露天堆放'
const HEADER = ['序号', '反馈问题', '整改目标', '整改措施', '整改时限', '整改落实情况', '验收时间', '示例']
const ROW = ['1', `${TITLE}，未采取防护措施。`, '', '', '2026年6月底前', '', '', '是']
const UNIT = '汉台区住房和城乡建设局'
const ACCEPTANCE = '汉中市住房和城乡建设局'
const BEFORE = { takenAt: '2026-03-09T10:00:00', scene: 'heap' as const }
const AFTER = { takenAt: '2026-03-31T15:00:00', scene: 'green' as const }

describe.skipIf(!hasChromium)('in the browser, an imported problem goes from list to clear-off', { timeout: 180_000 }, () => {
  let desk: Desk
  let id: string
  beforeAll(async () => {
    desk = await openDesk({ shots: 1 })
  })
  afterAll(() => desk.close())
  afterEach(() => expect(desk.complaints()).toEqual([]))
  const shoot = (page: Page, name: string) => desk.shoot(page, name)
  const send = async (page: Page, name: string) => {
    await shoot(page, `form-${name}`)
    await form.submit(page)
  }

  it('the sheet puts one row on the list, and the office finds it there', async () => {
    const file = fileOf('clear-off.xlsx', await xlsxOf({ sheet: '整改销号表', rows: [HEADER, ROW] }))
    const report = await importCases(commandCtx(desk.world.house), {
      file,
      source: 'provincial_inspection',
      batch: '第三轮省级督察',
    })
    expect(report).toMatchObject({ read: 1, added: 1, refused: [], states: { reported: 1 } })
    const page = await desk.screen()
    await page.goto('/')
    await page.getByLabel('用户名').waitFor()
    await shoot(page, 'sign-in')
    const office = await desk.seat('office')
    await shoot(office, 'work-office')
    await office.getByRole('link', { name: '问题清单' }).click()
    await office.getByRole('heading', { name: '问题清单' }).waitFor()
    await office.getByRole('link', { name: TITLE }).click()
    await form.expectState(office, 'reported')
    id = new URL(office.url()).pathname.split('/').at(-1)!
    await form.expectTold(office, '由既有清单导入，状态：待研判；clear-off.xlsx 第 2 行')
    await shoot(office, 'case-imported')
  })

  it('the office fills what the row lacks and assigns it', async () => {
    const office = await desk.seat('office')
    expect(await form.whyNot(office, 'assign')).toContain('问题现处于“待研判”')
    const triage = await form.openFromWork(office, 'triage', TITLE)
    await form.pick(triage, '问题类别', '乱排乱放')
    await triage.getByRole('checkbox', { name: '垃圾', exact: true }).check()
    await triage.getByRole('radio', { name: '较重', exact: true }).check()
    await form.pick(triage, '秦岭分区', '一般保护区')
    await triage.getByLabel('详细地址').fill('褒河右岸')
    await triage.getByLabel('经度').fill(String(POINT.lng))
    await triage.getByLabel('纬度').fill(String(POINT.lat))
    await send(office, 'triage')
    await form.expectState(office, 'triaged')

    const assign = await form.openForm(office, id, 'assign')
    expect(await assign.getByLabel('整改时限').inputValue()).toBe('2026年6月底前') // as the sheet said
    const duties = assign.locator('.duty-row')
    await form.pick(duties.nth(0), '单位', UNIT)
    await form.pick(duties.nth(1), '单位', UNIT)
    await form.pick(duties.nth(2), '单位', ACCEPTANCE)
    await form.pick(assign, '责任领导', '分管副市长')
    await send(office, 'assign')
    await form.expectState(office, 'assigned')
    await form.expectColour(office, 'green')
    await form.expectTold(office, `交办：责任单位 ${UNIT}，牵头单位 ${UNIT}，验收单位 ${ACCEPTANCE}`)
  })

  it('the unit signs for it and submits its plan, with money in yuan and a milestone', async () => {
    const unit = await desk.seat('unit-hantai')
    const sign = await form.openFromWork(unit, 'sign', TITLE)
    await sign.getByLabel('联系人及电话').fill('示例·李工 0916-2000000')
    await send(unit, 'sign')
    await form.expectState(unit, 'signed')
    const plan = await form.openForm(unit, id, 'plan')
    await plan.getByLabel('整改目标').fill('清除弃渣，恢复岸坡')
    await plan.getByLabel('措施内容').fill('清运弃渣 1200 立方米，岸坡复绿')
    await plan.getByLabel('完成标准').first().fill('现场无弃渣')
    await plan.getByLabel('计划日期').fill('2026-05-01')
    await plan.getByLabel('资金（元）').fill('356000.5')
    await plan.getByRole('button', { name: '添加节点' }).click()
    const milestone = plan.locator('.milestone-row')
    await milestone.getByLabel('计划日期').fill('2026-04-10')
    await milestone.getByLabel('节点').fill('清运一半')
    await milestone.getByLabel('完成标准').fill('600 立方米')
    await send(unit, 'plan')
    await form.expectState(unit, 'plan_submitted')
    await unit.getByRole('tab', { name: '任务清单' }).click()
    await expect
      .poll(() => unit.getByRole('tabpanel', { name: '任务清单' }).locator('.task-total').innerText())
      .toContain('资金合计 356,000.50 元')
  })

  it('the leader reads the plan and approves it', async () => {
    const leader = await desk.seat('leader')
    await shoot(leader, 'work-leader')
    const approve = await form.openFromWork(leader, 'approve_plan', TITLE)
    expect(await leader.locator('.move-context').innerText()).toContain('清运弃渣 1200 立方米')
    await approve.getByLabel('备注').fill('同意，按节点推进')
    await send(leader, 'approve')
    await form.expectState(leader, 'rectifying')
  })

  it('the unit is told what is missing, shows before and after, and finishes its self-check', async () => {
    const early = await desk.seat('unit-hantai')
    await form.openCase(early, id)
    await form.addPhoto(early, { kind: '整改前', name: 'IMG_0309.jpg', content: await photo({ ...BEFORE, ...POINT }) })
    expect(await form.whyNot(early, 'self_check')).toContain('还有 1 项措施或节点没有完成')
    await shoot(early, 'case-refused-moves')

    desk.world.time.now = new Date('2026-04-01T02:00:00Z')
    await recolourAll(desk.world.house)
    const unit = await desk.seat('unit-hantai')
    await form.openCase(unit, id)
    await form.expectColour(unit, 'yellow')
    expect(await unit.locator('.why').innerText()).toMatch(/缺 \d 次进展报告（每 7 天一次）/)
    await form.addPhoto(unit, { kind: '整改后', name: 'IMG_0331.jpg', content: await photo({ ...AFTER, ...POINT }) })
    await form.openCase(unit, id)
    await unit.getByRole('tab', { name: '任务清单' }).click()
    expect(await form.whyNot(unit, 'self_check')).toContain('清运弃渣 1200 立方米')
    await shoot(unit, 'case-yellow')
    const progress = await form.openForm(unit, id, 'progress')
    await progress.getByLabel('内容').fill('弃渣已全部清运，岸坡已复绿')
    await progress.getByLabel('完成比例（%）').fill('100')
    for (const done of await progress.locator('.check-lines').getByRole('checkbox').all()) await done.check()
    await progress.getByLabel(/累计支出/).fill('298000')
    await send(unit, 'progress')
    await form.expectColour(unit, 'green')
    const check = await form.openForm(unit, id, 'self_check')
    await form.meetStandards(check)
    await check.locator('.field-conclusion textarea').fill('整改任务全部完成，申请验收')
    await send(unit, 'self-check')
    await form.expectState(unit, 'self_checked')
    expect(await form.whyNot(unit, 'county_accept')).toContain('您的岗位不能办理此事项')
  })

  it('the county and then the city accept it on site', async () => {
    for (const [who, move, state] of [
      ['county-office-hantai', 'county_accept', 'county_accepted'],
      ['inspector', 'city_accept', 'city_accepted'],
    ] as const) {
      const page = await desk.seat(who)
      const accept = await form.openFromWork(page, move, TITLE)
      await accept.getByLabel('到场人员').fill('示例·甲\n示例·乙')
      await form.meetStandards(accept)
      await accept.locator('.field-conclusion textarea').fill('现场核查，弃渣已清，同意通过')
      if (move === 'city_accept') await accept.getByLabel('验收销号意见文号').fill('汉住建验〔2026〕1号')
      await send(page, move)
      await form.expectState(page, state)
      await form.expectTold(page, '（2026-04-01 到现场：示例·甲、示例·乙）')
    }
  })

  it('the office puts it on public notice, where a stranger reads it without names', async () => {
    const office = await desk.seat('office')
    const notice = await form.openFromWork(office, 'publicise', TITLE)
    await notice.getByLabel('公示渠道').fill('市生态环境局网站')
    await notice.getByLabel('监督电话').fill('0916-2253396')
    await send(office, 'publicise')
    await form.expectState(office, 'publicising')
    expect(await form.whyNot(office, 'file')).toContain('2026-04-15')
    const stranger = await desk.screen()
    await stranger.goto('/public/notices')
    await shoot(stranger, 'public-list')
    await stranger.getByRole('link', { name: TITLE }).click()
    const told = await stranger.locator('main').innerText()
    expect(told).toContain('2026-04-01 至 2026-04-15')
    expect(told).toContain('清除弃渣，恢复岸坡')
    expect(told).not.toMatch(/示例·(甲|李工|督办|分管领导)/)
    await shoot(stranger, 'public-notice')
  })

  it('after ten working days the office files it and clears it off; the journal proves it all', async () => {
    desk.world.time.now = new Date('2026-04-20T02:00:00Z')
    const office = await desk.seat('office')
    const file = await form.openFromWork(office, 'file', TITLE)
    await file.getByLabel('文号').fill('汉环督备〔2026〕3号')
    await file.getByLabel('备案机关').fill('省督察办')
    await send(office, 'file')
    await form.openForm(office, id, 'close')
    await send(office, 'close')
    await form.expectState(office, 'closed')
    await form.expectColour(office, 'green')
    await form.expectTold(office, '已备案 → 已销号')
    const thumbs = office.locator('.evidence-item img')
    expect(await thumbs.count()).toBe(2)
    for (const thumb of await thumbs.all())
      expect(await thumb.evaluate((image: { naturalWidth?: number }) => image.naturalWidth)).toBeGreaterThan(100)
    await form.openCase(office, id)
    await office.getByRole('tab', { name: '销号清单' }).click()
    await shoot(office, 'case-closed')
    const proof = await proveJournal(desk.world.house, { journalled })
    expect(proof, proof.message.zh).toMatchObject({ ok: true })
  })
})
