#!/usr/bin/env node
// `npx qinba …`: runs the command line under the Node 24 that the lock file brought.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = resolve(new URL('.', import.meta.url).pathname, '..')
const node = join(root, 'node_modules/.bin/node')
if (!existsSync(node)) {
  console.error('run `npm start` or `npm ci` once: Node 24 comes with the packages')
  process.exit(1)
}
const child = spawn(node, [join(root, 'src/main.ts'), ...process.argv.slice(2)], { stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
