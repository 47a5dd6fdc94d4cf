/** The text of a file in UTF-8 (with or without mark), UTF-16 with mark, or GB 18030 (GBK); undefined where it is none of them. */
export function decodeText(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decodeStrictly('utf-16le', bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decodeStrictly('utf-16be', bytes)
  if (bytes.includes(0)) return undefined
  return decodeStrictly('utf-8', bytes) ?? decodeStrictly('gb18030', bytes)
}

// Strict: bytes that do not belong to the encoding give no text at all, so GBK never passes for UTF-8.
function decodeStrictly(encoding: string, bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
    return hasControls(text) ? undefined : text
  } catch (error) {
    if (error instanceof TypeError) return undefined
    throw error
  }
}

function hasControls(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  return /[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/.test(text)
}
