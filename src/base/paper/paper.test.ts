import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { convert, missingTools, type PdfLine, pdfLines, redLines } from '../../../test/office.ts'
import { zipText } from '../../../test/zip-text.ts'
import { toDay } from '../rules/day.ts'
import { writeDocx } from './docx.ts'
import { findMissing, writePdf } from './pdf.ts'
import type { Block, OfficialDocument } from './rules/document.ts'
import { writeWorkbook } from './workbook.ts'

const PITCH = 225 / 22
const SOLID: Block[] = Array.from({ length: 4 }, () => ({
  kind: 'text',
  text: '生态环境问题整治应当按期完成并报告结果'.repeat(20),
}))
const COMMON: OfficialDocument = {
  ...{ format: 'letter', issuer: '汉中市生态环境保护委员会办公室', number: '汉环督函〔2026〕3号', specimen: false },
  ...{ title: '关于督促办理有关问题的督办函', to: '洋县人民政府', body: SOLID },
  ...{ signedBy: '汉中市生态环境保护委员会办公室', signedOn: toDay('2026-11-24'), note: '联系人：张某' },
}
const NOTICE: OfficialDocument = {
  ...{ ...COMMON, format: 'notice', enclosures: ['问题清单', '现场照片'] },
  record: { copies: '市委办公室，市政府办公室。', printedBy: '汉中市生态环境保护委员会办公室', printedOn: toDay('2026-11-25') },
}
const LIST: OfficialDocument = {
  ...{ format: 'form', landscape: true, issuer: '市环督办', title: '公开情况一览表', specimen: true },
  body: [
    {
      ...{ kind: 'table', small: true, head: 2, widths: [1, 4, 4, 2] },
      rows: [
        [
          { text: '序号', down: 2, bold: true },
          { text: '问题', down: 2, bold: true },
          { text: '调查核实', across: 2, bold: true },
        ],
        [{ text: '情况' }, { text: '是否属实' }],
        ...Array.from({ length: 60 }, (_, at) => [
          { text: String(at + 1) },
          { text: '=1+1 砂场扬尘' },
          { text: '已核实' },
          { text: '属实' },
        ]),
      ],
    },
  ],
}

