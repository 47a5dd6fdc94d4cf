import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { fromBufferPromise } from 'yauzl'
import { type BagFile, bagStream, safeName } from './bag.ts'

const sha = (content: Buffer | string) => createHash('sha256').update(content).digest('hex')

async function* of(...files: BagFile[]): AsyncGenerator<BagFile> {
  yield* files
}

async function unzip(zip: Buffer): Promise<Map<string, Buffer>> {
  const file = await fromBufferPromise(zip)
  const found = new Map<string, Buffer>()
  for await (const entry of file.eachEntry()) found.set(entry.fileName, await buffer(await file.openReadStreamPromise(entry)))
  return found
}

describe('a bag', () => {
  it('holds its files with a manifest that any BagIt program can check', async () => {
    const photo = Buffer.alloc(300_000, 7)
    const files = of(
      { path: '卷内目录.txt', content: Buffer.from('目录') },
      { path: '证据/01 100%.jpg', sha256: sha(photo), bytes: photo.length, open: () => Readable.from([photo]) },
    )
    const found = await unzip(await buffer(bagStream({ 'External-Identifier': 'HZ-2026-000001' }, files)))
    expect([...found.keys()]).toEqual([
      'data/卷内目录.txt',
      'data/证据/01 100%.jpg',
      'bagit.txt',
      'bag-info.txt',
      'manifest-sha256.txt',
      'tagmanifest-sha256.txt',
    ])
    const manifest = found.get('manifest-sha256.txt')!.toString()
    expect(manifest).toBe(`${sha('目录')}  data/卷内目录.txt\n${sha(photo)}  data/证据/01 100%25.jpg\n`)
    expect(sha(found.get('data/证据/01 100%.jpg')!)).toBe(sha(photo))
    expect(found.get('bag-info.txt')!.toString()).toBe('External-Identifier: HZ-2026-000001\nPayload-Oxum: 300006.2\n')
    for (const line of found.get('tagmanifest-sha256.txt')!.toString().trim().split('\n')) {
      const [hash, name] = line.split('  ')
      expect(sha(found.get(name!)!), name).toBe(hash)
    }
  })

  it('asks for the next file when the last has gone out, and breaks off where one cannot be read', async () => {
    let opened = 0
    const file = (n: number): BagFile => ({
      path: `${n}`,
      sha256: '0'.repeat(64),
      bytes: 1,
      open: () => {
        opened++
        return Readable.from([Buffer.from('x')])
      },
    })
    let most = 0
    let asked = 0
    async function* watched() {
      for (let n = 0; n < 50; n++) {
        most = Math.max(most, asked++ - opened)
        yield file(n)
      }
    }
    await buffer(bagStream({}, watched()))
    expect(most).toBeLessThanOrEqual(1)
    const broken: BagFile = {
      ...file(1),
      open: () =>
        new Readable({
          read() {
            this.destroy(new Error('gone'))
          },
        }),
    } as BagFile
    await expect(buffer(bagStream({}, of(broken)))).rejects.toThrow('gone')
    await expect(buffer(bagStream({}, of({ path: '../x', content: Buffer.alloc(0) })))).rejects.toThrow('no place')
  })

  it('names files so that every system takes them', () => {
    expect(safeName('整改前:1/2?.jpg')).toBe('整改前_1_2_.jpg')
    expect(safeName(`${'长'.repeat(200)}.jpeg`)).toBe(`${'长'.repeat(60)}.jpeg`)
    expect([safeName('..'), safeName('a\u202Egpj.exe'), safeName('.htaccess')]).toEqual(['_', 'a_gpj.exe', '.htaccess'])
  })
})
