import { defineConfig } from 'vitest/config'
import { hasPostgres } from './test/cluster.ts'

// `*.test.ts` is pure and runs once; `*.db.test.ts` runs on PostgreSQL and on the embedded database alike;
// `*.crash.test.ts` kills and cuts power; `*.e2e.test.ts` clicks through Chromium: a
// problem's whole story on both databases, what is only drawn on the embedded one.
const DRAWN = ['test/e2e/!(clear-off).e2e.test.ts', 'src/places/layers/layers.e2e.test.ts']
// What crashes waits more than it works: four at a time, before the rest; two in a campaign, where it is timed.
const CRASHES = { maxWorkers: process.env['QINBA_CRASH_ROUNDS'] ? 2 : 4, sequence: { groupOrder: 1 } }
// The rest waits too. Its files share a worker's modules (nothing keeps state in one): loading them for each file was a fifth of the time.
const REST = { maxWorkers: 3, sequence: { groupOrder: 2 }, isolate: false }
const db = (name: 'postgres' | 'embedded') => ({
  extends: true as const,
  test: {
    name,
    include: ['{src,test}/**/*.{db,e2e}.test.ts'],
    exclude: name === 'embedded' ? ['test/postgres.db.test.ts'] : DRAWN,
    env: { QINBA_TEST_DB: name },
    globalSetup: ['test/databases.ts'],
    ...REST,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
})

export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'pure',
          include: ['{src,test,tools}/**/*.test.ts'],
          exclude: ['**/*.{db,crash,e2e}.test.ts'],
          ...REST,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'crash',
          ...CRASHES,
          include: ['test/crash/**/*.crash.test.ts'],
          testTimeout: 240_000,
          hookTimeout: 120_000,
        },
      },
      ...(hasPostgres() ? [db('postgres')] : []),
      db('embedded'),
    ],
  },
})
