import { connect, createServer, type NetConnectOpts, type Server, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** `up` is what clients say, `down` is what they are told. */
export type Direction = 'up' | 'down'

interface Trap {
  bytes: number
  direction: Direction
  sprung: (said: Buffer) => void
}

interface Pair {
  client: Socket
  server: Socket
  /** What the server has said since the client last spoke. */
  said: Buffer[]
}

// After a cut the server may still be speaking; what it says is wanted for a while.
const LISTEN_ON_MS = 500

/** Stands between clients and a server, on TCP or on a unix socket, and cuts connections in the middle of a message. */
export class FaultProxy {
  readonly #at: string | 0
  readonly #target: NetConnectOpts
  readonly #pairs = new Set<Pair>()
  #listener: Server | undefined
  #trap: Trap | undefined
  #muted = false

  /** `at` is a path, or 0 for any free port; it listens from `up` on. */
  constructor(o: { at: string | 0; target: NetConnectOpts }) {
    this.#at = o.at
    this.#target = o.target
  }

  /** The port it listens on; 0 on a unix socket. */
  get port(): number {
    const address = this.#listener?.address()
    return typeof address === 'object' && address ? address.port : 0
  }

  async up(): Promise<this> {
    const listener = createServer((client) => this.#join(client))
    await new Promise<void>((done, fail) => {
      listener.once('error', fail)
      if (this.#at === 0) listener.listen(0, '127.0.0.1', done)
      else listener.listen(this.#at, done)
    })
    this.#listener = listener
    return this
  }

  /** Cuts everybody off and lets nobody in, until `up`. */
  async down(): Promise<void> {
    const closed = new Promise((done) => this.#listener?.close(done))
    for (const { client, server } of this.#pairs) for (const socket of [client, server]) socket.destroy()
    await closed
  }

  /** Swallows everything in both directions; every socket stays open, as when a router on the way forgets its connections. */
  mute(on: boolean): void {
    this.#muted = on
  }

  /**
   * Cuts the connection over which `bytes` more bytes have gone in this direction, exactly there; resolves when it has, with what
   * the server said, whole, since the client of that connection last spoke.
   */
  cutAfter(bytes: number, direction: Direction): Promise<Buffer> {
    return new Promise((sprung) => {
      this.#trap = { bytes, direction, sprung }
    })
  }

  #join(client: Socket): void {
    const pair: Pair = { client, server: connect(this.#target), said: [] }
    this.#pairs.add(pair)
    this.#follow(pair, 'up')
    this.#follow(pair, 'down')
  }

  #follow(pair: Pair, direction: Direction): void {
    const [from, to] = direction === 'up' ? [pair.client, pair.server] : [pair.server, pair.client]
    from.on('data', (chunk: Buffer) => {
      if (this.#muted) return
      if (direction === 'up') pair.said = []
      else pair.said.push(chunk)
      const trap = this.#take(chunk.length, direction)
      if (trap) return void cut(pair, { ...trap, rest: chunk.subarray(0, trap.bytes) })
      if (to.write(chunk)) return
      from.pause()
      to.once('drain', () => from.resume())
    })
    from.on('error', () => {})
    from.on('close', () => {
      this.#pairs.delete(pair)
      to.destroy()
    })
  }

  // The trap, when these bytes spring it; otherwise they are counted.
  #take(bytes: number, direction: Direction): Trap | undefined {
    const trap = this.#trap
    if (trap?.direction !== direction) return undefined
    if (trap.bytes > bytes) {
      trap.bytes -= bytes
      return undefined
    }
    this.#trap = undefined
    return trap
  }
}

// Who is told gets exactly `rest` and then nothing more; the server is listened to for a moment before it is cut off too.
async function cut({ client, server, said }: Pair, o: Trap & { rest: Buffer }): Promise<void> {
  for (const socket of [client, server]) socket.removeAllListeners('data')
  client.removeAllListeners('close').on('data', () => {})
  server.on('data', (chunk: Buffer) => said.push(chunk))
  if (o.direction === 'down') client.end(o.rest, () => client.destroy())
  else server.write(o.rest, () => client.destroy())
  if (o.direction === 'down') await sleep(LISTEN_ON_MS)
  client.destroy()
  server.destroy()
  o.sprung(Buffer.concat(said))
}
