import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { askServer, socketPath } from '../../src/base/command.ts'
import { type Door, read } from './clients.ts'
import type { Known, Ledger } from './ledger.ts'

/** What an audit found: acknowledgements that are gone, rows that are one too many, and whatever else is wrong. */
export interface Findings {
  lost: number
  duplicated: number
  wrong: string[]
}

interface Item {
  id: string
  no: string
  title: string
  version: number
}

/**
 * Compares what the product shows with what it acknowledged, once every open question is settled: each case once, at exactly the
 * version that was last acknowledged, each photo referred to once and whole on disk, no number twice. Cases named in `known` are
 * opened one by one; the list is read whole.
 */
export async function auditFromOutside(
  door: Door,
  ledger: Ledger,
  o: { blobs: string; known: Iterable<Known> },
): Promise<Findings> {
  const findings: Findings = { lost: 0, duplicated: 0, wrong: [] }
  const items = await wholeList(door)
  compareList(items, ledger, findings)
  for (const known of o.known) if (items.some((item) => item.id === known.id)) await compareCase(door, known, { ...o, findings })
  return findings
}

/** `journal verify` beside the running server, against the checkpoints kept outside, once there is one; what it says when it is not content. */
export async function verifyJournal(dataDir: string, checkpointFile: string): Promise<string[]> {
  const said: string[] = []
  const say = (line: string) => void said.push(line)
  const given = existsSync(checkpointFile) ? ['--checkpoint', checkpointFile] : []
  const order = { argv: ['journal', 'verify', ...given], cwd: '/' }
  const code = await askServer(socketPath(dataDir), order, { out: say, err: say, progress: () => {} })
  return code === 0 ? [] : [`journal verify: ${code} ${said.join(' ')}`]
}

async function wholeList(door: Door): Promise<Item[]> {
  const items: Item[] = []
  for (let after = ''; ; ) {
    const page = await read<{ items: Item[]; next: string | null }>(door, `/api/cases?limit=200${after && `&after=${after}`}`)
    items.push(...page.items)
    if (!page.next) return items
    after = page.next
  }
}

function compareList(items: Item[], ledger: Ledger, findings: Findings): void {
  const byTitle = new Map<string, Item[]>()
  for (const item of items) byTitle.set(item.title, [...(byTitle.get(item.title) ?? []), item])
  for (const known of ledger.cases.values()) compareRows(byTitle.get(known.title) ?? [], known, findings)
  for (const [title, rows] of byTitle) if (rows.length > 1) findings.wrong.push(`${title} is there ${rows.length} times`)
  if (new Set(items.map((i) => i.no)).size !== items.length) findings.wrong.push('a number is there twice')
}

function compareRows(rows: Item[], known: Known, findings: Findings): void {
  const row = rows.find((r) => r.id === known.id)
  findings.duplicated += Math.max(0, rows.length - 1)
  findings.lost += Math.max(0, known.version - (row?.version ?? 0))
  if (!row) return void findings.wrong.push(`${known.no} is gone with its ${known.version} acknowledged acts`)
  if (row.version !== known.version || row.no !== known.no)
    findings.wrong.push(`${known.no} at version ${known.version} was acknowledged, ${row.no} at ${row.version} is there`)
  findings.duplicated += Math.max(0, row.version - known.version)
}

async function compareCase(door: Door, known: Known, o: { blobs: string; findings: Findings }): Promise<void> {
  const { evidence = [] } = await read<{ evidence?: { sha256: string }[] }>(door, `/api/cases/${known.id}`)
  const { events } = await read<{ events: unknown[] }>(door, `/api/cases/${known.id}/events`)
  if (events.length !== known.version)
    o.findings.wrong.push(`${known.no} has ${events.length} events at version ${known.version}`)
  const found = evidence.map((e) => e.sha256)
  for (const sha of known.photos) if (!found.includes(sha)) o.findings.lost++
  o.findings.duplicated += found.length - new Set(found).size
  if (found.length !== known.photos.length)
    o.findings.wrong.push(`${known.no} has ${found.length} photos, ${known.photos.length} were sent`)
  o.findings.wrong.push(...(await damagedBlobs(o.blobs, found)))
}

/** Files that are not there, or do not hash to their name. */
export async function damagedBlobs(blobs: string, names: string[]): Promise<string[]> {
  const wrong: string[] = []
  for (const sha of names) {
    const content = await readFile(join(blobs, sha.slice(0, 2), sha.slice(2, 4), sha)).catch(() => undefined)
    if (!content) wrong.push(`blob ${sha} is referred to and not there`)
    else if (createHash('sha256').update(content).digest('hex') !== sha) wrong.push(`blob ${sha} does not hash to its name`)
  }
  return wrong
}
