import { defineConfig } from 'vitest/config'

// `*.test.ts` is pure and runs once; `*.db.test.ts` runs on PostgreSQL and on the embedded database.
const db = (name: 'postgres' | 'embedded') => ({
  extends: true as const,
  test: {
    name,
    include: ['src/**/*.db.test.ts', 'test/**/*.db.test.ts'],
    env: { QINBA_TEST_DB: name },
    globalSetup: ['test/databases.ts'],
    testTimeout: 30_000,
    hookTimeout: 120_000,
  },
})

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: { name: 'pure', include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'tools/**/*.test.ts'], exclude: ['**/*.db.test.ts', '**/*.crash.test.ts'] },
      },
      { extends: true, test: { name: 'crash', include: ['test/crash/**/*.crash.test.ts'], testTimeout: 240_000, hookTimeout: 120_000, fileParallelism: false } },
      db('postgres'),
      db('embedded'),
    ],
  },
})
