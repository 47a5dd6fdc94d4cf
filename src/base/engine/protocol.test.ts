import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { oneReadyPerSync, scanner } from './protocol.ts'
import { type Engine, startEngine } from './start.ts'

const message = (type: string, body: number) => {
  const bytes = Buffer.alloc(5 + body, 7)
  bytes.write(type)
  bytes.writeInt32BE(4 + body, 1)
  return bytes
}

describe('the scanner', () => {
  it('keeps and drops whole messages however the stream is cut', () => {
    const kinds = fc.array(fc.tuple(fc.constantFrom('D', 'Z', 'E', 'C'), fc.nat(40)), { maxLength: 12 })
    fc.assert(
      fc.property(kinds, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 30 }), (list, cuts) => {
        const whole = Buffer.concat(list.map(([type, size]) => message(type, size)))
        const wanted = Buffer.concat(list.filter(([type]) => type !== 'Z').map(([type, size]) => message(type, size)))
        const got: Uint8Array[] = []
        const scan = scanner(
          (type) => type !== 0x5a,
          (bytes) => got.push(bytes.slice()),
        )
        for (let at = 0, i = 0; at < whole.length; i++) {
          const size = cuts[i % cuts.length]!
          scan(whole.subarray(at, at + size))
          at += size
        }
        expect(Buffer.concat(got).equals(wanted)).toBe(true)
      }),
    )
  })
})

it('hears a new connection though the last one was cut between its error and its Sync', async () => {
  const heard: string[] = []
  const run = oneReadyPerSync(async (bytes, options) => {
    heard.push(bytes[0] === 0 ? 'startup' : String.fromCharCode(bytes[0]!))
    if (heard.length === 1) options?.onRawData?.(message('E', 9))
  })
  const onRawData = () => {}
  for (const bytes of [message('P', 3), message('B', 3), Buffer.alloc(8), message('P', 3)]) await run(bytes, { onRawData })
  expect(heard).toEqual(['P', 'startup', 'P'])
})

describe('errors over the wire', () => {
  const dir = mkdtempSync(join(tmpdir(), 'qinba-protocol-'))
  let engine: Engine
  let client: pg.Client
  beforeAll(async () => {
    engine = await startEngine({ dir: join(dir, 'pg') })
    client = new pg.Client(engine.connection)
    await client.connect()
    await client.query('create table p (id int primary key); create table k (id int references p (id))')
  }, 60_000)
  afterAll(async () => {
    await client.end()
    await engine.stop()
    rmSync(dir, { recursive: true, force: true })
  })

  const FAULTS: [string, string, unknown[]][] = [
    ['in Execute', 'insert into k values ($1)', [99]],
    ['in Parse', 'select from where $1', [1]],
    ['in Bind', 'select $1::int', ['no number']],
    ['of a row', 'select 1 / $1::int', [0]],
  ]
  it.each(FAULTS)('%s leave the connection in step, inside a transaction and outside', async (_where, text, values) => {
    for (const inside of [true, false]) {
      if (inside) await client.query('begin')
      await expect(client.query(text, values)).rejects.toThrow()
      if (inside) await client.query('rollback')
      for (let i = 0; i < 3; i++) expect((await client.query('select $1::int as n', [i])).rows).toEqual([{ n: i }])
    }
  })
})
