import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { type Browser, type BrowserContext, chromium, type Page, type Request, type Response } from 'playwright-core'
import { inject } from 'vitest'
import { openWorld, type World } from '../world.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const CHROMIUM = '/usr/bin/chromium'
const QUIET = [
  ...['--no-sandbox', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
]

// A map is drawn by WebGL, here without a graphics card; the other pages need none.
const DRAWN = ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist']
const FLAT = ['--disable-gpu']

/** Without Debian's Chromium the suites of the browser are skipped by name. */
export const hasChromium = existsSync(CHROMIUM)

/** Browsers in front of the desk of a world of their own, and everything that they complain of. */
export interface Desk {
  world: World
  /** A screen at which somebody is signed in; the same one until the time of the world moves. */
  seat(username: string, o?: Screen): Promise<Page>
  /** A screen at which nobody is signed in. */
  screen(o?: Screen): Promise<Page>
  /** Keeps a picture of the page as a user sees it. */
  shoot(page: Page, name: string): Promise<void>
  /** Errors of the console and of pages, breaches of the content policy, refused answers, other hosts; since the last call. */
  complaints(): string[]
  close(): Promise<void>
}

export interface Screen {
  width?: number
  language?: 'zh' | 'en'
  /** The page at which one signs in, and is when it is done. */
  at?: string
}

/** Opens a world with its desk and a browser; pictures are numbered from `shots` on, `map` is a browser that can draw one. */
export async function openDesk(o: { shots: number; map?: boolean }): Promise<Desk> {
  await buildDesk()
  const world = await openWorld({ desk: true })
  const browser = await chromium.launch({ executablePath: CHROMIUM, headless: true, args: [...QUIET, ...(o.map ? DRAWN : FLAT)] })
  const complaints: string[] = []
  const seats = new Map<string, Promise<Page>>()
  const screen = (s: Screen = {}) => openScreen(browser, { world, complaints, ...s })
  let shot = o.shots
  return {
    world,
    screen,
    seat(username, s = {}) {
      const key = JSON.stringify([username, s, world.time.now])
      return (
        seats.get(key) ??
        seats
          .set(
            key,
            screen(s).then((page) => signIn(page, { world, username, at: s.at })),
          )
          .get(key)!
      )
    },
    shoot: (page, name) => shoot(page, `${String(shot++).padStart(2, '0')}-${name}`),
    complaints: () => complaints.splice(0),
    async close() {
      await browser.close()
      await world.close()
    },
  }
}

/** Signs in through the form, by keyboard alone. */
async function signIn(page: Page, { world, username, at = '/' }: SignIn): Promise<Page> {
  const account = world.accounts.find((each) => each.username === username)
  if (!account) throw new Error(`the world has no ${username}`)
  await page.goto(at)
  await page.getByLabel(/^(用户名|User name)$/).fill(username)
  await page.getByLabel(/^(密码|Password)$/).fill(account.password)
  await page.keyboard.press('Enter')
  await page.locator('.top-bar').waitFor()
  return page
}

type SignIn = { world: World; username: string; at: string | undefined }

/** Waits until nothing on the page is still to come: no placeholder, no picture on its way. */
export async function settled(page: Page): Promise<void> {
  await page.locator('.ant-skeleton, [aria-busy="true"], .ant-btn-loading').first().waitFor({ state: 'detached' })
  await page.evaluate(
    `Promise.all([...document.images].map((image) => { image.loading = 'eager'; return image.decode().catch(() => {}) }))`,
  )
}

type Watched = Screen & { world: World; complaints: string[] }

async function openScreen(browser: Browser, { world, complaints, width = 1440, language = 'zh' }: Watched): Promise<Page> {
  const context = await browser.newContext({
    baseURL: world.url,
    viewport: { width, height: width < 500 ? 844 : 900 },
    locale: language === 'zh' ? 'zh-CN' : 'en-US',
    reducedMotion: 'reduce',
    storageState: { cookies: [], origins: [{ origin: world.url, localStorage: [{ name: 'qinba.language', value: language }] }] },
  })
  context.setDefaultTimeout(30_000) // a loaded machine is slow, not wrong
  await context.clock.setFixedTime(world.time.now)
  watch(context, { world, complaints })
  return context.newPage()
}

function watch(context: BrowserContext, { world, complaints }: Pick<Watched, 'world' | 'complaints'>): void {
  const [origin, opened] = [world.url, world.time.now]
  context.on('console', (said) => {
    const answered = said.text().startsWith('Failed to load resource: the server responded') // judged by its answer below
    const driver = /GL Driver Message .*Performance/.test(said.text()) // a picture taken of a map without a graphics card is slow
    if (['error', 'warning'].includes(said.type()) && !answered && !driver) complaints.push(`console: ${said.text()}`)
  })
  context.on('weberror', (error) => complaints.push(`page: ${error.error().stack}`))
  context.on('request', (request) => isForeign(request, origin) && complaints.push(`other host: ${request.url()}`))
  context.on('requestfailed', (request) => {
    const why = request.failure()?.errorText
    if (why !== 'net::ERR_ABORTED') complaints.push(`failed: ${request.url()} ${why}`) // a page that is left aborts what it asked for
  })
  // A page that stays open while the days go by still looks for news; its session has ended.
  const isOver = (response: Response) => response.status() === 401 && world.time.now !== opened
  context.on('response', (response) => isRefused(response) && !isOver(response) && complaints.push(told(response)))
}

function isForeign(request: Request, origin: string): boolean {
  return !['data:', 'blob:'].includes(new URL(request.url()).protocol) && new URL(request.url()).origin !== origin
}

// Whoever is not signed in is told so when the page asks who it is.
function isRefused(response: Response): boolean {
  return response.status() >= 400 && !(response.status() === 401 && told(response).endsWith('GET /api/session'))
}

function told(response: Response): string {
  return `${response.status()} ${response.request().method()} ${new URL(response.url()).pathname}`
}

async function shoot(page: Page, name: string): Promise<void> {
  const dir = join(ROOT, '.cache/shots', inject('template').kind)
  mkdirSync(dir, { recursive: true })
  await settled(page)
  const fullPage = (await page.locator('.ant-drawer-open').count()) === 0
  await page.screenshot({ path: join(dir, `${name}.png`), fullPage, animations: 'disabled' })
}

// Both databases may find it missing at once: each builds aside, and the first to be done puts it in place.
async function buildDesk(): Promise<void> {
  if (existsSync(join(ROOT, 'dist/web/index.html'))) return
  const aside = join(ROOT, `dist/web-${process.pid}`)
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js')
  await promisify(execFile)(process.execPath, [vite, 'build', 'web', '--outDir', aside], { cwd: ROOT })
  try {
    renameSync(aside, join(ROOT, 'dist/web'))
  } catch {
    rmSync(aside, { recursive: true, force: true })
  }
}
