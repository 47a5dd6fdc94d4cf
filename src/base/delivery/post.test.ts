import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mayReach, postTo } from './post.ts'

const server = createServer((request, response) => {
  if (request.url === '/away') return void response.writeHead(302, { location: '/' }).end()
  if (request.url === '/silent') return
  response.writeHead(200).end('x'.repeat(10_000))
})
let port = 0
beforeAll(async () => {
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  port = (server.address() as AddressInfo).port
})
afterAll(() => server.closeAllConnections())

const post = (path: string, allowed: string[] = ['127.0.0.1'], host = '127.0.0.1') =>
  postTo(`http://${host}:${port}${path}`, { headers: {}, body: '{}', allowed, timeoutMs: 500 })

describe('where a message may go', () => {
  it('not to this machine, nor to private or link-local networks, however they are written', () => {
    const own = [
      '127.0.0.1',
      '::1',
      '::',
      '0.0.0.0',
      '10.1.2.3',
      '172.31.0.1',
      '192.168.1.1',
      '169.254.169.254',
      'fe80::1',
      'fd00::1',
    ]
    for (const address of [...own, '::ffff:127.0.0.1', '::ffff:10.0.0.1', '100.64.0.1', '224.0.0.1'])
      expect(mayReach(address, { host: 'a.example', allowed: [] }), address).toBe(false)
    for (const address of ['8.8.8.8', '172.32.0.1', '2001:4860:4860::8888'])
      expect(mayReach(address, { host: 'a.example', allowed: [] }), address).toBe(true)
  })

  it('to what the operator named, by host, address or network', () => {
    const may = (allowed: string[]) => mayReach('10.1.2.3', { host: 'sms.internal', allowed })
    expect([['sms.internal'], ['10.1.2.3'], ['10.1.0.0/16'], ['10.2.0.0/16'], ['other.internal']].map(may)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ])
  })

  it('looks at the address a name leads to, not at the name', async () => {
    await expect(post('/', [], 'localhost')).rejects.toThrow(/own network/)
    await expect(post('/', [])).rejects.toThrow(/own network/)
    expect((await post('/', ['localhost'], 'localhost')).status).toBe(200)
  })

  it('follows no redirect, waits no longer than it was told, and keeps little of an answer', async () => {
    expect((await post('/away')).status).toBe(302)
    await expect(post('/silent')).rejects.toThrow(/no answer in time/)
    expect((await post('/')).text.length).toBe(4096)
  })
})
