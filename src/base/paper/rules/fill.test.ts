import { describe, expect, it } from 'vitest'
import { isRefusal } from '../../rules/refusal.ts'
import { type Filled, fillTemplate } from './fill.ts'
import { paperText } from './texts.ts'

const HEAD = '格式：信函\n发文机关：{{office}}\n标题：关于{{title}}的函\n---\n'
const DATA = {
  office: '市环督办',
  title: '扬尘',
  to: '',
  flag: true,
  rows: [
    { a: '一', b: '甲' },
    { a: '二', b: '乙' },
  ],
  none: [],
}

function filled(body: string, data: object = {}): Filled {
  const made = fillTemplate(HEAD + body, { ...DATA, ...data })
  if (isRefusal(made)) throw new Error(JSON.stringify(made))
  return made
}
function fault(text: string): string {
  const made = fillTemplate(text, DATA)
  return isRefusal(made) ? `${made.code} ${paperText(made, 'en')}` : 'none'
}

describe('a template', () => {
  it('gives title, issuer and paragraphs; a section repeats', () => {
    expect(filled('# 一、情况\n文字{{title}}\n\n{{#rows}}\n第{{a}}条\n{{/rows}}')).toEqual({
      format: 'letter',
      issuer: '市环督办',
      title: '关于扬尘的函',
      body: [
        { kind: 'heading', level: 1, text: '一、情况' },
        { kind: 'text', text: '文字扬尘' },
        { kind: 'text', text: '第一条' },
        { kind: 'text', text: '第二条' },
      ],
    })
  })

  it('fields that are empty are left out, days and the record are read', () => {
    const made = fillTemplate(
      '格式：公文\n发文机关：甲\n标题：乙\n文号：{{to}}\n成文日期：2026年11月5日\n抄送：丙\n印发机关：甲\n印发日期：2026-11-06\n附件：清单\n附件：照片\n---\n文',
      DATA,
    )
    expect(made).toMatchObject({
      signedOn: '2026-11-05',
      record: { copies: '丙', printedOn: '2026-11-06' },
      enclosures: ['清单', '照片'],
    })
    expect(made).not.toHaveProperty('number')
  })

  it('tables have widths, heads, merged cells and bold ones', () => {
    expect(
      filled('| 序 | 核实 | < |\n| ^ | 情况 | 属实 |\n|:-:|--|----:|\n{{#rows}}\n| {{a}} | **{{b}}** | x |\n{{/rows}}').body,
    ).toEqual([
      {
        kind: 'table',
        widths: [1, 2, 4],
        head: 2,
        rows: [
          [
            { text: '序', bold: true, align: 'center', down: 2 },
            { text: '核实', bold: true, align: 'center', across: 2 },
          ],
          [
            { text: '情况', bold: true, align: 'center' },
            { text: '属实', bold: true, align: 'center' },
          ],
          [
            { text: '一', align: 'center' },
            { text: '甲', bold: true },
            { text: 'x', align: 'right' },
          ],
          [
            { text: '二', align: 'center' },
            { text: '乙', bold: true },
            { text: 'x', align: 'right' },
          ],
        ],
      },
    ])
  })
})

describe('a value is never taken for markup', () => {
  const EVIL = '# 一、假标题\n| a | b |\n---\n{{office}} <b>&amp;</b> \\ ^ **x**'

  it('in a paragraph', () => {
    expect(filled('{{title}}', { title: EVIL }).body).toEqual(EVIL.split('\n').map((text) => ({ kind: 'text', text })))
  })

  it('in a cell', () => {
    expect(filled('| {{title}} | {{to}} |', { title: EVIL, to: '<' }).body).toEqual([
      { kind: 'table', widths: [1, 1], rows: [[{ text: EVIL }, { text: '<' }]] },
    ])
  })

  it('in the head, and control characters are dropped', () => {
    expect(filled('文', { office: '甲\u0000\u202e\n标题：乙' })).toMatchObject({ issuer: '甲\n标题：乙', title: '关于扬尘的函' })
  })
})

describe('a faulty template is refused with its line', () => {
  it.each([
    ['{{nobody}}', 'paper/unknown-placeholder Line 6: there is no placeholder nobody'],
    ['{{constructor}}', 'paper/unknown-placeholder Line 6: there is no placeholder constructor'],
    ['{{#rows}}\n{{c}}\n{{/rows}}', 'paper/unknown-placeholder Line 7: there is no placeholder c'],
    ['{{#rows}}\n文', 'paper/unclosed Line 6: the section rows is not closed'],
    ['{{/rows}}', 'paper/unopened Line 6: the section rows was never opened'],
    ['{{title', 'paper/braces Line 6: write a placeholder as two braces and a name, nothing more'],
    ['{{{title}}}', 'paper/braces Line 6: write a placeholder as two braces and a name, nothing more'],
    ['{{>title}}', 'paper/braces Line 6: write a placeholder as two braces and a name, nothing more'],
    ['| a | b |\n| c |', 'paper/table Line 7: the row has 1 cells, the table 2'],
    ['| < | b |', 'paper/merge The table from line 6: merged cells do not make a rectangle'],
  ])('%j', (body, expected) => {
    expect(fault(`${HEAD}第一行\n${body}`)).toBe(expected)
  })

  it.each([
    ['没有横线', 'paper/no-head The line `---` is missing: fields stand above it, the text below'],
    ['格式：信函\n颜色：红\n---\n', 'paper/head-field Line 2: unknown field 颜色：红'],
    ['格式：信函\n发文机关：甲\n---\n', 'paper/head-missing The field 标题 is missing above the line `---`'],
    ['标题：甲\n发文机关：甲\n格式：海报\n---\n', 'paper/head-value Line 3: 海报 is no value for this field'],
    ['格式：信函\n标题：甲\n发文机关：甲\n成文日期：明天\n---\n', 'paper/head-value Line 4: 明天 is no value for this field'],
  ])('above the line: %j', (text, expected) => {
    expect(fault(text)).toBe(expected)
  })
})
