import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ORDER, routes } from '../src/contexts.ts'

const ROOT = resolve(import.meta.dirname, '..')
const files = ['src', 'db', 'test', 'web', 'tools', 'bench'].flatMap((d) => walk(join(ROOT, d)))
const source = files.filter((f) => !/\.(test|crash)\.tsx?$/.test(f))
const contextOf = (file: string) => /^src\/([a-z]+)\//.exec(relative(ROOT, file))?.[1]

function walk(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true }).flatMap((e) => {
    const path = join(dir, e.name)
    if (e.isDirectory()) return e.name === 'node_modules' ? [] : walk(path)
    return /\.(ts|tsx|mjs)$/.test(e.name) ? [path] : []
  })
}

function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8')
  const found = text.matchAll(/^(?:import|export)\b[^']*?\bfrom\s+'([^']+)'|^import\s+'([^']+)'|\bimport\('([^']+)'\)/gm)
  return [...found].map((m) => m[1] ?? m[2] ?? m[3]!)
}

const target = (file: string, spec: string) => resolve(dirname(file), spec)
const name = (file: string) => relative(ROOT, file)

describe('the laws of the house', () => {
  it('every folder of src/ is a context in the order, and none is empty', () => {
    const folders = readdirSync(join(ROOT, 'src'), { withFileTypes: true })
      .filter((e) => e.isDirectory())
      .map((e) => e.name)
    expect(folders.sort()).toEqual([...ORDER].sort())
    for (const folder of folders) expect(walk(join(ROOT, 'src', folder)).length, folder).toBeGreaterThan(0)
  })

  it('a context imports only contexts before its own, through index.ts or rules/', () => {
    const wrong = source.filter(contextOf).flatMap((file) =>
      importsOf(file)
        .filter((spec) => spec.startsWith('.'))
        .filter((spec) => breaks(file, target(file, spec)))
        .map((spec) => `${name(file)} → ${spec}`),
    )
    expect(wrong).toEqual([])
  })

  function breaks(file: string, to: string): boolean {
    const own = contextOf(file)!
    const other = contextOf(to)
    if (!other) return !/^data\//.test(name(to)) // the root files know everything; nobody knows them
    if (other === own) return false
    if (ORDER.indexOf(other as (typeof ORDER)[number]) > ORDER.indexOf(own as (typeof ORDER)[number])) return true
    return other !== 'base' && !/\/(index\.ts|rules\/.+)$/.test(name(to))
  }

  it('rules are pure: they import only rules, read no clock, draw no chance, and touch no outside', () => {
    const wrong = source
      .filter((f) => /\/rules\//.test(name(f)) && name(f).startsWith('src/'))
      .flatMap((file) => {
        const text = readFileSync(file, 'utf8')
        const imports = importsOf(file).filter((s) =>
          s.startsWith('.') ? !/\/rules\//.test(name(target(file, s))) : !PURE.includes(s),
        )
        const acts = [/Date\.now\(/, /new Date\(\)/, /Math\.random\(/, /\bprocess\./, /\bfetch\(/, /randomUUID/].filter((r) =>
          r.test(text),
        )
        return [...imports, ...acts].map((x) => `${name(file)}: ${x}`)
      })
    expect(wrong).toEqual([])
  })

  const PURE = ['gcoord', 'csv-parse/sync', 'mustache']

  it('the browser imports only rules of src/', () => {
    const wrong = source
      .filter((f) => name(f).startsWith('web/'))
      .flatMap((file) =>
        importsOf(file)
          .filter((s) => s.startsWith('.') && name(target(file, s)).startsWith('src/') && !/\/rules\//.test(s))
          .map((s) => `${name(file)} → ${s}`),
      )
    expect(wrong).toEqual([])
  })

  it('SQL stands only in base, in store files and in migrations', () => {
    const wrong = source
      .filter((f) => /^src\/(?!base\/)/.test(name(f)) && !/\/store(-[a-z]+)?\.ts$/.test(f) && name(f) !== 'src/house.ts')
      .filter((f) => /\bsql(<[^`]*>)?`|from 'kysely'/.test(readFileSync(f, 'utf8')))
    expect(wrong.map(name)).toEqual([])
  })

  it('no file is longer than 500 lines', () => {
    const long = files.filter((f) => readFileSync(f, 'utf8').split('\n').length > 500)
    expect(long.map(name)).toEqual([])
  })

  it('relative imports end in .ts, exports are named, nothing is any', () => {
    const wrong = source
      .filter((f) => /^(src|db|web|test)\//.test(name(f)))
      .flatMap((file) => {
        const text = readFileSync(file, 'utf8')
        const specs = importsOf(file).filter((s) => s.startsWith('.') && !/\.(ts|tsx|css|json|svg|mjs)(\?\w+)?$/.test(s))
        const bad = [
          ...(/^export default/m.test(text) && !/(config|databases)\.ts$/.test(file) ? ['export default'] : []),
          ...(/\b(enum|namespace) \w+ \{/.test(text) ? ['enum or namespace'] : []),
        ]
        return [...specs, ...bad].map((x) => `${name(file)}: ${x}`)
      })
    expect(wrong).toEqual([])
  })

  it('the import graph has no cycle', () => {
    expect(findCycle(source)).toBeUndefined()
  })

  it('every route names a permission and has its four tests', () => {
    const tests = files
      .filter((f) => /\.test\.ts$/.test(f))
      .map((f) => readFileSync(f, 'utf8'))
      .join('\n')
    const untested = [...routes, ...SESSION]
      .filter((r) => !tests.includes(`routeTests('${r.method} ${r.path}'`))
      .map((r) => `${r.method} ${r.path}`)
    expect(untested).toEqual([])
    expect(routes.filter((r) => !r.permission)).toEqual([])
  })

  const SESSION = [
    { method: 'POST', path: '/api/session' },
    { method: 'GET', path: '/api/session' },
    { method: 'DELETE', path: '/api/session' },
    { method: 'POST', path: '/api/session/password' },
  ]

  it('every context has a README of at most 80 lines', () => {
    for (const context of ORDER) {
      const file = join(ROOT, 'src', context, 'README.md')
      expect(statSync(file).isFile(), file).toBe(true)
      expect(readFileSync(file, 'utf8').split('\n').length, file).toBeLessThanOrEqual(81)
    }
  })

  it('nothing speaks of the workplace it was written in', () => {
    const words = new RegExp(['\\.library', 'sub' + 'agent', 'language' + ' model', '(?<![\\w.])/work' + '/'].join('|'), 'i')
    const docs = ['README.md', 'README.zh-CN.md', 'ARCHITECTURE.md', 'CHANGELOG.md', 'GLOSSARY.md'].map((f) => join(ROOT, f))
    const wrong = [...files, ...docs].filter((f) => name(f) !== 'test/laws.test.ts' && words.test(readFileSync(f, 'utf8')))
    expect(wrong.map(name)).toEqual([])
  })
})

function findCycle(all: string[]): string | undefined {
  const graph = new Map(
    all.map((f) => [
      f,
      importsOf(f)
        .filter((s) => s.startsWith('.'))
        .map((s) => target(f, s))
        .filter((t) => all.includes(t)),
    ]),
  )
  const done = new Set<string>()
  const visit = (file: string, path: string[]): string | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file].map(name).join(' → ')
    if (done.has(file)) return undefined
    for (const next of graph.get(file) ?? []) {
      const found = visit(next, [...path, file])
      if (found) return found
    }
    done.add(file)
    return undefined
  }
  for (const file of all) {
    const found = visit(file, [])
    if (found) return found
  }
  return undefined
}
