import type { Language } from '../problem.ts'
import type { Link } from './links.ts'

/** A page for people: a heading, a way back, the document's own parts, its links. No script, no account needed to look nice. */
export function htmlPage(o: { title: string; language: Language; root: string; body: string; links: readonly Link[] }): string {
  const { title, language, root } = o
  const links = o.links.map(
    (l) => `<li><a href="${esc(l.href)}">${esc(l.title ?? l.rel)}</a> <small>${esc(l.rel)} · ${esc(l.type)}</small></li>`,
  )
  return `<!doctype html><html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>${esc(title)}</title><style>${STYLE}</style></head>
<body><header><nav><a href="${esc(root)}?f=html">OGC API</a> / <a href="${esc(root)}/collections?f=html">${WORDS.collections[language]}</a></nav>
<h1>${esc(title)}</h1></header><main>${o.body}</main><footer><h2>${WORDS.links[language]}</h2><ul>${links.join('')}</ul></footer></body></html>`
}

const WORDS = { collections: { zh: '数据集', en: 'Collections' }, links: { zh: '链接', en: 'Links' } }

/** Rows of a table with a heading for each column. */
export function table(head: readonly string[], rows: readonly (readonly unknown[])[]): string {
  const cells = (row: readonly unknown[]) => row.map((cell) => `<td>${cellHtml(cell)}</td>`).join('')
  return `<div class="wide"><table><thead><tr>${head.map((h) => `<th scope="col">${esc(h)}</th>`).join('')}</tr></thead><tbody>${rows
    .map((row) => `<tr>${cells(row)}</tr>`)
    .join('')}</tbody></table></div>`
}

/** A link within a page. */
export type Anchor = { href: string; text: string }

function cellHtml(cell: unknown): string {
  if (cell === null || cell === undefined) return ''
  if (typeof cell === 'object' && 'href' in cell)
    return `<a href="${esc((cell as Anchor).href)}">${esc((cell as Anchor).text)}</a>`
  return esc(typeof cell === 'object' ? JSON.stringify(cell) : String(cell))
}

/** Text within HTML. */
export function esc(text: string): string {
  return text.replace(/[&<>"']/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[c]!)
}

const STYLE = `body{font:16px/1.6 "Noto Sans CJK SC","Microsoft YaHei",sans-serif;margin:0 auto;max-width:72rem;padding:1rem;color:#1d2b24;background:#fff}
h1{font-size:1.5rem;border-bottom:3px solid #12576b;padding-bottom:.4rem}h2{font-size:1.1rem}a{color:#0f5c78}.wide{overflow-x:auto}
table{border-collapse:collapse}th,td{border:1px solid #b9c7bf;padding:.3rem .5rem;text-align:left;vertical-align:top;font-size:.9rem}td{min-width:5rem;overflow-wrap:anywhere}
thead th{background:#eef4f0;white-space:nowrap}small{color:#4c5b53}`
