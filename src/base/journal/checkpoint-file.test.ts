import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Checkpoint, signCheckpoint, verifyCheckpoint } from './checkpoint.ts'
import { appendCheckpoint, readCheckpoints } from './checkpoint-file.ts'
import { emptyRoot, leafHash } from './merkle.ts'
import { newKey } from './test-log.ts'

const KEY = newKey()
const rootText = (n: number) => leafHash('sha256', Buffer.of(n)).toString('base64')

function checkpoint(size: number, other: Partial<Checkpoint> = {}, key = KEY): Checkpoint {
  const body = { origin: '秦巴.example', tenant: 610700, size, root: rootText(size), at: '2026-08-15T02:03:04.005Z' }
  return signCheckpoint({ ...body, ...other }, key)
}

const [one, two, three] = [checkpoint(1), checkpoint(2), checkpoint(3)]
let dir = ''
let file = ''

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'checkpoints-'))
  file = join(dir, 'outside.jsonl')
})
afterEach(() => rm(dir, { recursive: true }))

const add = (next: Checkpoint, key = KEY) => appendCheckpoint(file, next, key.publicKey)
const text = () => readFile(file, 'utf8')

describe('a file', () => {
  it('names its key first and gives back what was added, checkable by itself', async () => {
    for (const next of [one, two, three]) await add(next)
    const { publicKey, checkpoints, torn } = await readCheckpoints(file)
    expect([publicKey, checkpoints, torn]).toEqual([KEY.publicKey, [one, two, three], false])
    expect(checkpoints.every((each) => verifyCheckpoint(each, publicKey!))).toBe(true)
    expect(JSON.parse((await text()).split('\n')[0]!)).toEqual({ publicKey: KEY.publicKey })
  })

  it('grows long without being read whole', async () => {
    await add(one)
    const line = `${JSON.stringify(one)}\n`
    await appendFile(file, line.repeat(500))
    await add(two)
    expect((await readCheckpoints(file)).checkpoints).toHaveLength(502)
  })

  it('may say the same again', async () => {
    for (const next of [one, checkpoint(1, { at: '2026-08-16T02:03:04.005Z' })]) await add(next)
    expect((await readCheckpoints(file)).checkpoints).toHaveLength(2)
  })

  it('is read with the line ends of another system', async () => {
    await add(one)
    await writeFile(file, (await text()).replaceAll('\n', '\r\n'))
    expect((await readCheckpoints(file)).checkpoints).toEqual([one])
  })
})

describe('a crash', () => {
  it('that cuts an append short loses at most that append, and the next one repairs', async () => {
    await add(one)
    const before = await text()
    await add(two)
    const after = Buffer.from(await text())
    for (let cut = Buffer.byteLength(before) + 1; cut < after.length; cut += cut < after.length - 20 ? 7 : 1) {
      await writeFile(file, after.subarray(0, cut))
      const kept = cut === after.length - 1 ? [one, two] : [one]
      expect(await readCheckpoints(file)).toEqual({ publicKey: KEY.publicKey, checkpoints: kept, torn: kept.length === 1 })
      await add(three)
      expect((await readCheckpoints(file)).checkpoints).toEqual([...kept, three])
    }
  })

  it('that cuts the first append short leaves a file that can be begun', async () => {
    await add(one)
    const whole = Buffer.from(await text())
    for (let cut = 0; cut < whole.length - 1; cut += 7) {
      await writeFile(file, whole.subarray(0, cut))
      expect((await readCheckpoints(file)).checkpoints).toEqual([])
      await add(two)
      expect(await readCheckpoints(file)).toEqual({ publicKey: KEY.publicKey, checkpoints: [two], torn: false })
    }
  })

  it('that left zeros at the end is repaired', async () => {
    await add(one)
    await appendFile(file, Buffer.alloc(300))
    expect(await readCheckpoints(file)).toMatchObject({ checkpoints: [one], torn: true })
    await add(two)
    expect((await readCheckpoints(file)).checkpoints).toEqual([one, two])
  })
})

