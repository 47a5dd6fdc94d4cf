import type { LightMyRequestResponse } from 'fastify'
import type { Cell } from './cell.ts'
import { isPublic, maySee, ROUTES, turnedAway } from './expected.ts'
import { featuresOf, tileAt } from './requests.ts'
import type { Planted, Scene, Sender } from './scene.ts'

/** How an answer that says too little begins: wrong, and yet no leak. */
export const SHORT = 'only'

/** A number that the product says of many cases: whoever could take two such numbers apart must find only what he sees. */
interface Sum {
  route: string
  url: string
  /** Which of the cases that are seen it speaks of. */
  of(c: Planted): boolean
  /** The number said; undefined where the answer names the cases instead. */
  n?(answer: LightMyRequestResponse): number
  ids?(answer: LightMyRequestResponse): string[]
}

type Items = { items: { id: string }[]; total: number; next: string | null }
const items = (answer: LightMyRequestResponse) => answer.json<Items>().items.map((i) => i.id)
const total = (answer: LightMyRequestResponse) => answer.json<Items>().total

/** The problem list narrowed in each way that it can be, with its total and its members. */
const LISTS: [query: string, of: Sum['of']][] = [
  ['', () => true],
  ['&region=610702', (c) => c.county === '610702'],
  ['&region=610722', (c) => c.county === '610722'],
  ['&state=reported', (c) => c.state === 'reported'],
  ['&state=publicising,objected&region=610722', (c) => c.state === 'publicising' && c.county === '610722'],
  ['&category=W4', (c) => c.state !== 'reported'],
  ['&path=inspection', () => true],
  ['&q=%E5%9B%BE%E6%96%91', () => true],
  ['&bbox=107.2,33,107.6,33.4', (c) => c.county === '610722'],
  ['&within=107.2,33;107.6,33;107.6,33.4;107.2,33.4', (c) => c.county === '610722'],
  ['&incomplete=false', () => true],
]

const tileSum = (answer: LightMyRequestResponse) =>
  featuresOf(answer, 'clusters').reduce((n, f) => n + Number(f['n']), 0) + featuresOf(answer, 'cases').length

const numbersTotal = (answer: LightMyRequestResponse) => answer.json<{ total: { total: { n: number } } }>().total.total.n
const bulletinTotal = (answer: LightMyRequestResponse) =>
  answer.json<{ data: { counties: { green: number }[] } }>().data.counties.reduce((n, line) => n + line.green, 0)
const crossTotal = (answer: LightMyRequestResponse) =>
  answer.json<{ cells: { n: number }[] }>().cells.reduce((n, cell) => n + cell.n, 0)
const boardTotal = (answer: LightMyRequestResponse) => answer.json<{ total: { all: { n: number } } }>().total.all.n
const monthTotal = (answer: LightMyRequestResponse) =>
  answer.json<{ total: { month: string; green: { n: number } }[] }>().total.find((m) => m.month === '2026-02')?.green.n ?? 0

const AS_OF = '/api/cases/as-of/2026-03-26'
const MIDDLE = { lng: 107.2, lat: 33.1 }

const SUMS: Sum[] = [
  ...LISTS.flatMap(([query, of]): Sum[] => {
    const asked = { route: 'GET /api/cases', url: `/api/cases?limit=200${query}`, of }
    return [
      { ...asked, n: total },
      { ...asked, ids: items },
    ]
  }),
  ...[4, 7].map((z): Sum => ({ route: 'GET /tiles/cases/{z}/{x}/{y}.mvt', url: tileAt(MIDDLE, z), of: () => true, n: tileSum })),
  ...['?state=reported', '?q=%E5%9B%BE%E6%96%91'].map(
    (query): Sum => ({
      route: 'GET /tiles/cases/{z}/{x}/{y}.mvt',
      url: tileAt(MIDDLE, 7) + query,
      of: (c) => query !== '?state=reported' || c.state === 'reported',
      n: tileSum,
    }),
  ),
  ...['region', 'path', 'source', 'batch'].map(
    (by): Sum => ({ route: 'GET /api/board', url: `/api/board?by=${by}`, of: () => true, n: boardTotal }),
  ),
  { route: 'GET /api/board', url: '/api/board?region=610722', of: (c) => c.county === '610722', n: boardTotal },
  ...['region', 'unit', 'category', 'month'].map(
    (by): Sum => ({ route: 'GET /api/numbers', url: `/api/numbers?by=${by}`, of: () => true, n: numbersTotal }),
  ),
  { route: 'GET /api/numbers', url: '/api/numbers?region=610722', of: (c) => c.county === '610722', n: numbersTotal },
  { route: 'GET /api/numbers/bulletin/{month}', url: '/api/numbers/bulletin/2026-02', of: () => true, n: bulletinTotal },
  { route: 'GET /api/numbers/cross', url: '/api/numbers/cross', of: () => true, n: crossTotal },
  { route: 'GET /api/board/months', url: '/api/board/months', of: () => true, n: monthTotal },
  { route: 'GET /api/board/months', url: '/api/board/months?region=610722', of: (c) => c.county === '610722', n: monthTotal },
  { route: 'GET /api/cases/as-of/{day}', url: `${AS_OF}?limit=200`, of: () => true, n: total },
  { route: 'GET /api/cases/as-of/{day}', url: `${AS_OF}?limit=200&region=610722`, of: (c) => c.county === '610722', n: total },
  {
    route: 'GET /api/cases/as-of/{day}/file',
    url: `${AS_OF}/file?format=csv`,
    of: () => true,
    n: (answer) => answer.body.split('号图斑').length - 1,
  },
]

