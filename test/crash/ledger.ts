import { createHash } from 'node:crypto'
import { appendFileSync } from 'node:fs'
import canonicalize from 'canonicalize'

/** One write that a client sends, with the key under which it is sent again until it is answered. */
export interface Act {
  key: string
  who: string
  path: string
  /** JSON, or the parts of a form with one photo. */
  body: object | { fields: Record<string, string>; photo: Buffer }
  /** For `If-Match`. */
  version?: number
  /** The hash of the photo. */
  sha256?: string
  /** What the case is called: unique in a campaign, so a second row cannot hide. */
  title: string
}

/** What an acknowledgement says. */
export interface Answer {
  id: string
  no: string
  version: number
}

/** What a client knows of one case: each entry of `answers` was acknowledged, in order. */
export interface Known {
  title: string
  id?: string
  no?: string
  /** The version of the last acknowledgement. */
  version: number
  photos: string[]
}

/** A write that was not answered with 2xx: when it was sent, and what came instead. */
export interface Failure {
  sent: number
  ended: number
  what: string
}

/** What was acknowledged, kept outside the disk that is cut, each line forced to its own disk before the next act. */
export class Ledger {
  readonly cases = new Map<string, Known>()
  readonly failures: Failure[] = []
  /** The hash of each answer, by case and version: an answer that was lost on its way has to come again as it was. */
  readonly answers = new Map<string, string>()
  acknowledged = 0
  retried = 0
  readonly #file: string

  constructor(file: string) {
    this.#file = file
  }

  acknowledge(act: Act, answer: Answer): void {
    const { id, no, version } = answer
    this.answers.set(`${id}@${version}`, hashOfAnswer(answer))
    const { key, title, sha256 } = act
    appendFileSync(this.#file, `${JSON.stringify({ key, id, no, version, title, sha256 })}\n`, { flush: true })
    const known = this.cases.get(title) ?? { title, version: 0, photos: [] }
    this.cases.set(title, { ...known, id, no, version, photos: sha256 ? [...known.photos, sha256] : known.photos })
    this.acknowledged++
  }
}

/** Two answers with the same content hash alike, in whatever order their fields come. */
export function hashOfAnswer(answer: unknown): string {
  return createHash('sha256').update(canonicalize(answer)!).digest('base64url')
}
