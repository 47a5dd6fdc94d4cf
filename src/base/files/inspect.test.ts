import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, describe, expect, it } from 'vitest'
import { photo } from '../../../test/photos.ts'
import { openBlobs } from '../blobs.ts'
import { inspectUpload, THUMB } from './inspect.ts'

const root = mkdtempSync(join(tmpdir(), 'qinba-inspect-'))
const blobs = openBlobs(root)
afterAll(() => rmSync(root, { recursive: true, force: true }))
const inspect = async (content: Buffer) => inspectUpload(blobs, await blobs.put(content))

describe('an uploaded file', () => {
  it('is a photo with its time and place, and the screen copy carries no metadata', async () => {
    const content = await photo({ takenAt: '2026-03-09T10:00:00', lng: 107.0312, lat: 33.0678 })
    const found = await inspect(content)
    expect(found).toMatchObject({ mime: 'image/jpeg', takenAt: '2026-03-09T10:00:00+08:00' })
    expect(found.point!.lng).toBeCloseTo(107.0312, 5)
    const small = await blobs.read((await blobs.put(content)).sha256, THUMB)
    expect((await sharp(small).metadata()).exif).toBeUndefined()
  })

  it('without EXIF says so by saying nothing', async () => {
    expect(await inspect(await photo({}))).toEqual({ mime: 'image/jpeg', isImage: true })
  })

  it.each(['2026-02-30T10:00:00', '2026-13-01T10:00:00', '2026-03-09T25:00:00', '0000-00-00T00:00:00', '2026-03-09T10:00:60'])(
    'whose time does not exist (%s) has none',
    async (takenAt) => expect(await inspect(await photo({ takenAt }))).toEqual({ mime: 'image/jpeg', isImage: true }),
  )

  it('that is a page, a script or nothing known is refused by what it is', async () => {
    await expect(inspect(Buffer.from('<html><script>alert(1)</script></html>'))).rejects.toMatchObject({
      code: 'base/media-type',
    })
    await expect(inspect(Buffer.from('MZ\x90\x00'))).rejects.toMatchObject({ status: 415 })
  })

  it('that is a polyglot is shown as a fresh copy that holds none of the rest', async () => {
    const polyglot = Buffer.concat([await photo({}), Buffer.from('<script>alert(1)</script>')])
    await inspect(polyglot)
    const small = await blobs.read((await blobs.put(polyglot)).sha256, THUMB)
    expect(small.includes('<script>')).toBe(false)
  })

  it('that claims 400 megapixels is refused before it is decoded', async () => {
    const png = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
      .png()
      .toBuffer()
    png.writeUInt32BE(20_000, 16)
    png.writeUInt32BE(20_000, 20)
    await expect(inspect(png)).rejects.toMatchObject({ status: 422 })
  })

  it('that is cut short is refused', async () => {
    const whole = await photo({ takenAt: '2026-03-09T10:00:00' })
    await expect(inspect(whole.subarray(0, whole.length - 800))).rejects.toMatchObject({ status: 422 })
  })
})
