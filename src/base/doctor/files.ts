import { createHash } from 'node:crypto'
import { fileHashesIn, hashesIn, listStored, type Stored } from '../backup/mentions.ts'
import { pacer, readPages } from '../backup/pages.ts'
import { listTables } from '../backup/tables.ts'
import type { BlobStore } from '../blobs.ts'
import type { Database } from '../db.ts'
import { type Finding, finding } from './finding.ts'

const SAMPLE = 20

/** Files that rows name and the store lacks; files that no row names; and a sample of the others hashed anew. */
export async function checkFiles(database: Database, blobs: BlobStore, chance: () => number = Math.random): Promise<Finding[]> {
  const named = await namedFiles(database)
  const stored = await listStored(blobs) // after the rows: what they name was stored before them
  const isStored = (sha: string) => stored.get(sha)?.some((f) => f.suffix === '') ?? false
  const missing = [...named.certain].filter((sha) => !isStored(sha))
  const orphans = [...stored.keys()].filter((sha) => !named.any.has(sha))
  return [
    missingFinding(missing, named.certain.size),
    await sampleFinding(blobs, { stored, chance }),
    finding('orphans', orphans.length > 100 ? 'warn' : 'ok', {
      found: { zh: '{n} 个文件没有记录提到', en: '{n} files are named by no row' },
      advice: {
        zh: '每日清理任务 base-sweep-files 应处理',
        en: 'the daily job base-sweep-files should clear them: does it run?',
      },
      params: { n: orphans.length },
    }),
  ]
}

function missingFinding(missing: string[], n: number): Finding {
  return finding('files', missing.length > 0 ? 'bad' : 'ok', {
    found:
      missing.length > 0
        ? { zh: '{missing} 个文件缺失，如 {sha}', en: '{missing} files that rows name are missing, such as {sha}' }
        : { zh: '记录提到的 {n} 个文件都在', en: 'all {n} files that rows name are there' },
    advice: { zh: '从备份取回', en: 'bring them back from a backup' },
    params: { missing: missing.length, n, sha: missing[0] ?? '' },
  })
}

async function namedFiles(database: Database): Promise<{ certain: Set<string>; any: Set<string> }> {
  const [certain, any] = [new Set<string>(), new Set<string>()]
  const pages = pacer()
  for (const table of await listTables(database.owner))
    for await (const line of readPages(database.owner, table, { pages })) {
      for (const sha of fileHashesIn(line)) certain.add(sha)
      for (const sha of hashesIn(line)) any.add(sha)
    }
  return { certain, any }
}

async function sampleFinding(blobs: BlobStore, o: { stored: Stored; chance: () => number }): Promise<Finding> {
  const all = [...o.stored.keys()].filter((sha) => o.stored.get(sha)?.[0]?.suffix === '')
  const sample = draw(all, SAMPLE, o.chance)
  const wrong: string[] = []
  for (const sha of sample) if ((await hashOf(blobs, sha)) !== sha) wrong.push(sha)
  return finding('files-sample', wrong.length > 0 ? 'bad' : 'ok', {
    found:
      wrong.length > 0
        ? { zh: '抽查 {n} 个文件，损坏：{wrong}', en: 'of {n} files hashed anew, these are damaged: {wrong}' }
        : { zh: '抽查 {n} 个文件，哈希一致', en: '{n} files hashed anew have their hash' },
    advice: { zh: '从备份取回，并检查磁盘', en: 'bring them back from a backup, and look at the disk' },
    params: { n: sample.length, wrong: wrong.join(', ') },
  })
}

/** At most n of them, each once: the first n places of a shuffle. */
function draw<T>(from: readonly T[], n: number, chance: () => number): T[] {
  const all = [...from]
  const length = Math.min(n, all.length)
  for (let i = 0; i < length; i++) {
    const j = i + Math.floor(chance() * (all.length - i))
    ;[all[i], all[j]] = [all[j]!, all[i]!]
  }
  return all.slice(0, length)
}

async function hashOf(blobs: BlobStore, sha: string): Promise<string> {
  const hash = createHash('sha256')
  try {
    for await (const chunk of blobs.stream(sha)) hash.update(chunk as Buffer)
  } catch (e) {
    return `unreadable: ${e}`
  }
  return hash.digest('hex')
}