describe('what is refused on adding', () => {
  it.each<[string, Checkpoint, string]>([
    ['fewer events', one, 'already has 2 events at 2026-08-15T02:03:04.005Z, found 1: tail cut or old backup'],
    [
      'another root',
      checkpoint(2, { root: emptyRoot('sha256').toString('base64') }),
      'already has another root of the same 2 events',
    ],
    ['another tenant', checkpoint(3, { tenant: 610800 }), 'is of 秦巴.example tenant 610700, found 秦巴.example tenant 610800'],
    ['another hash', checkpoint(3, { hash: 'sm3' }), 'is of a journal hashed with sha256, found sm3; expected a file per log'],
    ['another origin', checkpoint(3, { origin: 'x' }), 'expected a file per log'],
    ['a broken signature', { ...three, size: 4 }, 'refused a checkpoint not signed by the key given'],
    ['a root that is none', checkpoint(3, { root: 'AAAA' }), 'not a checkpoint: root: expected base64 of 32 bytes'],
  ])('%s', async (_, next, message) => {
    await add(two)
    const before = await text()
    await expect(add(next)).rejects.toThrow(message)
    expect(await text()).toBe(before)
  })

  it('another key', async () => {
    await add(one)
    const other = newKey()
    await expect(add(checkpoint(2, {}, other), other)).rejects.toThrow(`is of key ${KEY.id}, found ${other.id}`)
    await writeFile(file, `${JSON.stringify({ publicKey: KEY.publicKey })}\n`)
    await expect(add(checkpoint(2, {}, other), other)).rejects.toThrow('is of another key')
    await add(two)
    expect((await readCheckpoints(file)).checkpoints).toEqual([two])
  })

  it('a file that ends in something else', async () => {
    await writeFile(file, 'x'.repeat(20_000))
    await expect(add(one)).rejects.toThrow('the end is not a checkpoint line (longer than 8192 bytes)')
    await writeFile(file, 'minutes of the meeting\n')
    await expect(add(one)).rejects.toThrow('outside.jsonl: last line: not JSON')
    await writeFile(file, `${JSON.stringify({ publicKey: KEY.publicKey })}\n${'x'.repeat(9000)}`)
    await expect(add(one)).rejects.toThrow('longer than 8192 bytes')
  })
})

describe('what is refused on reading, by line', () => {
  const head = JSON.stringify({ publicKey: KEY.publicKey })
  const line = JSON.stringify(one)

  it.each<[string, string[], string]>([
    ['garbage', [head, line, 'x', line], 'outside.jsonl: line 3: not JSON'],
    ['an empty line', [head, '', line], 'line 2: not JSON'],
    ['a list', [head, '[]'], 'line 2: not a checkpoint'],
    ['a field too many', [head, JSON.stringify({ ...one, note: 1 })], 'line 2: not a checkpoint: Unrecognized key: "note"'],
    ['a field missing', [head, line, JSON.stringify({ ...one, at: undefined })], 'line 3: not a checkpoint: at'],
    ['an unknown hash', [head, JSON.stringify({ ...one, hash: 'md5' })], 'line 2: not a checkpoint: hash'],
    ['a wrong size', [head, JSON.stringify({ ...one, size: -1 })], 'line 2: not a checkpoint: size'],
    ['no key', [line], 'line 1: no public key'],
    ['two keys', [head, line, head], 'line 3: a second public key'],
    ['a key that is none', ['{"publicKey":"x"}'], 'line 1: not a public key: publicKey: expected a public key in PEM'],
  ])('%s', async (_, lines, message) => {
    await writeFile(file, `${lines.join('\n')}\n`)
    await expect(readCheckpoints(file)).rejects.toThrow(message)
  })

  it('a file that is not there', async () => {
    await expect(readCheckpoints(file)).rejects.toThrow('ENOENT')
  })
})
