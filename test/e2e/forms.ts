import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Colour, Move, RecordAct, State } from '../../src/cases/rules/codes.ts'
import { COLOUR_LABELS, STATE_LABELS } from '../../src/cases/rules/labels.ts'
import { settled } from './browser.ts'

/** What a user does on the page of a case, and what a user sees there. */

export async function openCase(page: Page, id: string): Promise<void> {
  await page.goto(`/cases/${id}`)
  await page.locator('.timeline li').first().waitFor()
  await settled(page)
}

/** Opens the form of a move from the list of what can be done now; a user who has just acted on the case is there already. */
export async function openForm(page: Page, id: string, move: Move | RecordAct): Promise<Locator> {
  if (!new URL(page.url()).pathname.endsWith(id)) await openCase(page, id)
  await page.locator(`.moves-open [data-move="${move}"]`).click()
  return sheet(page)
}

/** Opens it from 我的工作, where a row leads straight to the form of the move it waits for. */
export async function openFromWork(page: Page, move: Move, title: string): Promise<Locator> {
  await page.locator('.navigation').getByRole('link', { name: '我的工作' }).click()
  await page.locator(`.work-strip .work-${move}`).click()
  await page.locator(`#${move}`).getByRole('link', { name: title }).click()
  return sheet(page)
}

export async function sheet(page: Page): Promise<Locator> {
  const form = page.locator('.ant-drawer-body form')
  await form.waitFor()
  // A form that slides in takes the focus when it has arrived, and would close a list that was opened before.
  const arrived = `document.activeElement.closest('.ant-drawer') !== null && !document.querySelector('.ant-drawer [class*="-motion-"]')`
  await expect.poll(() => page.evaluate(arrived), { timeout: 30_000 }).toBe(true)
  await settled(page)
  return form
}

/** Sends the open form; where it stays open, says what the user is told. */
export async function submit(page: Page): Promise<void> {
  const drawer = page.locator('.ant-drawer-body')
  await drawer.locator('button[type=submit]').click()
  const told = drawer.locator('.ant-alert, .ant-form-item-explain-error')
  await drawer.waitFor({ state: 'detached' }).catch(async () => {
    throw new Error(`the form stays open: ${(await told.allInnerTexts()).join(' | ')}`)
  })
  await settled(page)
}

/** Chooses from a list that the user opens and narrows by typing. */
export async function pick(form: Locator, label: string | RegExp, text: string): Promise<void> {
  const page = form.page()
  const box = form.getByLabel(label)
  await box.click()
  if (await box.isEditable()) await box.fill(text)
  const list = page.locator('.ant-select-dropdown:visible')
  const option = list.locator(`.ant-select-item-option[title*="${text}"]`).first()
  await option.click()
  // The next list must not be taken for one that is still closing; on a loaded machine a list may miss its first click.
  const gone = (timeout: number) => list.waitFor({ state: 'detached', timeout })
  await gone(3_000).catch(() => option.click().then(() => gone(30_000)))
}

/** Answers every standard with yes. */
export async function meetStandards(form: Locator): Promise<void> {
  for (const standard of await form.locator('.field-standards fieldset').all())
    await standard.getByRole('radio', { name: '是', exact: true }).check()
}

/** Uploads one photo as evidence of a kind. */
export async function addPhoto(page: Page, o: { kind: string; name: string; content: Buffer }): Promise<void> {
  await page.getByRole('button', { name: '上传证据' }).click()
  const form = await sheet(page)
  await form.getByRole('radio', { name: o.kind, exact: true }).check()
  await page.locator('#evidence-file').setInputFiles({ name: o.name, mimeType: 'image/jpeg', buffer: o.content })
  await submit(page)
}

export async function expectState(page: Page, state: State): Promise<void> {
  await expect.poll(() => page.locator('.page-head .mark-state').innerText(), { timeout: 30_000 }).toBe(STATE_LABELS[state].zh)
}

export async function expectColour(page: Page, colour: Colour): Promise<void> {
  await expect.poll(() => page.locator('.page-head .signal').innerText(), { timeout: 30_000 }).toBe(COLOUR_LABELS[colour].zh)
}

/** The newest sentence of the story of the case says so. */
export async function expectTold(page: Page, words: string): Promise<void> {
  await expect.poll(() => page.locator('.timeline li').first().innerText(), { timeout: 30_000 }).toContain(words)
}

/** Why a move cannot be made now, as the page explains it. */
export async function whyNot(page: Page, move: Move): Promise<string> {
  const list = page.locator('.moves-refused', { has: page.locator(`[data-move="${move}"]`) })
  const reason = list.locator(`[data-move="${move}"]`)
  if (!(await reason.isVisible())) await list.locator('summary').click()
  return reason.innerText()
}
