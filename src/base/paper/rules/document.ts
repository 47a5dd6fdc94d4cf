import type { Day } from '../../rules/day.ts'

/**
 * An official document as data: what is written, before anybody decides how it is drawn. The writers (`docx`, `pdf`) give it the format of
 * GB/T 9704-2012: `letter` 信函格式, `notice` 公文 with a red head, `form` a table in the same type area.
 */
export interface OfficialDocument {
  format: 'letter' | 'notice' | 'form'
  /** 发文机关标志: who issues it, as it stands in the red head. */
  issuer: string
  /** 发文字号, like 汉环督函〔2026〕3号; none while it is a draft. */
  number?: string
  title: string
  /** 主送机关, without the colon. */
  to?: string
  body: Block[]
  /** 附件说明: the names of what is enclosed. */
  enclosures?: string[]
  /** 署名 and 成文日期; none where a form has its own fields for them. */
  signedBy?: string
  signedOn?: Day
  /** 附注, in brackets. */
  note?: string
  /** 版记: 抄送, 印发机关 and 印发日期; letters have none. */
  record?: { copies?: string; printedBy: string; printedOn: Day }
  /** 密级 or another mark at the top left of the first page, such as 限定知悉. */
  mark?: string
  /** A4 across, for lists with many columns. */
  landscape?: true
  /** True until an office confirmed the specimen: every page says 样式. */
  specimen: boolean
  /** Not issued: every page says 草稿, where it does not say 样式. */
  draft?: true
}

/** A part of the text. Headings: 1 一、 黑体, 2 （一） 楷体, 3 and 4 仿宋; the number stands in the text. */
export type Block = { kind: 'heading'; level: 1 | 2 | 3 | 4; text: string } | { kind: 'text'; text: string } | Table

/** A table: relative widths of its columns, how many of its rows are a head that stands on every page; text 小四 or, `small`, 五号. */
export interface Table {
  kind: 'table'
  widths: number[]
  head?: number
  rows: Cell[][]
  small?: true
}

/** One cell of a table; `across` columns and `down` rows wide (1 where not said). A row leaves out the cells that others cover. */
export interface Cell {
  text: string
  across?: number
  down?: number
  bold?: true
  align?: 'left' | 'center' | 'right'
}
