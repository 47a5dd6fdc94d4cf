/** Text as GBK, as older Chinese GIS programs read it; a character that GBK has no place for becomes `?`. */
export function gbkBytes(text: string): Buffer {
  const table = gbkTable()
  const bytes: number[] = []
  for (const char of text) {
    const code = char.codePointAt(0)!
    const pair = code < 0x80 ? code : (table.get(char) ?? 0x3f)
    if (pair > 0xff) bytes.push(pair >> 8)
    bytes.push(pair & 0xff)
  }
  return Buffer.from(bytes)
}

let known: Map<string, number> | undefined

// The platform only reads GBK: every pair of bytes is read once, and the table turned round.
function gbkTable(): Map<string, number> {
  if (known) return known
  known = new Map()
  const decoder = new TextDecoder('gbk')
  for (let lead = 0x81; lead <= 0xfe; lead++)
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const char = trail === 0x7f ? '\ufffd' : decoder.decode(Uint8Array.of(lead, trail))
      if ([...char].length === 1 && char !== '\ufffd' && !known.has(char)) known.set(char, lead * 256 + trail)
    }
  return known
}
