import exifr from 'exifr'
import { fileTypeFromBuffer } from 'file-type'
import sharp from 'sharp'
import type { Blob, BlobStore } from '../blobs.ts'
import { baseProblem } from '../problem.ts'
import { parseInstant } from '../rules/day.ts'
import { isRefusal } from '../rules/refusal.ts'

/** What an uploaded file turned out to be, judged by its bytes and never by its name. */
export interface Inspected {
  mime: string
  isImage: boolean
  /** When and where a photo says it was taken: RFC 3339 (Asia/Shanghai where no offset is given), WGS 84 degrees. */
  takenAt?: string
  point?: { lng: number; lat: number }
}

const IMAGES = ['image/jpeg', 'image/png', 'image/webp']
const DOCUMENTS = [
  'application/pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.ofd',
]
export const ACCEPTED = [...IMAGES, ...DOCUMENTS]
/** A larger picture is refused before it is decoded. */
export const MAX_PIXELS = 50_000_000
export const THUMB = '.thumb.webp'

/**
 * Decodes a picture whole (a polyglot or a damaged one is refused), reads its EXIF, and keeps a small clean copy without any
 * metadata for the screen. Throws 415 for another type and 422 for a picture that does not decode or is too large.
 */
export async function inspectUpload(blobs: BlobStore, blob: Blob): Promise<Inspected> {
  const content = await blobs.read(blob.sha256)
  const type = await fileTypeFromBuffer(content)
  const mime = type?.mime ?? 'application/octet-stream'
  if (DOCUMENTS.includes(mime)) return { mime, isImage: false }
  if (!IMAGES.includes(mime)) throw baseProblem('media-type', { found: mime, expected: 'JPEG, PNG, WebP, PDF, DOCX, XLSX, OFD' })
  await keepThumbnail(blobs, blob.sha256, content)
  return { mime, isImage: true, ...(await readExif(content)) }
}

async function keepThumbnail(blobs: BlobStore, sha256: string, content: Buffer): Promise<void> {
  try {
    const picture = sharp(content, { limitInputPixels: MAX_PIXELS, failOn: 'error', sequentialRead: true })
    const small = await picture
      .rotate()
      .resize(640, 640, { fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 75 })
      .timeout({ seconds: 10 })
      .toBuffer()
    await blobs.putDerived(sha256, THUMB, small)
  } catch (e) {
    throw baseProblem('does-not-hold', { where: 'file', found: e instanceof Error ? e.message.slice(0, 120) : 'not a picture' })
  }
}

// A photo without EXIF is no error here: chat groups strip it, and the rules say what it then needs.
async function readExif(content: Buffer): Promise<Pick<Inspected, 'takenAt' | 'point'>> {
  const pick = ['DateTimeOriginal', 'OffsetTimeOriginal', 'GPSLatitude', 'GPSLongitude', 'GPSLatitudeRef', 'GPSLongitudeRef']
  const exif = (await exifr.parse(content, { gps: true, reviveValues: false, pick }).catch(() => undefined)) as
    | { DateTimeOriginal?: string; OffsetTimeOriginal?: string; latitude?: number; longitude?: number }
    | undefined
  const taken = /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)/.exec(exif?.DateTimeOriginal ?? '')
  const offset = /^[+-]\d\d:\d\d$/.test(exif?.OffsetTimeOriginal ?? '') ? exif!.OffsetTimeOriginal : '+08:00'
  const { latitude: lat, longitude: lng } = exif ?? {}
  const isPoint = typeof lat === 'number' && typeof lng === 'number' && Number.isFinite(lat) && Number.isFinite(lng)
  const takenAt = taken && `${taken[1]}-${taken[2]}-${taken[3]}T${taken[4]}${offset}`
  return {
    ...(takenAt && isMoment(takenAt) ? { takenAt } : {}),
    ...(isPoint ? { point: { lng, lat } } : {}),
  }
}

// A moment that exists; a leap second does, but no `Date` can hold it.
const isMoment = (text: string) => !isRefusal(parseInstant(text)) && !Number.isNaN(Date.parse(text))
