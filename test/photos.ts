import sharp from 'sharp'

type Shot = { takenAt?: string; lng?: number; lat?: number; shade?: number; scene?: keyof typeof SCENES }

/** A small JPEG with, or without, the EXIF of a phone: time in Asia/Shanghai, position in WGS 84. */
export async function photo(o: Shot = {}): Promise<Buffer> {
  const shade = o.shade ?? 120
  const plain = { create: { width: 640, height: 480, channels: 3 as const, background: { r: shade, g: 140, b: 90 } } }
  const picture = (o.scene ? sharp(drawn(SCENES[o.scene])) : sharp(plain)).jpeg()
  return (o.takenAt ? picture.withExif(exifOf(o)) : picture).toBuffer()
}

// A river bank, drawn: with a heap of spoil, and with the heap gone and the slope green.
const SCENES = {
  heap: '<path d="M90 350 150 250 210 270 280 190 350 240 420 220 520 350z" fill="#8d8172"/><path d="M150 250 210 270 190 350H90zM280 190 350 240 330 350 250 350z" fill="#756a5d"/>',
  green:
    '<path d="M0 300Q320 250 640 310V350H0z" fill="#5f8f4e"/><path d="M90 300v-40M200 290v-50M330 285v-38M450 290v-52M560 300v-40" stroke="#4b3b2a" stroke-width="7"/><g fill="#3f7a3a"><circle cx="90" cy="248" r="26"/><circle cx="200" cy="226" r="30"/><circle cx="330" cy="238" r="25"/><circle cx="450" cy="226" r="31"/><circle cx="560" cy="248" r="26"/></g>',
}

function drawn(scene: string): Buffer {
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480"><rect width="640" height="480" fill="#c9dbe6"/><path d="M0 230 120 130 250 215 400 110 520 200 640 150V320H0z" fill="#93a99a"/><path d="M0 310Q320 290 640 310V400H0z" fill="#b7a98c"/>${scene}<path d="M0 375Q320 345 640 380V480H0z" fill="#6d93a3"/></svg>`,
  )
}

function exifOf({ takenAt, lng, lat }: { takenAt?: string; lng?: number; lat?: number }) {
  const time = takenAt!.slice(0, 19).replace('T', ' ').replaceAll('-', ':')
  const gps =
    lng === undefined || lat === undefined
      ? {}
      : { GPSLatitudeRef: 'N', GPSLatitude: dms(lat), GPSLongitudeRef: 'E', GPSLongitude: dms(lng) }
  return { IFD0: { Make: 'test', Model: 'phone' }, IFD2: { DateTimeOriginal: time, OffsetTimeOriginal: '+08:00' }, IFD3: gps }
}

function dms(degrees: number): string {
  const d = Math.floor(degrees)
  const m = Math.floor((degrees - d) * 60)
  const s = Math.round(((degrees - d) * 60 - m) * 60 * 10_000)
  return `${d}/1 ${m}/1 ${s}/10000`
}

/** A multipart body as browsers send it. */
export function multipart(
  fields: Record<string, string>,
  file?: { name: string; content: Buffer },
): { payload: Buffer; headers: Record<string, string> } {
  const boundary = 'qinba-test-boundary'
  const parts = Object.entries(fields).map(([k, v]) =>
    Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="${k}"\r\n\r\n${v}\r\n`),
  )
  if (file) {
    const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${file.name}"\r\ncontent-type: application/octet-stream\r\n\r\n`
    parts.push(Buffer.concat([Buffer.from(head), file.content, Buffer.from('\r\n')]))
  }
  return {
    payload: Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]),
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  }
}
