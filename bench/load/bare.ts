// The same SQL behind a bare handler: each path's statements are recorded from the product once and replayed with nothing around them.
import { readFileSync } from 'node:fs'
import Fastify from 'fastify'
import { readConfig } from '../../src/base/config.ts'
import { openHouse } from '../../src/house.ts'
import { openApp } from '../../src/serve.ts'
import { record, replay, type Statement } from '../../test/record.ts'

const { cookie, paths } = JSON.parse(readFileSync(process.argv[2]!, 'utf8')) as { cookie: string; paths: string[] }
const house = await openHouse(readConfig({ ...process.env, DATA_DIR: `${process.env['DATA_DIR']}.bare` }, process.cwd()))
const secretOf = readFileSync(`${process.env['DATA_DIR']}/secret`, 'utf8')
const app = await openApp({ ...house, secret: secretOf })
await house.jobs.stop() // or its statements would be recorded among the others
const recorded = new Map<string, Statement[]>()
for (const path of new Set(paths)) {
  const statements = await record(async () => {
    const answer = await app.inject({ url: path, headers: { cookie } })
    if (answer.statusCode !== 200) throw new Error(`${path}: ${answer.statusCode} ${answer.body.slice(0, 200)}`)
  })
  recorded.set(path, statements)
}
await app.close()

const bare = Fastify()
bare.get('/ready', async () => ({ ok: true }))
bare.get('/*', (request) => replay(house.database.pool, recorded.get(request.url)!))
await bare.listen({ port: Number(process.env['PORT']), host: '127.0.0.1' })
process.on('SIGTERM', () => process.exit(0))
