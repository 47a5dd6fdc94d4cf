import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { basename, join } from 'node:path'

/** The programs that real offices read our files with, or that measure them: LibreOffice and poppler's tools. */
const TOOLS = ['soffice', 'pdftotext', 'pdftoppm', 'pdffonts', 'pdfinfo'] as const

/** Those of them that this machine lacks; where it lacks one, the suites that need it are skipped by name. */
export function missingTools(): string[] {
  return TOOLS.filter((tool) => spawnSync('which', [tool]).status !== 0)
}

/** Opens files in LibreOffice (with a profile of its own in `dir`) and writes each anew in another format; gives the new paths. */
export function convert(files: string[], o: { to: string; dir: string }): string[] {
  const out = join(o.dir, o.to)
  mkdirSync(out, { recursive: true })
  const profile = `-env:UserInstallation=file://${join(o.dir, 'profile')}`
  execFileSync('soffice', [profile, '--headless', '--convert-to', o.to, '--outdir', out, ...files], {
    timeout: 180_000,
    stdio: 'pipe',
  })
  return files.map((file) => join(out, `${basename(file).replace(/\.[^.]+$/, '')}.${o.to}`))
}

/** A line of text on a page, in millimetres from the upper left corner of the paper. */
export interface PdfLine {
  left: number
  right: number
  middle: number
  text: string
}

const MM = 25.4 / 72

/** The lines of each page as poppler finds them; words at one height are one line. */
export function pdfLines(file: string): PdfLine[][] {
  const xml = execFileSync('pdftotext', ['-bbox', file, '-'], { encoding: 'utf8', maxBuffer: 64_000_000 })
  return xml.split('<page ').slice(1).map(linesOfPage)
}

function linesOfPage(page: string): PdfLine[] {
  const words = [...page.matchAll(/<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)<\/word>/g)]
  const lines: PdfLine[] = []
  for (const [, x1, y1, x2, y2, text] of words) {
    const word = { left: Number(x1) * MM, right: Number(x2) * MM, middle: ((Number(y1) + Number(y2)) / 2) * MM, text: text! }
    const line = lines.find((found) => Math.abs(found.middle - word.middle) < 1.5)
    if (!line) lines.push(word)
    else
      Object.assign(line, {
        left: Math.min(line.left, word.left),
        right: Math.max(line.right, word.right),
        text: line.text + text,
      })
  }
  return lines.sort((a, b) => a.middle - b.middle)
}

/** A straight red line on a page, in millimetres. */
export interface RedLine {
  y: number
  left: number
  length: number
  thick: number
}

const DOTS = 10 // a millimetre

/** The red lines of a page that are longer than 100 mm, measured on the rendered page. */
export function redLines(file: string, page: number): RedLine[] {
  const args = ['-r', String(DOTS * 25.4), '-f', String(page), '-l', String(page), file]
  const { width, pixels } = parsePpm(execFileSync('pdftoppm', args, { maxBuffer: 200_000_000 }))
  const rows = Array.from({ length: pixels.length / 3 / width }, (_, y) => longestRed(pixels, y * width, width))
  const lines: RedLine[] = []
  for (const [y, run] of rows.entries()) {
    if (run.length < 100 * DOTS) continue
    const last = lines.at(-1)
    if (last && Math.abs(last.y + last.thick - y / DOTS) < 0.05) last.thick += 1 / DOTS
    else lines.push({ y: y / DOTS, left: run.from / DOTS, length: run.length / DOTS, thick: 1 / DOTS })
  }
  return lines
}

function parsePpm(ppm: Buffer): { width: number; pixels: Buffer } {
  const head = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(ppm.toString('latin1', 0, 40))!
  return { width: Number(head[1]), pixels: ppm.subarray(head[0].length) }
}

function longestRed(pixels: Buffer, start: number, width: number): { from: number; length: number } {
  let best = { from: 0, length: 0 }
  for (let x = 0, from = 0; x <= width; x++) {
    const at = (start + x) * 3
    const isRed = x < width && pixels[at]! > 180 && pixels[at + 1]! < 120 && pixels[at + 2]! < 120
    if (isRed) continue
    if (x - from > best.length) best = { from, length: x - from }
    from = x + 1
  }
  return best
}
