/** Another name of an area: `spoken` in running text, `cell` only where a whole table cell names a unit, `former` until a date. */
export type AlsoKnown = { readonly code: string; readonly name: string; readonly kind: 'spoken' | 'cell' | 'former' }

/**
 * Names beside the official one and its short form. 南郑: county until 2017, district since. The two zones: as the city's
 * published lists of complaints write them (2021-06) and as offices shorten them.
 */
export const ALSO_KNOWN: readonly AlsoKnown[] = [
  { code: '610703', name: '南郑县', kind: 'former' },
  { code: '6107J1', name: '经济技术开发区', kind: 'spoken' },
  { code: '6107J1', name: '经济开发区', kind: 'spoken' },
  { code: '6107J1', name: '经开区', kind: 'spoken' },
  { code: '6107J1', name: '经开', kind: 'cell' },
  { code: '6107X1', name: '兴汉', kind: 'cell' },
]

/** What a cell says for the city as a whole; `各县区` names every county, so the city answers. */
export const WHOLE_CITY: readonly string[] = ['市', '市本级', '本级', '市级', '市直', '全市', '各县区', '各区县', '各县(区)']

/** Strings that contain a short name and mean something else: a match on the trap hides the name. */
export const TRAPS: readonly string[] = [
  ...['城固体', '城固废', '河南郑州', '南郑州', '武汉台', '城镇巴', '乡镇巴', '村镇巴'],
  ...['遗留坝', '滞留坝', '残留坝', '保留坝', '停留坝'],
  ...['辽宁强', '南宁强', '西宁强', '济宁强', '咸宁强', '安宁强'],
  ...['山西乡', '江西乡', '河西乡', '陕西乡', '广西乡', '湘西乡', '川西乡', '城西乡', '东西乡', '以西乡'],
  ...['郭镇长', '茶镇长', '铺镇长', '法镇长', '里铺镇', '店铺镇', '依法镇', '执法镇', '违法镇'],
]
