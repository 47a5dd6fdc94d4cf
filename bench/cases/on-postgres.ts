// Starts Debian's PostgreSQL with its durability on and runs the case page's bench on it.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { startCluster } from '../../test/cluster.ts'

const cluster = startCluster({ port: 5497 })
try {
  const env = { ...process.env, DATABASE_URL: cluster.url('postgres') }
  spawnSync(process.execPath, [join(import.meta.dirname, 'page.ts')], { env, stdio: 'inherit' })
} finally {
  cluster.stop()
}
