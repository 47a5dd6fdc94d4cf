import type { Settings } from '../base/ctx.ts'
import type { PublicNotice } from './rules/wire.ts'

/** The list of public notices as a plain page: no script, no account, readable on any phone and on paper. */
export function noticesPage(notices: PublicNotice[], city: Settings): string {
  const rows = notices.map(
    (n, i) => `<tr><td>${i + 1}</td><td><a href="/public/notices/${esc(n.id)}">${esc(short(n.problem))}</a>${mark(n)}</td>
      <td>${esc(n.term ?? '')}</td><td>${esc(n.from)} 至 ${esc(n.lastDay)}</td></tr>`,
  )
  const table = `<table><thead><tr><th>序号</th><th>反馈问题</th><th>整改时限</th><th>公示时间</th></tr></thead><tbody>${rows.join('')}</tbody></table>`
  return page({ title: '整改销号公示', city, body: notices.length > 0 ? table : '<p>目前没有公示中的问题。</p>' })
}

/** One notice with the official columns and how to object. */
export function noticePage(n: PublicNotice, city: Settings): string {
  const row = (name: string, value: string | undefined) => `<tr><th scope="row">${name}</th><td>${esc(value ?? '—')}</td></tr>`
  const body = `<table class="one"><tbody>${row('反馈问题', n.problem)}${row('整改目标', n.goal)}${row('整改措施', n.measures)}${row('整改时限', n.term)}
    ${row('整改落实情况', n.progress)}${row('验收时间', n.acceptedOn)}${row('公示时间', `${n.from} 至 ${n.lastDay}（含首尾两日）`)}</tbody></table>
    <h2>如有异议</h2><p>公示期内，请署名向${esc(city.office)}反映，电话 ${esc(n.phone ?? city.officePhone)}。反映人的姓名和联系方式依法保密。</p>
    <p><a href="/public/notices">返回公示列表</a></p>`
  return page({ title: `整改销号公示 ${n.no}`, city, body, sample: n.sample })
}

function page(o: { title: string; city: Settings; body: string; sample?: boolean }): string {
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${esc(o.title)} · ${esc(o.city.cityName)}</title><style>${STYLE}</style></head>
<body><header><p>${esc(o.city.cityName)}生态环境问题整治</p><h1>${esc(o.title)}${o.sample ? SAMPLE : ''}</h1></header><main>${o.body}</main>
<footer><p>主管：${esc(o.city.office)}　电话：${esc(o.city.officePhone)}</p></footer></body></html>`
}

const STYLE = `body{font:17px/1.7 "Noto Sans CJK SC","Microsoft YaHei",sans-serif;margin:0 auto;max-width:60rem;padding:1rem;color:#1d2b24;background:#fff}
h1{font-size:1.6rem;margin:.2rem 0 1rem;border-bottom:3px solid #1f6b4a;padding-bottom:.5rem}h2{font-size:1.15rem}header p{margin:0;color:#1f6b4a}
table{border-collapse:collapse;width:100%}th,td{border:1px solid #b9c7bf;padding:.5rem .6rem;text-align:left;vertical-align:top}
thead th,.one th{background:#eef4f0}.one th{width:8rem;white-space:nowrap}td{white-space:pre-wrap;overflow-wrap:anywhere}a{color:#14573a}
.sample{background:#fff3cd;border:1px solid #d9b84a;padding:0 .4rem;margin-left:.4rem;font-size:.85rem;color:#5b4700}footer{margin-top:2rem;color:#4c5b53}
@media (max-width:40rem){thead{display:none}tr{display:block;margin-bottom:1rem}td,.one th{display:block;width:auto}}`

const SAMPLE = '<span class="sample">示例</span>'
const mark = (n: PublicNotice) => (n.sample ? SAMPLE : '')
const short = (text: string) => (text.length > 80 ? `${text.slice(0, 80)}…` : text)

function esc(text: string): string {
  return text.replace(/[&<>"']/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[c]!)
}
