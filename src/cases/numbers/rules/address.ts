/** A parsed filter as it stood in the address of the list: lists joined by commas, corners by semicolons, yes as `true`. */
export function addressOf(filter: object): Record<string, string> {
  const said = Object.entries(filter).filter(([, value]) => value !== undefined && value !== null)
  return Object.fromEntries(said.map(([name, value]) => [name, textOf(value)]))
}

function textOf(value: unknown): string {
  if (!Array.isArray(value)) return String(value)
  return value.every(Array.isArray) ? value.map((corner: unknown[]) => corner.join(',')).join(';') : value.join(',')
}
