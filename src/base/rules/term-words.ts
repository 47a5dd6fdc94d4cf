const NUMERALS = '〇零○一二三四五六七八九'
const DIGITS: Record<string, string> = { 〇: '0', 零: '0', '○': '0', O: '0', o: '0', 两: '2' }

/** A deadline's words made uniform for matching, and whether a term that runs from some event (30日内, 三个月) was cut out of them. */
export type CanonicalTerm = { readonly text: string; readonly relative: boolean }

/**
 * Brings a deadline into one spelling: half-width, no spaces, Arabic numerals, dates as 2025年12月31日, five-year plans as their
 * last year, 每年… as 长期. Terms that run from an event are cut out.
 */
export function canonicalTerm(words: string): CanonicalTerm {
  const narrow = words.normalize('NFKC').replace(/[\s\u200b\ufeff]+/g, '')
  const spelled = uniformDates(numeralsToDigits(uniformWords(narrow)))
  let relative = false
  const text = spelled.replace(RELATIVE, (found, offset: number) => {
    // 12月31日内, 2025年内 and 上半年内 are not counted from an event.
    if (/[\d年月上下]/.test(spelled[offset - 1] ?? '')) return found
    relative = true
    return ''
  })
  return { text, relative }
}

const RELATIVE =
  /\d{1,3}个?(?:工作日|日|天|周|星期|年)[以之]?内|\d{1,3}个(?:月|工作日|星期)(?:[以之]?内)?|半(?:年|个?月)[以之]?内/g

function uniformWords(text: string): string {
  return text
    .replace(
      /[“"'‘]?十([三四五六七])五[”"'’]?(?:规划)?(?:期?末|期间|时期|结束)/g,
      (_, n: string) => `${2005 + 5 * Number(digitOf(n))}年底`,
    )
    .replace(/每(?:半?年|季度?|月|周|日|天)[^,;。、]*/g, '长期')
    .replace(/元月/g, '1月')
    .replace(/(^|[^\d年度今本当明次翌来半〇零○一二三四五六七八九])年([底末内终])/g, '$1今年$2')
}

function numeralsToDigits(text: string): string {
  return text.replace(
    /[〇零○Oo一二三四五六七八九十廿卅两\d]+(?=个|年|月|日|号|季|天|周|星期|工作日)/g,
    (run) => numeralOf(run) ?? run,
  )
}

function numeralOf(run: string): string | undefined {
  const tens = /^(.?)([十廿卅])(.?)$/.exec(run)
  if (tens) {
    const ten = tens[2] === '廿' ? 2 : tens[2] === '卅' ? 3 : Number(digitOf(tens[1] || '一'))
    return String(ten * 10 + Number(digitOf(tens[3] || '零')))
  }
  if (/[十廿卅]/.test(run) || /^[Oo]+$/.test(run)) return undefined
  return [...run].map(digitOf).join('')
}

function digitOf(character: string): string {
  const at = NUMERALS.indexOf(character)
  return DIGITS[character] ?? (at >= 3 ? String(at - 2) : character)
}

// The order matters: a full date first, then year and month, then the ranges that leave out what stands before them.
function uniformDates(text: string): string {
  return text
    .replace(/(\d{4})[./-](\d{1,2})[./-](\d{1,2})(?!\d)/g, '$1年$2月$3日')
    .replace(/(\d{4})[./-](\d{1,2})(?!\d)月?/g, '$1年$2月')
    .replace(/(\d{4})年(\d{1,2})[至到~—-]+(\d{1,2})月/g, '$1年$2月至$3月')
    .replace(/(\d{4})年(\d{1,2})[./-](\d{1,2})(?![\d月])/g, '$1年$2月$3日')
    .replace(/([日月])[至到~—-]+(\d{1,2})[./](\d{1,2})(?!\d)/g, '$1至$2月$3日')
    .replace(/(\d{1,2})月(\d{1,2})[日号]?[至到~—-]+(\d{1,2})[日号]/g, '$1月$2日至$1月$3日')
}
