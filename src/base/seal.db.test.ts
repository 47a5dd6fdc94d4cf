import { createCipheriv, hkdfSync } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { up } from '../../db/migrations/0009-algorithms.ts'
import { openWorld, type World } from '../../test/world.ts'
import { openSealer } from './seal.ts'

let world: World
beforeAll(async () => {
  world = await openWorld({ people: false })
})
afterAll(() => world.close())

it('a box that 0.1.0 closed opens after the migration, and the journal of 0.1.0 is one of SHA-256', async () => {
  const { owner, pool } = world.house.database
  // Back to what 0.1.0 left: no name of a hash, and a box without the byte of its algorithm.
  await pool.query('alter table journal.head drop column hash')
  await pool.query('alter table cases.sealed drop constraint sealed_tenant_case_id_fkey')
  const box = boxOf(world.house.secret, { name: '王芳', contact: '13900000000' })
  const id = crypto.randomUUID()
  await pool.query('insert into cases.sealed (tenant, id, case_id, box) values (610700, $1, $1, $2)', [id, box])
  await up(owner as never)
  const { rows } = await pool.query('select box from cases.sealed where id = $1', [id])
  for (const suite of ['international', 'guomi'] as const)
    expect(openSealer(world.house.secret, suite).open(rows[0].box)).toEqual({ name: '王芳', contact: '13900000000' })
  expect((await pool.query('select hash from journal.head')).rows).toEqual([{ hash: 'sha256' }])
})

/** As 0.1.0 closed it. */
function boxOf(secret: string, content: object): Buffer {
  const nonce = Buffer.alloc(12, 3)
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(hkdfSync('sha256', secret, '', 'qinba sealed identity v1', 32)), nonce)
  const body = Buffer.concat([cipher.update(JSON.stringify(content), 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), body])
}
