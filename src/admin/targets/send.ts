import type { House } from '../../base/ctx.ts'
import type { Send } from '../../base/delivery/deliver.ts'
import { mailSender } from '../../base/delivery/mail.ts'
import { type Answer, postTo } from '../../base/delivery/post.ts'
import { signedDingtalk, signedHeaders } from '../../base/delivery/signature.ts'
import { smsSender } from '../../base/delivery/sms.ts'
import type { Channel, Due } from '../../base/delivery/store.ts'
import { openSealer } from '../../base/seal.ts'
import { findBox } from './store.ts'
import type { Sealed } from './targets.ts'

/** How what waits is sent: signed for a webhook, in the form of its chat for a robot, by the operator's servers for mail and short messages. */
export function allSenders(house: House): Partial<Record<Channel, Send>> {
  const send: Send = async (due) => {
    const found = await house.database.begin(house.tenant, (db) => findBox(db, due.target))
    if (!found) return { ok: false, error: 'stopped', stop: true }
    const place = openSealer(house.secret, 'international').open(found.box) as Sealed
    return due.channel === 'webhook' ? toWebhook(house, due, place) : toRobot(house, due, place)
  }
  const [mail, sms] = [mailSender(house.settings.outbound), smsSender(house.settings.outbound)]
  return { webhook: send, wecom: send, dingtalk: send, ...(mail ? { mail } : {}), ...(sms ? { sms } : {}) }
}

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' }

async function toWebhook(house: House, due: Due, { url, secret }: Sealed) {
  const body = JSON.stringify(due.body)
  const headers = {
    'content-type': 'application/cloudevents+json; charset=utf-8',
    ...signedHeaders(secret!, { id: String(due.body['id']), body, now: house.clock() }),
  }
  return judge(await postTo(url, { headers, body, allowed: house.settings.outbound.allow }))
}

// A robot answers 200 to what it refuses; its own code tells.
async function toRobot(house: House, due: Due, { url, secret }: Sealed) {
  const address = due.channel === 'dingtalk' ? signedDingtalk(url, secret, house.clock()) : url
  const answer = await postTo(address, {
    headers: JSON_TYPE,
    body: JSON.stringify(due.body),
    allowed: house.settings.outbound.allow,
  })
  const said = parsed(answer.text)
  if (answer.status === 200 && said?.errcode !== 0)
    return { ok: false, code: 200, error: `errcode ${said?.errcode ?? '?'} ${said?.errmsg ?? ''}`.trim() }
  return judge(answer)
}

// 410 Gone: the other side wants no more of it (Standard Webhooks).
const judge = ({ status }: Answer) => ({ ok: status >= 200 && status < 300, code: status, stop: status === 410 })

function parsed(text: string): { errcode?: number; errmsg?: string } | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
