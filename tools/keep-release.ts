// Keeps a small backup of a release in test/releases, so that every later one is tested to bring its data forward.
//   node tools/keep-release.ts                                  of this release: a demo city made for it
//   node tools/keep-release.ts --from DATA_DIR --as VERSION     of a data folder that an earlier release left
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { backupAlone, RELEASE } from '../src/backup.ts'
import { terminal } from '../src/base/command.ts'
import { readConfig } from '../src/base/config.ts'

const { values } = parseArgs({ options: { from: { type: 'string' }, as: { type: 'string' } } })
if (Boolean(values.from) !== Boolean(values.as)) throw new Error('--from DATA_DIR goes with --as VERSION')
const release = values.as ?? RELEASE
const scratch = mkdtempSync(join(tmpdir(), 'qinba-keep-'))
const dataDir = values.from ? resolve(values.from) : join(scratch, 'var')
const config = readConfig({ DATA_DIR: dataDir, LOG_LEVEL: 'silent' }, scratch)
if (!values.from) await makeDemo()
const file = resolve(import.meta.dirname, `../test/releases/${release}.tar`)
const order = { file, withSecret: false, encryptTo: undefined, json: false, release, level: 19 }
process.exitCode = await backupAlone(config, order, terminal({ json: false }))
rmSync(scratch, { recursive: true, force: true })
console.log(`${file}: ${statSync(file).size} bytes`)

async function makeDemo(): Promise<void> {
  const [{ openHouse }, { ensureDemo }] = await Promise.all([import('../src/house.ts'), import('../src/demo.ts')])
  const house = await openHouse(config)
  await ensureDemo(house)
  await house.close()
}