const dir = mkdtempSync(join(tmpdir(), 'qinba-paper-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))
const keep = (name: string, content: Buffer) => {
  writeFileSync(join(dir, name), content)
  return join(dir, name)
}

describe.skipIf(missingTools().length > 0)(`a PDF, measured${missingTools().map((tool) => ` (without ${tool})`)}`, () => {
  let letter: string
  let notice: string
  let pages: PdfLine[][]
  beforeAll(async () => {
    letter = keep('letter.pdf', await writePdf(COMMON))
    notice = keep('notice.pdf', await writePdf(NOTICE))
    pages = pdfLines(letter)
  })

  it('a full page has 22 lines of 28 characters in a type area of 156 × 225 mm', () => {
    const body = pages[1]!.filter((line) => line.middle < 262)
    expect(body).toHaveLength(22)
    const full = body.filter((line) => line.left < 29 && [...line.text].length === 28)
    expect(full.length).toBeGreaterThan(18)
    for (const { left, right } of full) {
      expect(Math.abs(left - 28)).toBeLessThan(1)
      expect(Math.abs(right - left - 156)).toBeLessThan(1)
    }
    expect(Math.abs(body[0]!.middle - PITCH / 2 - 37)).toBeLessThan(1)
    expect(Math.abs(body.at(-1)!.middle + PITCH / 2 - 262)).toBeLessThan(1)
  })

  it('a letter has double lines 170 mm wide, thick outside, the lower one 20 mm above the foot', () => {
    const lines = redLines(letter, 1)
    expect(lines.map(({ length }) => Math.round(length))).toEqual([170, 170, 170, 170])
    expect(lines.map(({ thick }) => thick > 0.7)).toEqual([true, false, false, true])
    expect(Math.abs(lines[2]!.y - 277)).toBeLessThan(1)
    const head = pages[0]![0]!
    expect(head.text).toBe(COMMON.issuer)
    expect(redLines(letter, 2)).toEqual([])
  })

  it('a notice has its head 35 mm below the top of the type area and a red line as wide as it', () => {
    const [line, ...others] = redLines(notice, 1)
    expect(others).toEqual([])
    expect(Math.abs(line!.length - 156)).toBeLessThan(1)
    const [head, number] = pdfLines(notice)[0]!
    expect(Math.abs(head!.middle - 72 - 5)).toBeLessThan(2) // the middle of characters 10 mm high
    expect(line!.y - number!.middle).toBeGreaterThan(4)
    expect(line!.y - number!.middle).toBeLessThan(10)
  })

  it('page numbers stand 7 mm below the type area, odd pages right, even pages left, none on a letter’s first page', () => {
    const folios = (found: PdfLine[][]) => found.map((page) => page.find((line) => line.middle > 264 && /\d/.test(line.text)))
    expect(folios(pages)[0]).toBeUndefined()
    for (const [at, folio] of folios(pdfLines(notice)).entries()) {
      expect(folio!.text).toBe(`—${at + 1}—`)
      expect(Math.abs(folio!.middle - 269)).toBeLessThan(1)
      if (at % 2 === 0) expect(Math.abs(folio!.right - (184 - 156 / 28))).toBeLessThan(1)
      else expect(Math.abs(folio!.left - (28 + 156 / 28))).toBeLessThan(1)
    }
  })

  it('the date ends four characters from the right edge; 版记 stands on the foot of the last, even page', () => {
    const found = pdfLines(notice)
    expect(found.length % 2).toBe(0)
    const date = found.flat().find((line) => line.text === '2026年11月24日')!
    expect(Math.abs(date.right - (184 - (4 * 156) / 28))).toBeLessThan(1)
    const last = found.at(-1)!.filter((line) => line.middle < 264)
    expect(last.at(-1)!.text).toBe(`${NOTICE.issuer}2026年11月25日印发`)
    expect(Math.abs(last.at(-1)!.middle - 258)).toBeLessThan(1)
  })

  it('embeds its fonts as subsets, and says what it is', () => {
    const fonts = execFileSync('pdffonts', [notice], { encoding: 'utf8' }).split('\n').slice(2).filter(Boolean)
    expect(fonts.length).toBeGreaterThan(1)
    for (const font of fonts) expect(font).toMatch(/^[A-Z]{6}\+Noto(Serif|Sans)SC.* yes yes yes /)
    const info = execFileSync('pdfinfo', [notice], { encoding: 'utf8' })
    expect(info).toMatch(/Title: +关于督促办理有关问题的督办函/)
    expect(info).toMatch(/Page size: +595\.\d+ x 841\.\d+ pts \(A4\)/)
  })

  it('a list repeats its head on every page and loses no row', async () => {
    const found = pdfLines(keep('list.pdf', await writePdf(LIST)))
    expect(found.length).toBeGreaterThan(2)
    for (const page of found) expect(page.some((line) => line.text.includes('是否属实'))).toBe(true)
    const numbers = found.flat().flatMap((line) => /^(\d+)=1/.exec(line.text)?.[1] ?? [])
    expect(numbers.map(Number)).toEqual(Array.from({ length: 60 }, (_, at) => at + 1))
  })
})

describe('a character that the fonts lack', () => {
  const rare = { ...COMMON, body: [{ kind: 'text' as const, text: '𠮷、㑇、😀、正常' }] }

  it('is named', async () => {
    expect(await findMissing(rare)).toEqual(['𠮷', '😀'])
    expect(await findMissing(COMMON)).toEqual([])
  })

  it.skipIf(missingTools().length > 0)('stands as 〓 with a note that gives its code', async () => {
    const text = pdfLines(keep('rare.pdf', await writePdf(rare)))[0]!
      .map((line) => line.text)
      .join('')
    expect(text).toContain('〓、㑇、〓、正常')
    expect(text).toContain('U+20BB7、U+1F600')
  })
})

describe('a docx', () => {
  it('names the official faces and the grid of 22 lines by 28 characters', async () => {
    const docx = await writeDocx(NOTICE)
    const text = zipText(docx, 'word/document.xml')
    for (const face of ['仿宋_GB2312', '方正小标宋简体']) expect(text).toContain(`w:eastAsia="${face}"`)
    expect(zipText(docx)).toContain('w:eastAsia="宋体"')
    expect(text).toMatch(/<w:docGrid w:type="linesAndChars" w:linePitch="579" w:charSpace="-8\d\d"\/>/)
    expect(text).toMatch(/<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587" w:header="680"/)
    expect(text).toMatch(/<w:pgSz w:w="11906" w:h="16838"/)
    expect(text).toContain('<w:sz w:val="32"/>')
    expect(text).toContain('<w:sz w:val="44"/>')
  })

  it('says 样式 on every kind of page until the specimen is confirmed, then 草稿, then nothing', async () => {
    const stamps = async (more: Partial<OfficialDocument>) =>
      zipText(await writeDocx({ ...COMMON, ...more })).match(/样式（未经核定）|草稿（未编号）/g) ?? []
    expect(await stamps({ specimen: true, draft: true })).toEqual(Array(3).fill('样式（未经核定）'))
    expect(await stamps({ draft: true })).toEqual(Array(3).fill('草稿（未编号）'))
    expect(await stamps({})).toEqual([])
  })
})

describe.skipIf(missingTools().length > 0)('LibreOffice opens what we write', () => {
  let pdfs: string[]
  let sheet: string
  beforeAll(async () => {
    const list = keep('list.xlsx', await writeWorkbook(LIST))
    const files = [keep('letter.docx', await writeDocx(COMMON)), keep('notice.docx', await writeDocx(NOTICE)), list]
    pdfs = convert(files, { to: 'pdf', dir })
    sheet = readFileSync(convert([list], { to: 'fods', dir })[0]!, 'utf8')
  }, 240_000)

  it('the letter keeps 22 lines of 28 characters a page, its head, its number and its date', () => {
    const found = pdfLines(pdfs[0]!)
    const body = found[1]!.filter((line) => line.middle > 30 && line.middle < 263)
    expect(body).toHaveLength(22)
    expect(body.filter((line) => [...line.text].length === 28).length).toBeGreaterThan(18)
    for (const { left, right } of body.filter((line) => [...line.text].length === 28)) {
      expect(Math.abs(left - 28)).toBeLessThan(1)
      expect(Math.abs(right - left - 156)).toBeLessThan(1.5)
    }
    expect(redLines(pdfs[0]!, 1).map(({ length }) => Math.round(length / 10) * 10)).toEqual([170, 170, 170, 170])
    const text = found.flat().map((line) => line.text)
    for (const part of [COMMON.issuer, '汉环督函〔2026〕3号', COMMON.title, '洋县人民政府：', '2026年11月24日'])
      expect(text).toContain(part)
  })

  it('the notice has its red line, its enclosures and its record', () => {
    const text = pdfLines(pdfs[1]!)
      .flat()
      .map((line) => line.text)
      .join('\n')
    for (const part of ['附件：1．问题清单', '抄送：市委办公室，市政府办公室。', '印发']) expect(text).toContain(part)
    expect(Math.abs(redLines(pdfs[1]!, 1)[0]!.length - 156)).toBeLessThan(1)
  })

  it('the list has merged cells, text that is no formula, A4 across and its head on every page', () => {
    expect(sheet).toMatch(/table:number-columns-spanned="4"[^>]*>\s*<text:p>公开情况一览表/)
    expect(sheet).toMatch(/table:number-columns-spanned="2"[^>]*>\s*<text:p>调查核实/)
    expect(sheet).toMatch(/table:number-rows-spanned="2"[^>]*>\s*<text:p>序号/)
    expect(sheet).not.toContain('table:formula')
    expect(sheet).toContain('=1+1 砂场扬尘')
    const pages = pdfLines(pdfs[2]!)
    expect(pages.length).toBeGreaterThan(1)
    for (const page of pages) expect(page.some((line) => line.text.includes('是否属实'))).toBe(true)
    expect(execFileSync('pdfinfo', [pdfs[2]!], { encoding: 'utf8' })).toMatch(/Page size: +841\.\d+ x 595/)
  })
})
