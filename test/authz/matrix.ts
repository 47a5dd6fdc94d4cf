import type { LightMyRequestResponse } from 'fastify'
import { routes } from '../../src/contexts.ts'
import type { Cell } from './cell.ts'
import { isPublic, maySee, ROUTES, type Row, turnedAway } from './expected.ts'
import { numbersOf } from './numbers.ts'
import { QUESTIONS } from './requests.ts'
import type { Planted, Scene, Sender } from './scene.ts'

const SESSION = ['POST /api/session', 'GET /api/session', 'DELETE /api/session', 'POST /api/session/password']

/** The routes of the product by name, those of the session among them. */
export const ROUTE_NAMES = [...SESSION, ...routes.map((r) => `${r.method} ${r.path}`)]

/** Clearances that the matrix is asked with: the highest, and what most people have. */
export const CLEARANCES = [3, 1] as const

/** Every cell for senders of one clearance. What says nothing of a case is asked once. */
export async function cellsFor(scene: Scene, senders: readonly Sender[]): Promise<Cell[]> {
  const cells: Cell[] = []
  for (const name of ROUTE_NAMES) {
    const row = ROUTES[name]
    if (!row || !QUESTIONS[name]) throw new Error(`${name} has no row in test/authz/expected.ts or no question in requests.ts`)
    const about = row.about === 'nothing' || !saysWhich(row, name) ? scene.cases.slice(0, 1) : scene.cases
    for (const sender of senders) for (const c of about) cells.push(cellOf(row, { name, sender, c }))
  }
  for (const sender of senders) cells.push(...numbersOf(scene, sender))
  return cells
}

const saysWhich = (row: Row, name: string) =>
  row.about === 'case' || row.about === 'notice' || QUESTIONS[name]!.shows !== undefined

interface Asked {
  name: string
  sender: Sender
  c: Planted
}

function cellOf(row: Row, { name, sender, c }: Asked): Cell {
  const turned = turnedAway(row, sender)
  const seen = row.about === 'notice' || row.about === 'notices' ? isPublic(c) : maySee(sender, c)
  const question = QUESTIONS[name]!
  return {
    name: `${name} · ${sender.name} · ${c.county} ${c.state} ${c.label}`,
    hidden: turned === undefined && row.about !== 'nothing' && saysWhich(row, name) && !seen,
    check: async () => {
      const answer = await sender.send(question.ask(c))
      const wrong = judge(row, answer, { turned, seen, shows: () => question.shows?.(answer, c) })
      return wrong && `${name} · ${sender.name} · ${c.county} ${c.state} ${c.label}: ${wrong}`
    },
  }
}

// Who sees a case need not have anything to do on it.
const WORK = [ROUTES['GET /api/work']!, ROUTES['GET /api/work/{group}']!]

interface Verdict {
  turned: 401 | 403 | undefined
  seen: boolean
  shows(): boolean | undefined
}

function judge(row: Row, answer: LightMyRequestResponse, { turned, seen, shows }: Verdict): string | undefined {
  const { statusCode } = answer
  const expected = turned ?? (!seen && (row.about === 'case' || row.about === 'notice') ? 404 : row.status)
  const told = `${statusCode}, not ${expected}`
  if (expected === 'heard') return [401, 404].includes(statusCode) || statusCode >= 500 ? told : undefined
  if (statusCode !== expected) return told
  if (statusCode !== 200 || (row.about !== 'list' && row.about !== 'notices')) return undefined
  const shown = shows()
  if (shown === undefined || shown === seen) return undefined
  return shown ? 'shows what is not seen' : WORK.includes(row) ? undefined : 'leaves out what is seen'
}

/** Asks the cells, a few at once, and says which were wrong. */
export async function askAll(cells: readonly Cell[]): Promise<{ cell: Cell; wrong: string }[]> {
  const found: { cell: Cell; wrong: string }[] = []
  const queue = [...cells]
  const worker = async () => {
    for (let cell = queue.shift(); cell; cell = queue.shift()) {
      const wrong = await cell.check().catch((e: unknown) => `${cell.name}: ${e}`)
      if (wrong) found.push({ cell, wrong })
    }
  }
  await Promise.all(Array.from({ length: 4 }, worker))
  return found
}

/** A seeded draw of about `n` of the cells, the same on every machine; all of them where there are no more. */
export function draw<T>(all: readonly T[], n: number): T[] {
  if (all.length <= n) return [...all]
  let state = 20260323
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  return all.filter(() => next() < n / all.length)
}
