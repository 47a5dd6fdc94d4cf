import type { LayerReport } from './layer.ts'
import type { ReadSummary } from './read/read-layer.ts'

/** What is to be known of a file that was read: how its system was taken, how its texts, what it lacks. */
export function warningsOf({ crs, warnings, features }: ReadSummary): LayerReport['warnings'] {
  return [
    ...crsWarnings(crs),
    ...warnings.map(sayWarning),
    ...(features === 0
      ? [
          {
            zh: '文件没有要素：按“本市没有这一类”处理',
            en: 'The file has no feature: it is taken to say that there is none of this kind',
          },
        ]
      : []),
  ]
}

function crsWarnings({ code, name, said, told, offByM }: ReadSummary['crs']): LayerReport['warnings'] {
  const label = code ? `${name} (EPSG:${code})` : name
  return [
    ...(said
      ? [
          {
            zh: `坐标系按所说：${label}；文件自述：${told ?? '无'}`,
            en: `The system is as said: ${label}; the file says ${told ?? 'nothing'}`,
          },
        ]
      : []),
    ...(!said && told === null
      ? [
          {
            zh: '文件没有说明坐标系，按 WGS 84 经纬度读取；如果是 GCJ-02（高德、腾讯）请用 crs=gcj02 重新加载',
            en: 'The file names no system and was read as WGS 84 degrees; if it is GCJ-02 (Amap, Tencent), load it again with crs=gcj02',
          },
        ]
      : []),
    ...(/CGCS2000/.test(name)
      ? [
          {
            zh: 'CGCS2000 按 WGS 84 存放（二者之差小于图上可见）',
            en: 'CGCS2000 is kept as WGS 84 (they differ by less than a map shows)',
          },
        ]
      : []),
    ...(offByM
      ? [
          {
            zh: `${name} 没有公开的转换参数，位置可能相差约 ${offByM} 米；请改用 CGCS2000 成果`,
            en: `No official parameters are published for ${name}: positions may be off by about ${offByM} m; ask for the CGCS2000 edition`,
          },
        ]
      : []),
  ]
}

function sayWarning(code: string): { zh: string; en: string } {
  const [what, a = '', b = ''] = code.split(':')
  switch (what) {
    case 'no-attributes':
      return { zh: '没有属性表（.dbf）', en: 'There is no attribute table (.dbf)' }
    case 'no-prj':
      return { zh: '没有 .prj', en: 'There is no .prj' }
    case 'no-srs':
      return { zh: 'GeoPackage 未定义坐标系', en: 'The GeoPackage defines no system' }
    case 'rows-differ':
      return { zh: `图形与属性行数不同：${a}`, en: `Shapes and attribute rows differ in number: ${a}` }
    case 'encoding':
      return { zh: `属性文字按 ${a} 读取（依据：${BY[b]?.zh ?? b}）`, en: `Attributes read as ${a} (by ${BY[b]?.en ?? b})` }
    default:
      return { zh: code, en: code }
  }
}

const BY: Readonly<Record<string, { zh: string; en: string }>> = {
  cpg: { zh: '.cpg 文件', en: 'its .cpg' },
  header: { zh: '表头标记', en: 'its header' },
  bytes: { zh: '字节内容', en: 'its bytes' },
}
