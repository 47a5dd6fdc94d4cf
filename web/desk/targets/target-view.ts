/** A target as the server gives it. */
export type TargetRow = {
  id: string
  kind: 'webhook' | 'wecom' | 'dingtalk'
  name: string
  host: string
  kinds: string[]
  secrecy: number
  org: string | null
  region: string | null
  version: number
  madeByName: string
  madeAt: string
  stoppedAt: string | null
  stoppedWhy: string | null
}

/** One line of what went to a target. */
export type DeliveryRow = {
  id: string
  seq: number
  subject: string | null
  body: { type?: string }
  madeAt: string
  status: 'waiting' | 'sent' | 'given_up'
  attempts: number
  nextAt: string
  code: number | null
  error: string | null
  againOf: string | null
}
