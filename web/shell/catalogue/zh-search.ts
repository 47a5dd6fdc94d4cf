/** Words of the search box on top of every page. */
export const zhSearch = {
  label: '查找',
  hint: '查找编号、标题、地点、单位、原文（按 / ）',
  cases: '问题',
  areas: '区划',
  organisations: '单位',
  all: (q: string) => `在清单中查看“${q}”的全部结果`,
  none: (q: string) => `没有找到“${q}”`,
  found: (n: number) => `${n} 条结果，用上下键选择`,
  failed: '查找失败，请稍后再试',
}

export type SearchWords = typeof zhSearch
