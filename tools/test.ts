// The whole suite: types, style, tests on both databases, crashes, the browser. Its last line is `N passed, N failed, N skipped`.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { hasPostgres } from '../test/cluster.ts'

interface Report {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
  numFailedTestSuites: number
  testResults: { name: string; status: string; message: string; assertionResults: { fullName: string; status: string }[] }[]
}

const root = resolve(import.meta.dirname, '..')
const bin = (name: string) => join(root, 'node_modules/.bin', name)
const started = performance.now()
const tally = { passed: 0, failed: 0, skipped: 0 }

const only = process.argv.slice(2)
if (only.length === 0) {
  step('types', [bin('tsc'), '-p', '.'])
  step('types of the desk', [bin('tsc'), '-p', 'web'])
  step('style', [bin('biome'), 'check', '--error-on-warnings', '.'])
}
vitest(only)
if (!hasPostgres()) skip('every suite on PostgreSQL (the server is not installed)')

console.log(`${Math.round((performance.now() - started) / 1000)} s`)
console.log(`${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped`)
process.exitCode = tally.failed > 0 || (process.env['CI'] && process.getuid?.() === 0 && tally.skipped > 0) ? 1 : 0

function step(name: string, command: string[]): void {
  const { status } = spawnSync(command[0]!, command.slice(1), { cwd: root, stdio: 'inherit' })
  console.log(`${status === 0 ? '✓' : '✗'} ${name}`)
  tally[status === 0 ? 'passed' : 'failed']++
}

function skip(what: string): void {
  console.log(`  skipped: ${what}`)
  tally.skipped++
}

function vitest(args: string[]): void {
  mkdirSync(join(root, '.cache'), { recursive: true })
  const file = join(root, '.cache/vitest.json')
  rmSync(file, { force: true })
  const command = [
    join(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--reporter=dot',
    '--reporter=json',
    `--outputFile.json=${file}`,
    ...args,
  ]
  const { status } = spawnSync(process.execPath, command, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] })
  if (!existsSync(file)) return void tally.failed++
  count(JSON.parse(readFileSync(file, 'utf8')) as Report, status)
}

function count(report: Report, status: number | null): void {
  tally.passed += report.numPassedTests
  tally.failed += report.numFailedTests
  tally.skipped += report.numPendingTests + report.numTodoTests
  for (const file of report.testResults) {
    if (file.status === 'failed') console.log(`✗ ${file.name} ${file.message.split('\n')[0] ?? ''}`)
    for (const test of file.assertionResults) if (test.status !== 'passed') console.log(`  ${test.status}: ${test.fullName}`)
  }
  if (status !== 0 && report.numFailedTests === 0) tally.failed++ // a suite that did not load, or an error outside a test
}
