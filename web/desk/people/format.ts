/** A moment as the office's clock shows it, to the second. */
export function moment(instant: string): string {
  return new Date(new Date(instant).getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
}

/** Today in Shanghai, whatever the zone of the browser. */
export const todayInShanghai = (): string => moment(new Date().toISOString()).slice(0, 10)
