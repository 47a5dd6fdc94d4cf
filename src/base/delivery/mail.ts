import { createTransport } from 'nodemailer'
import type { Outbound } from '../config.ts'
import type { Send } from './deliver.ts'

/** Sends short mails through the operator's server; undefined where none is set. The body says `to`, `subject` and `text`. */
export function mailSender({ smtpUrl, mailFrom }: Outbound): Send | undefined {
  if (!smtpUrl) return undefined
  const timeouts = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 }
  const transport = createTransport({ url: smtpUrl, ...timeouts, disableFileAccess: true, disableUrlAccess: true })
  return async ({ id, body }) => {
    const { to, subject, text } = body as { to: string; subject: string; text: string }
    await transport.sendMail({
      from: mailFrom,
      to,
      subject,
      text,
      messageId: `<${id}@${mailFrom!.split('@')[1]}>`,
      headers: { 'auto-submitted': 'auto-generated' },
    })
    return { ok: true, code: 250 }
  }
}
