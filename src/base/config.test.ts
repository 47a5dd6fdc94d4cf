import { describe, expect, it } from 'vitest'
import { readConfig } from './config.ts'

const read = (env: Record<string, string>) => readConfig(env, '/srv/qinba')
const SECRET = 'x'.repeat(40)

describe('the environment', () => {
  it('says nothing: the demo on loopback, in ./var, checkpoints outside it', () => {
    expect(read({})).toMatchObject({
      port: 8080,
      host: '127.0.0.1',
      dataDir: '/srv/qinba/var',
      blobDir: '/srv/qinba/var/blobs',
      checkpointDir: '/srv/qinba/var.checkpoints',
      demo: true,
      production: false,
      tenant: 610700,
    })
  })

  it('names a database: no demo, and a secret is required', () => {
    expect(() => read({ DATABASE_URL: 'postgresql://u@h/d' })).toThrow(/SECRET is not set/)
    expect(read({ DATABASE_URL: 'postgresql://u@h/d', SECRET })).toMatchObject({ demo: false, production: true })
  })

  it.each([
    [{ PORT: 'eighty' }, /PORT=eighty/],
    [{ PORT: '70000' }, /0 to 65535/],
    [{ HOST: '0.0.0.0' }, /loopback/],
    [{ DEMO: 'yes' }, /expected 0 or 1/],
    [{ DATABASE_URL: 'mysql://h/d', SECRET }, /expected postgresql/],
    [{ DATABASE_URL: 'postgresql://u@h/d', SECRET: 'short' }, /at least 32/],
    [{ CHECKPOINT_DIR: '/srv/qinba/var/checkpoints' }, /outside DATA_DIR/],
    [{ BLOB_URL: 's3://bucket' }, /S3 is not built yet/],
    [{ TENANT: '7' }, /six-digit/],
  ])('%o is refused in one clear line', (env, message) => {
    expect(() => read(env as Record<string, string>)).toThrow(message)
  })
})
