import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, release, totalmem } from 'node:os'
import { join, resolve } from 'node:path'

const FOLDER = resolve(import.meta.dirname, '../../.cache/crash')

/** Says what a campaign counted, and keeps it. */
export function writeResult(mode: string, figures: object): void {
  keepResult(mode, figures)
  console.log(mode, figures)
}

/** Writes figures to `.cache/crash/<mode>.json`, with the machine; the few rounds of the everyday run go beside it. */
export function keepResult(mode: string, figures: object): void {
  mkdirSync(FOLDER, { recursive: true })
  const machine = {
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    load: Math.round(loadavg()[0]!),
    kernel: release(),
    node: process.versions.node,
  }
  const name = process.env['QINBA_CRASH_ROUNDS'] ? `${mode}.json` : `${mode}.everyday.json`
  writeFileSync(
    join(FOLDER, name),
    `${JSON.stringify({ mode, at: new Date().toISOString(), machine, ...figures }, undefined, 2)}\n`,
  )
}

/** The value that a share of the list does not exceed; 0 of an empty list. */
export function quantile(list: number[], share: number): number {
  const sorted = [...list].sort((a, b) => a - b)
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0)
}
