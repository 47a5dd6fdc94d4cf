import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askServer, type Io, listenForCommands, type Order, socketPath } from './command.ts'

const dir = mkdtempSync(join(tmpdir(), 'qinba-command-'))
const path = join(dir, 's.sock')
let stop: () => void
beforeAll(async () => {
  const server = await listenForCommands(path, run)
  stop = () => void server.close()
})
afterAll(() => {
  stop()
  rmSync(dir, { recursive: true, force: true })
})

function run({ argv }: Order, io: Io): Promise<number> {
  if (argv[0] === 'bug') throw new TypeError('a bug')
  if (argv[0] === 'late-word') setTimeout(() => io.out('too late'), 20)
  if (argv[0] === 'long') return untilStopped(io)
  if (argv[0] === 'late-bug') return Promise.reject(new TypeError('a late bug'))
  io.out(argv.join(' '))
  return Promise.resolve(0)
}

function untilStopped(io: Io): Promise<number> {
  io.out('begun')
  return new Promise((done) =>
    io.signal?.addEventListener('abort', () => {
      io.out('stopped at 7')
      done(1)
    }),
  )
}

const send = (body: string) =>
  new Promise<string[]>((done, fail) => {
    const req = request({ socketPath: path, method: 'POST', path: '/' }, async (res) => {
      let text = ''
      for await (const chunk of res) text += chunk
      done(text.trim().split('\n'))
    })
    req.on('error', fail)
    req.end(body)
  })

async function ask(...argv: string[]): Promise<{ code: number | undefined; said: string[] }> {
  const said: string[] = []
  const io: Io = { out: (line) => said.push(line), err: (line) => said.push(`! ${line}`), progress: () => {} }
  return { code: await askServer(path, { argv, cwd: '/' }, io), said }
}

describe('a command beside a running server', () => {
  it('is run there', async () => expect(await ask('check', 'all')).toEqual({ code: 0, said: ['check all'] }))

  it.each(['{', '', 'null', '5', '{"argv":5,"cwd":"/"}', '{"argv":[1],"cwd":"/"}', '{"argv":[]}'])(
    'that does not parse (%s) is answered with a line and code 1',
    async (body) => {
      const lines = await send(body)
      expect(Object.keys(JSON.parse(lines[0]!) as object)).toEqual(['err'])
      expect(lines.at(-1)).toBe('{"code":1}')
    },
  )

  it('stops when the one who asked says so, and its last words are still heard', async () => {
    const [one, other] = [new AbortController(), new AbortController()]
    const said: string[] = []
    const ioOf = (c: AbortController, name: string): Io => ({
      out: (line) => {
        said.push(`${name} ${line}`)
        if (name === 'one' && line === 'begun') c.abort()
      },
      err: () => {},
      progress: () => {},
      signal: c.signal,
    })
    const second = askServer(path, { argv: ['long'], cwd: '/' }, ioOf(other, 'other'))
    expect(await askServer(path, { argv: ['long'], cwd: '/' }, ioOf(one, 'one'))).toBe(1)
    expect(said.filter((line) => line.startsWith('one'))).toEqual(['one begun', 'one stopped at 7'])
    other.abort()
    expect(await second).toBe(1)
  })

  it('that has a bug ends with code 1, and the server stays', async () => {
    expect(await ask('bug')).toEqual({ code: 1, said: ['! a bug'] })
    expect(await ask('late-bug')).toEqual({ code: 1, said: ['! a late bug'] })
    expect((await ask('late-word')).code).toBe(0)
    await new Promise((later) => setTimeout(later, 60))
    expect((await ask('still', 'there')).code).toBe(0)
  })
})

describe('the socket', () => {
  it('stands in the data folder', () => expect(socketPath('/srv/qinba')).toBe('/srv/qinba/qinba.sock'))

  it('is not made elsewhere when the path is too long: the server runs without, and says so', async () => {
    const path = socketPath(`/srv/${'长'.repeat(40)}`)
    expect(path).toBeUndefined()
    const said: string[] = []
    const server = await listenForCommands(path, run, (line) => said.push(line))
    server.close()
    expect(said).toHaveLength(1)
    expect(await askServer(path, { argv: [], cwd: '/' }, { out() {}, err() {}, progress() {} })).toBeUndefined()
    expect(existsSync(join(dir, 's.sock'))).toBe(true)
  })
})
