/** Where blobs lie in an object store that speaks S3 (AWS, MinIO, Huawei OBS, Alibaba OSS, Ceph), and with which keys. */
export interface S3Place {
  bucket: string
  /** Stands before every key; empty, or ends in a slash. */
  prefix: string
  /** Absent: Amazon's own of the region. */
  endpoint: string | undefined
  region: string
  /** The bucket in the path, or in the host name. */
  pathStyle: boolean
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string }
}

type Env = Record<string, string | undefined>

const FORM = 's3://bucket/prefix?endpoint=https://host:port&region=name&style=path'

/** Reads `BLOB_URL=s3://…` and the AWS_* keys; throws one clear line naming what was found and what was expected. Keys are not repeated. */
export function readS3Place(text: string, env: Env): S3Place {
  const url = URL.canParse(text) ? new URL(text) : refuse('does not parse')
  const query = url.searchParams
  const stray = [...query.keys()].find((key) => !['endpoint', 'region', 'style'].includes(key))
  if (stray) refuse(`"${stray}" is not known`)
  if (url.username || url.password)
    refuse('keys are taken from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, not from the address')
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(url.hostname)) refuse(`"${url.hostname}" is not the name of a bucket`)
  const endpoint = readEndpoint(query.get('endpoint'))
  return {
    bucket: url.hostname,
    prefix: readPrefix(decodeURIComponent(url.pathname)),
    endpoint,
    region: readRegion(query.get('region') ?? env['AWS_REGION'], endpoint),
    pathStyle: readStyle(query.get('style'), endpoint),
    credentials: readKeys(env),
  }
}

function refuse(what: string): never {
  throw new Error(`BLOB_URL: ${what}; expected ${FORM}`)
}

function readEndpoint(found: string | null): string | undefined {
  if (!found) return undefined
  const url = URL.canParse(found) ? new URL(found) : undefined
  if (!url || !/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search) refuse(`endpoint "${found}" is no address`)
  return url.origin
}

function readPrefix(path: string): string {
  const names = path.split('/').filter((name) => name !== '')
  const bad = names.find((name) => !/^[\w.-]+$/.test(name) || /^\.+$/.test(name))
  if (bad) refuse(`"${bad}" in the prefix: only letters, digits, dot, hyphen and underscore`)
  return names.map((name) => `${name}/`).join('')
}

// MinIO does not look at the region, but it is part of what is signed, and us-east-1 is what it signs with.
function readRegion(found: string | undefined, endpoint: string | undefined): string {
  if (found && /^[a-z0-9-]{2,40}$/.test(found)) return found
  if (found) return refuse(`region "${found}" is not the name of one`)
  return endpoint ? 'us-east-1' : refuse('no region (region=…, or AWS_REGION)')
}

// Own servers seldom have a host name for each bucket. Alibaba OSS takes nothing else: style=virtual.
function readStyle(found: string | null, endpoint: string | undefined): boolean {
  if (found === null) return endpoint !== undefined
  return found === 'path' || found === 'virtual' ? found === 'path' : refuse(`style "${found}" is neither path nor virtual`)
}

function readKeys(env: Env): S3Place['credentials'] {
  const [accessKeyId, secretAccessKey] = [env['AWS_ACCESS_KEY_ID'], env['AWS_SECRET_ACCESS_KEY']]
  if (!accessKeyId || !secretAccessKey)
    throw new Error(`BLOB_URL names S3, but ${accessKeyId ? 'AWS_SECRET_ACCESS_KEY' : 'AWS_ACCESS_KEY_ID'} is not set`)
  const sessionToken = env['AWS_SESSION_TOKEN']
  return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) }
}
