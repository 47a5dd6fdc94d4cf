import { inflateRawSync } from 'node:zlib'

/** The text of every XML file of a zip (a docx, an xlsx), one after the other; of one of them where its name is given. */
export function zipText(zip: Buffer, only?: string): string {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  let at = zip.readUInt32LE(end + 16)
  let text = ''
  while (zip.readUInt32LE(at) === 0x02014b50) {
    const [method, packed] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20)]
    const [name, extra, comment] = [zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32)]
    const file = zip.toString('utf8', at + 46, at + 46 + name)
    const local = zip.readUInt32LE(at + 42)
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
    const bytes = zip.subarray(from, from + packed)
    if (only === undefined ? /\.(xml|rels)$/.test(file) : file === only)
      text += (method === 8 ? inflateRawSync(bytes) : bytes).toString('utf8')
    at += 46 + name + extra + comment
  }
  return text
}
