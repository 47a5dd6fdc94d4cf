/** Whole fen as yuan with two decimals; nothing for nothing. */
export function formatYuan(fen: number | undefined): string | undefined {
  if (fen === undefined) return undefined
  return (fen / 100).toLocaleString('zh-CN', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
}

/** A moment as the clock in Hanzhong shows it: `2026-11-23 09:05`. */
export function formatMoment(at: string): string {
  return SHANGHAI.format(new Date(at)).replaceAll('/', '-')
}

/** Bytes in the unit that people use. */
export function formatBytes(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}

const SHANGHAI = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})
