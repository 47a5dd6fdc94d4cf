import sharp from 'sharp'

/** A small JPEG with, or without, the EXIF of a phone: time in Asia/Shanghai, position in WGS 84. */
export async function photo(o: { takenAt?: string; lng?: number; lat?: number; shade?: number } = {}): Promise<Buffer> {
  const shade = o.shade ?? 120
  const picture = sharp({ create: { width: 640, height: 480, channels: 3, background: { r: shade, g: 140, b: 90 } } }).jpeg()
  return (o.takenAt ? picture.withExif(exifOf(o)) : picture).toBuffer()
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
