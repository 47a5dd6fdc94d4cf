import { type Logger, pino } from 'pino'

export type Log = Logger

/** A log without personal data: no address, no user agent, no body, no header; a request is a route pattern, a status and a time. */
export function openLog(level: string): Log {
  return pino({
    level,
    base: null,
    serializers: {
      err: (e: unknown) =>
        e instanceof Error
          ? { type: e.name, message: redact(e.message), stack: redact(e.stack ?? '') }
          : { message: 'not an error' },
      req: (r: { method?: string; routeOptions?: { url?: string } }) => ({ method: r.method, route: r.routeOptions?.url }),
      res: (r: { statusCode?: number }) => ({ status: r.statusCode }),
    },
  })
}

/** Telephone numbers, identity-card numbers, mail addresses and uuids do not reach a log. */
export function redact(text: string): string {
  return text
    .replace(/\b\d{17}[\dXx]\b/g, '[id]')
    .replace(/\b1[3-9]\d{9}\b/g, '[phone]')
    .replace(/[\w.+-]+@[\w-]+\.[\w.]+/g, '[mail]')
    .replace(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, '[uuid]')
}
