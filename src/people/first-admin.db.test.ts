import { afterAll, beforeAll, expect, it } from 'vitest'
import { openWorld, type World } from '../../test/world.ts'
import { createFirstAdmin } from './index.ts'

let world: World
beforeAll(async () => {
  world = await openWorld({ people: false })
})
afterAll(() => world.close())

it('the first account of a city is a security administrator, and there is no second of that kind', async () => {
  const { password } = await createFirstAdmin(world.system, { username: 'anquan', name: '安全' })
  const signIn = await world.app.inject({ method: 'POST', url: '/api/session', payload: { username: 'anquan', password } })
  expect(signIn.json()).toMatchObject({ permissions: expect.arrayContaining(['people.manage']) })
  await expect(createFirstAdmin(world.system, { username: 'another', name: '又一个' })).rejects.toMatchObject({
    code: 'people/not-first',
  })
})
