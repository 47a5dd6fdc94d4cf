import { createHmac } from 'node:crypto'

/**
 * The headers of a signed message as Standard Webhooks has them: `webhook-id`, `webhook-timestamp` (seconds) and `webhook-signature`
 * (`v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`). `secret` is `whsec_` and base64.
 */
export function signedHeaders(secret: string, o: { id: string; body: string; now: Date }): Record<string, string> {
  const timestamp = String(Math.floor(o.now.getTime() / 1000))
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  const signature = createHmac('sha256', key).update(`${o.id}.${timestamp}.${o.body}`).digest('base64')
  return { 'webhook-id': o.id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` }
}

/** The address of a DingTalk robot with its signature: HMAC-SHA256 over `timestamp\nsecret`, in milliseconds. */
export function signedDingtalk(url: string, secret: string | undefined, now: Date): string {
  if (!secret) return url
  const timestamp = now.getTime()
  const sign = createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64')
  const signed = new URL(url)
  signed.searchParams.set('timestamp', String(timestamp))
  signed.searchParams.set('sign', sign)
  return signed.toString()
}
