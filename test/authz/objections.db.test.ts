import { afterAll, beforeAll, expect, it } from 'vitest'
import { openScene, type Scene } from './scene.ts'

let scene: Scene
beforeAll(async () => {
  scene = await openScene()
})
afterAll(() => scene.world.close())

it('several people object to one notice at the same moment: each is heard or told that the notice moved on, none is told to come back later', async () => {
  const notice = scene.cases.find((c) => c.onNotice && c.label === 0)!
  const answers = []
  for (let round = 0; round < 5; round++)
    answers.push(
      ...(await Promise.all(
        Array.from({ length: 6 }, (_, i) =>
          scene.world.app.inject({
            method: 'POST',
            url: `/api/public/notices/${notice.id}/objections`,
            headers: { 'idempotency-key': crypto.randomUUID() },
            payload: { name: `第${i}人`, contact: '13900000000', text: '现场并未清完' },
          }),
        ),
      )),
    )
  expect(answers.filter((a) => a.statusCode !== 201 && a.statusCode !== 409).map((a) => a.body)).toEqual([])
  expect(answers.filter((a) => a.statusCode === 201).length).toBeGreaterThanOrEqual(5)
})
