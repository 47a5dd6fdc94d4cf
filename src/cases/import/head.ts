import type { Day } from '../../base/rules/day.ts'
import { isRefusal } from '../../base/rules/refusal.ts'
import type { SourceType } from '../rules/codes.ts'
import { asOfDay, daysOfWindow } from './days.ts'

/** What the lines above the header say of every row below it. */
export type Head = { source?: SourceType; batch?: string; planDocNo?: string; notice?: { from: Day; to: Day }; asOf?: Day }

const SOURCE_OF_TITLE: readonly [RegExp, SourceType][] = [
  [/中央.*督察.*(交办|信访|边督边改)|边督边改/, 'central_petition'],
  [/中央.*督察/, 'central_inspection'],
  [/警示片/, 'yangtze_film'],
  [/省.*督察/, 'provincial_inspection'],
  [/省.*暗访/, 'provincial_covert'],
  [/市级?(督[查察]|暗访)/, 'city_inspection'],
]

/** Reads a title such as 第三轮省生态环境保护督察报告整改销号公示(2025-12-12 至 2025-12-25) and the document number beside it. */
export function readHead(lines: readonly string[]): Head {
  const text = lines.join('\n').normalize('NFKC')
  const source = SOURCE_OF_TITLE.find(([pattern]) => pattern.test(text))?.[1]
  const batch = /第[一二三四五六七八九十\d]+(?:轮|批)[^\s,()]{0,12}?督察/.exec(text)?.[0]
  const planDocNo = /[\p{Script=Han}]{1,12}[〔[(]\d{4}[〕\])]\d{1,4}号/u.exec(text)?.[0]
  const window = /公示/.test(text) ? daysOfWindow(text.slice(text.indexOf('公示'))) : undefined
  const notice = window && !isRefusal(window) ? window : undefined
  const asOf = asOfDay(text)
  return {
    ...(source && { source }),
    ...(batch && { batch }),
    ...(planDocNo && { planDocNo }),
    ...(notice && { notice }),
    ...(asOf && { asOf }),
  }
}
