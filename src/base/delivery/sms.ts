import type { Outbound } from '../config.ts'
import type { Send } from './deliver.ts'
import { postTo } from './post.ts'

/**
 * Sends short messages through the operator's gateway; undefined where none is set. The gateway takes `{id, to, text}` as JSON with a
 * bearer token and answers 2xx once it has the message; a repeated `id` is the same message.
 */
export function smsSender({ smsUrl, smsToken, allow }: Outbound): Send | undefined {
  if (!smsUrl) return undefined
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    ...(smsToken ? { authorization: `Bearer ${smsToken}` } : {}),
  }
  return async ({ id, body }) => {
    const { status } = await postTo(smsUrl, {
      headers,
      body: JSON.stringify({ id, to: body['to'], text: body['text'] }),
      allowed: allow,
    })
    return { ok: status >= 200 && status < 300, code: status }
  }
}