/** The cells of one sender: every sum, and every cursor of a list that is paged through. */
export function numbersOf(scene: Scene, sender: Sender): Cell[] {
  const sums = SUMS.filter(({ route }) => turnedAway(ROUTES[route]!, sender) === undefined)
  const lists = turnedAway(ROUTES['GET /api/cases']!, sender) === undefined ? ['/api/cases', AS_OF] : []
  return [
    ...sums.map((sum) => sumCell(sum, scene, sender)),
    ...lists.map((list) => cursorCell(list, scene, sender)),
    ...['/api/public/notices', '/public/notices'].map((url) => noticeCell(url, scene, sender)),
  ]
}

function sumCell(sum: Sum, scene: Scene, sender: Sender): Cell {
  const seen = scene.cases.filter((c) => maySee(sender, c) && sum.of(c))
  const name = `${sum.url} · ${sender.name}`
  const check = async () => {
    const answer = await sender.send({ method: 'GET', url: sum.url })
    if (answer.statusCode !== 200) return `${name}: ${answer.statusCode} ${answer.body}`
    if (sum.ids) {
      const ids = sum.ids(answer)
      const shows = ids.some((id) => !seen.some((c) => c.id === id))
      const lacks = seen.some((c) => !ids.includes(c.id))
      return shows || lacks ? `${name}: ${shows ? 'names' : SHORT} ${ids.length}, not ${seen.length}` : undefined
    }
    const n = sum.n!(answer)
    return n === seen.length ? undefined : `${name}: ${n < seen.length ? SHORT : 'counts'} ${n}, not ${seen.length}`
  }
  return { name, hidden: seen.length < scene.cases.filter(sum.of).length, check }
}

// The cursor is made of a case: it must be one that was shown, and no page may be short of what was hidden from it.
function cursorCell(list: string, scene: Scene, sender: Sender): Cell {
  const seen = scene.cases.filter((c) => maySee(sender, c))
  const name = `${list} page by page · ${sender.name}`
  const check = async () => {
    const shown: string[] = []
    for (let after = ''; ; ) {
      const answer = await sender.send({ method: 'GET', url: `${list}?limit=3${after}` })
      if (answer.statusCode !== 200) return `${name}: ${answer.statusCode} ${answer.body}`
      const page = answer.json<Items>()
      shown.push(...page.items.map((i) => i.id))
      if (!page.next) break
      if (!shown.includes(page.next.slice(11))) return `${name}: the cursor names a case that is not seen`
      if (page.items.length < 3) return `${name}: a page of ${page.items.length} with more to come`
      after = `&after=${page.next}`
    }
    return shown.length === seen.length ? undefined : `${name}: ${shown.length}, not ${seen.length}`
  }
  return { name, hidden: true, check }
}

function noticeCell(url: string, scene: Scene, sender: Sender): Cell {
  const shown = scene.cases.filter(isPublic)
  const name = `${url} in all · ${sender.name}`
  const check = async () => {
    const answer = await sender.send({ method: 'GET', url })
    const named = scene.cases.filter((c) => answer.body.includes(c.id))
    return named.length === shown.length && named.every(isPublic) ? undefined : `${name}: ${named.length}, not ${shown.length}`
  }
  return { name, hidden: true, check }
}
