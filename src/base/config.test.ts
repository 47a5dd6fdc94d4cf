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
      algorithms: 'international',
      journalHash: 'sha256',
    })
  })

  it('names a folder of cities, from where the process stands', () => {
    expect(read({}).cityDir).toBeUndefined()
    expect(read({ CITY_DIR: 'cities' }).cityDir).toBe('/srv/qinba/cities')
    expect(read({ CITY_DIR: '/etc/qinba' }).cityDir).toBe('/etc/qinba')
  })

  it('names a database: no demo, and a secret is required', () => {
    expect(() => read({ DATABASE_URL: 'postgresql://u@h/d' })).toThrow(/SECRET is not set/)
    expect(read({ DATABASE_URL: 'postgresql://u@h/d', SECRET })).toMatchObject({ demo: false, production: true })
  })

  it('names an object store: files wait in DATA_DIR/spool, keys come from AWS_*', () => {
    const keys = { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'key' }
    const own = read({ BLOB_URL: 's3://qinba/evidence/2026?endpoint=http://10.0.0.5:9000', ...keys })
    expect(own).toMatchObject({
      blobDir: '/srv/qinba/var/spool',
      s3: {
        bucket: 'qinba',
        prefix: 'evidence/2026/',
        endpoint: 'http://10.0.0.5:9000',
        region: 'us-east-1',
        pathStyle: true,
        credentials: { accessKeyId: 'id', secretAccessKey: 'key' },
      },
    })
    const amazon = read({ BLOB_URL: 's3://qinba', AWS_REGION: 'cn-north-1', AWS_SESSION_TOKEN: 't', ...keys }).s3
    expect(amazon).toMatchObject({ prefix: '', endpoint: undefined, region: 'cn-north-1', pathStyle: false })
    expect(amazon?.credentials.sessionToken).toBe('t')
    const oss = 's3://qinba?endpoint=https://oss-cn-beijing.aliyuncs.com&region=oss-cn-beijing&style=virtual'
    expect(read({ BLOB_URL: oss, ...keys }).s3).toMatchObject({ pathStyle: false, region: 'oss-cn-beijing' })
  })

  it('names 国密: SM4 for seals and SM3 for the journal, unless the journal says otherwise', () => {
    expect(read({ ALGORITHMS: 'guomi' })).toMatchObject({ algorithms: 'guomi', journalHash: 'sm3' })
    expect(read({ ALGORITHMS: 'guomi', JOURNAL_HASH: 'sha256' })).toMatchObject({ algorithms: 'guomi', journalHash: 'sha256' })
  })

  it.each([
    [{ ALGORITHMS: 'sm' }, /ALGORITHMS=sm: expected international or guomi/],
    [{ JOURNAL_HASH: 'md5' }, /JOURNAL_HASH=md5: expected sha256 or sm3/],
    [{ PORT: 'eighty' }, /PORT=eighty/],
    [{ PORT: '70000' }, /0 to 65535/],
    [{ HOST: '0.0.0.0' }, /loopback/],
    [{ DEMO: 'yes' }, /expected 0 or 1/],
    [{ DATABASE_URL: 'mysql://h/d', SECRET }, /expected postgresql/],
    [{ DATABASE_URL: 'postgresql://u@h/d', SECRET: 'short' }, /at least 32/],
    [{ CHECKPOINT_DIR: '/srv/qinba/var/checkpoints' }, /outside DATA_DIR/],
    [{ BLOB_URL: 'ftp://host/x' }, /expected file:\/path or s3:\/\/bucket\/prefix/],
    [{ BLOB_URL: 's3://bucket' }, /no region/],
    [{ BLOB_URL: 's3://bucket?region=cn-north-1' }, /AWS_ACCESS_KEY_ID is not set/],
    [{ BLOB_URL: 's3://bucket?region=cn-north-1', AWS_ACCESS_KEY_ID: 'a' }, /AWS_SECRET_ACCESS_KEY is not set/],
    [{ BLOB_URL: 's3://Bucket_?region=x1' }, /"Bucket_" is not the name of a bucket/],
    [{ BLOB_URL: 's3://key:word@bucket?region=x1' }, /keys are taken from AWS_ACCESS_KEY_ID/],
    [{ BLOB_URL: 's3://bucket?endpoint=minio:9000' }, /endpoint "minio:9000" is no address/],
    [{ BLOB_URL: 's3://bucket?endpoint=http://minio:9000/s3' }, /is no address/],
    [{ BLOB_URL: 's3://bucket?endpoint=http://m&style=dns' }, /style "dns" is neither path nor virtual/],
    [{ BLOB_URL: 's3://bucket?endpoint=http://m&regoin=x' }, /"regoin" is not known/],
    [{ BLOB_URL: 's3://bucket/a%20b?endpoint=http://m' }, /"a b" in the prefix/],
    [{ BLOB_URL: 's3://bucket/..%2f..?endpoint=http://m' }, /in the prefix/],
    [{ BLOB_URL: 's3://bucket?region=CN North' }, /region "CN North" is not the name of one/],
    [{ TENANT: '7' }, /six-digit/],
    [{ MIN_FREE_MB: 'much' }, /MIN_FREE_MB=much/],
    [{ MIN_FREE_PERCENT: '95' }, /0 to 90/],
    [{ BALLAST_MB: '-1' }, /BALLAST_MB=-1/],
    [{ METRICS_TOKEN: 'short' }, /at least 16/],
  ])('%o is refused in one clear line', (env, message) => {
    expect(() => read(env as Record<string, string>)).toThrow(message)
  })
})
