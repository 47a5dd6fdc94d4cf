import { createServer, connect as dial, type Socket } from 'node:net'
import { Transform } from 'node:stream'

/** What the line between us and a server does. `corrupt` changes one byte of everything long, in the direction named. */
export type Fault = 'none' | 'down' | 'silent' | 'slow' | 'corrupt-up' | 'corrupt-down' | 'cut-up'

/** A line to a server on this machine that can be made bad while it is in use. */
export interface FaultProxy {
  port: number
  /** Holds for what comes from now on; `down` also ends what is open. */
  set(fault: Fault): void
  close(): Promise<void>
}

/** Starts a proxy on a free port before the port given. */
export async function startFaultProxy(target: number): Promise<FaultProxy> {
  let fault: Fault = 'none'
  const open = new Set<Socket>()
  const server = createServer((near) => {
    if (fault === 'down') return void near.destroy()
    const far = dial(target, '127.0.0.1')
    for (const socket of [near, far]) {
      open.add(socket)
      socket
        .on('error', () => {})
        .on('close', () => {
          open.delete(socket)
          near.destroy()
          far.destroy()
        })
    }
    near.pipe(line(() => fault, 'up')).pipe(far)
    far.pipe(line(() => fault, 'down')).pipe(near)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as { port: number }
  return {
    port,
    set(next) {
      fault = next
      if (next === 'down') for (const socket of open) socket.destroy()
    },
    close: () =>
      new Promise((done) => {
        for (const socket of open) socket.destroy()
        server.close(() => done())
      }),
  }
}

function line(fault: () => Fault, way: 'up' | 'down'): Transform {
  let passed = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const now = fault()
      passed += chunk.length
      if (now === 'silent') return done()
      if (now === 'slow') return void setTimeout(done, 300, null, chunk)
      if (now === 'cut-up' && way === 'up' && passed > 20_000) return done(new Error('cut'))
      // Heads of requests and answers are short, bodies here are long: the last byte of a long chunk is one of a body.
      if (now === `corrupt-${way}` && chunk.length > 5000) chunk[chunk.length - 1]! ^= 1
      done(null, chunk)
    },
  }).on('error', () => {})
}
