import type { LookupAddress } from 'node:dns'
import { lookup } from 'node:dns'
import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'

/** What an operator allows beside the open internet: `10.1.0.0/16`, `10.2.3.4`, `mail.internal`. */
export type Allowed = readonly string[]

export interface Answer {
  status: number
  /** The first part of what came back. */
  text: string
}

const TIMEOUT_MS = 10_000
const MOST_BYTES = 4096

/**
 * Posts a body and gives the answer; throws a plain Error in one line. Redirects are not followed. The address is judged when the
 * connection is made, so that a name cannot be turned to this machine's own network after it was looked at.
 */
export function postTo(
  url: string,
  o: { headers: Record<string, string>; body: string; allowed: Allowed; timeoutMs?: number },
): Promise<Answer> {
  const target = new URL(url)
  const send = target.protocol === 'https:' ? httpsRequest : httpRequest
  return new Promise((resolve, reject) => {
    const literal = target.hostname.replace(/^\[|\]$/g, '')
    if (isIP(literal) && !mayReach(literal, { host: literal, allowed: o.allowed })) return reject(refusal(literal))
    const outgoing = send(target, {
      method: 'POST',
      headers: { ...o.headers, 'content-length': Buffer.byteLength(o.body) },
      lookup: guardedLookup(o.allowed),
      signal: AbortSignal.timeout(o.timeoutMs ?? TIMEOUT_MS),
      agent: false,
    })
    outgoing.on('response', (incoming) => {
      let text = ''
      incoming.setEncoding('utf8')
      incoming.on('data', (part: string) => {
        text += part
        if (text.length > MOST_BYTES) incoming.destroy()
      })
      incoming.on('close', () => resolve({ status: incoming.statusCode ?? 0, text: text.slice(0, MOST_BYTES) }))
      incoming.on('error', () => {})
    })
    outgoing.on('error', (e) => reject(e.name === 'TimeoutError' || e.name === 'AbortError' ? new Error('no answer in time') : e))
    outgoing.end(o.body)
  })
}

function guardedLookup(allowed: Allowed): LookupFunction {
  return (host, options, done) =>
    lookup(host, { ...options, all: true }, (e, found: LookupAddress[]) => {
      if (e) return done(e, [])
      const bad = found.find(({ address }) => !mayReach(address, { host, allowed }))
      if (bad) return done(refusal(bad.address), [])
      options.all ? done(null, found) : done(null, found[0]!.address, found[0]!.family)
    })
}

const refusal = (address: string): NodeJS.ErrnoException =>
  new Error(`${address} is an address of this machine's own network; OUTBOUND_ALLOW may name it`)

/** Whether a message may go to an address: never to this machine or to link-local ones, to private networks only where they are allowed. */
export function mayReach(address: string, o: { host: string; allowed: Allowed }): boolean {
  const plain = address.toLowerCase().startsWith('::ffff:') ? address.slice(7) : address
  const family = isIP(plain) === 6 ? 'ipv6' : 'ipv4'
  if (o.allowed.some((one) => one === o.host || isWithin(plain, one))) return true
  return !OWN.check(plain, family)
}

function isWithin(address: string, network: string): boolean {
  const [base = '', bits] = network.split('/')
  if (!isIP(base) || isIP(base) !== isIP(address)) return false
  const family = isIP(base) === 6 ? 'ipv6' : 'ipv4'
  const list = new BlockList()
  if (bits === undefined) list.addAddress(base, family)
  else list.addSubnet(base, Number(bits), family)
  return list.check(address, family)
}

const OWN = new BlockList()
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  OWN.addSubnet(network, bits, 'ipv4')
for (const [network, bits] of [
  ['::', 127],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  OWN.addSubnet(network, bits, 'ipv6')
