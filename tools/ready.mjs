// Installs what is missing before `npm start` and `npm test`. Plain JavaScript: it runs under the Node that the machine has.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..')
const goal = process.argv[2] === 'test' ? 'test' : 'start'

installPackages()
if (goal === 'test') installFromDebian()
buildDesk()

/** `npm ci` when the lock file changed since the last one. */
function installPackages() {
  const marker = join(root, 'node_modules/.qinba-lock')
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  if (existsSync(marker) && readFileSync(marker, 'utf8') === lock) return
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], 'installing packages')
  writeFileSync(marker, lock)
}

/** What the whole suite needs beside npm's packages: a real PostgreSQL with PostGIS, Chromium, Chinese fonts, readers of what we write. */
function installFromDebian() {
  const wanted = {
    'postgresql-15-postgis-3': '/usr/share/postgresql/15/extension/postgis.control',
    chromium: '/usr/bin/chromium',
    'fonts-noto-cjk': '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc',
    'libreoffice-writer-nogui': '/usr/bin/soffice',
    'libreoffice-calc-nogui': '/usr/lib/libreoffice/program/libsclo.so',
    'poppler-utils': '/usr/bin/pdftotext',
    'gdal-bin': '/usr/bin/ogr2ogr',
    python3: '/usr/bin/python3',
    e2fsprogs: '/usr/sbin/mkfs.ext4',
    mount: '/usr/bin/mount',
    faketime: '/usr/bin/faketime',
  }
  const missing = Object.keys(wanted).filter((name) => !existsSync(wanted[name]))
  if (missing.length === 0) return
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    console.error(`not root or not Debian: suites that need ${missing.join(', ')} are skipped by name`)
    return
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  run('apt-get', ['update', '-qq'], 'reading the package lists', env)
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], `installing ${missing.join(', ')}`, env)
}

/** Builds the browser's part when a source of it is newer than what was built. */
function buildDesk() {
  const built = join(root, 'dist/web/index.html')
  const sources = ['web', 'src', 'package-lock.json'].map((p) => join(root, p))
  if (existsSync(built) && Math.max(...sources.map(newest)) < statSync(built).mtimeMs) return
  if (goal === 'start') bakeEngine()
  run('npm', ['run', '--silent', 'build'], 'building the desk')
}

/** Bakes the embedded database's template while the desk is built; a first start without it does that work itself. */
function bakeEngine() {
  const dataDir = resolve(process.env.DATA_DIR || join(root, 'var'))
  if (process.env.DATABASE_URL || existsSync(join(dataDir, 'pg/PG_VERSION'))) return
  const bake = [join(root, 'tools/bake.ts')]
  spawn(join(root, 'node_modules/.bin/node'), bake, { cwd: root, stdio: 'ignore' }).on('error', () => {})
}

function newest(path) {
  if (!existsSync(path)) return 0
  const s = statSync(path)
  if (!s.isDirectory()) return /\.(ts|tsx|html|css|svg|json)$/.test(path) && !/\.test\.ts$/.test(path) ? s.mtimeMs : 0
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))))
}

function run(command, args, what, env = process.env) {
  console.error(`${what} …`)
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], env })
  if (status === 0) return
  console.error(`${what} failed: ${error?.message ?? `${command} ended with ${status}`}`)
  process.exit(1)
}
