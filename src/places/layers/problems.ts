import { defineProblems, type Problem } from '../../base/problem.ts'
import type { Refusal } from '../../base/rules/refusal.ts'

/** Every no of loading, asking and drawing layers, in both languages. */
export const layerProblem = defineProblems('places', {
  'no-layer': { status: 404, zh: '没有这个图层', en: 'There is no such layer' },
  'no-tile': { status: 404, zh: '此处没有瓦片：{z}/{x}/{y}', en: 'There is no tile here: {z}/{x}/{y}' },
  'no-terrain': { status: 404, zh: '尚未加载高程（DEM）图层', en: 'No elevation layer (DEM) is loaded' },
  'layer-no-upload': { status: 422, zh: '没有收到文件', en: 'No file was received' },
  'layer-unknown-crs': {
    status: 422,
    zh: '不认识的坐标系：{found}；可用 {expected}',
    en: 'Unknown coordinate system: {found}; expected one of {expected}',
  },
  'layer-no-crs': {
    status: 422,
    zh: '没有说明坐标系，而坐标不是经纬度：{found}；请用 crs 说明，例如 {expected}',
    en: 'No coordinate system is said and the numbers are not degrees: {found}; say crs, for example {expected}',
  },
  'layer-not-degrees': {
    status: 422,
    zh: '坐标系是经纬度（{name}），而坐标超出范围：{found}；应为 {expected}',
    en: 'The system has degrees ({name}), the numbers do not: {found}; expected {expected}',
  },
  'layer-swapped': {
    status: 422,
    zh: '坐标轴顺序颠倒：{found}；应为经度（东）在前、纬度（北）在后',
    en: 'The axes are swapped: {found}; expected longitude (east) first, latitude (north) second',
  },
  'layer-wrong-zone': {
    status: 422,
    zh: '带号与坐标不符：{found}；应为 {expected}',
    en: 'The zone does not fit the numbers: {found}; expected {expected}',
  },
  'layer-unreadable': { status: 422, zh: '{format} 文件读不出来：{found}', en: 'The {format} file cannot be read: {found}' },
  'layer-unknown-format': {
    status: 422,
    zh: '不认识的文件（开头 {found}）；应为 GeoJSON、Shapefile（zip）、GeoPackage，高程用 GeoTIFF',
    en: 'Unknown kind of file (begins {found}); expected GeoJSON, a zipped Shapefile, a GeoPackage, or GeoTIFF for elevation',
  },
  'layer-no-file': { status: 422, zh: '读不到文件', en: 'The file cannot be read' },
  'layer-too-large': {
    status: 422,
    zh: '文件过大：{found} 字节，上限 {limit}',
    en: 'The file is too large: {found} bytes, the limit is {limit}',
  },
  'layer-encrypted': { status: 422, zh: '压缩包内有加密内容', en: 'The archive holds encrypted parts' },
  'layer-zip-entries': {
    status: 422,
    zh: '压缩包异常：内含 {found} 个文件，上限 {limit}',
    en: 'Suspicious archive: {found} parts, the limit is {limit}',
  },
  'layer-zip-bytes': {
    status: 422,
    zh: '压缩包异常：解压后 {found} 字节，上限 {limit}',
    en: 'Suspicious archive: {found} bytes unpacked, the limit is {limit}',
  },
  'layer-zip-ratio': {
    status: 422,
    zh: '压缩包异常：压缩比 {found}，上限 {limit}',
    en: 'Suspicious archive: compressed {found} times, the limit is {limit}',
  },
  'layer-none-inside': { status: 422, zh: '文件里没有图层', en: 'The file holds no layer' },
  'layer-which': {
    status: 422,
    zh: '文件里有几个图层：{found}；请用 layer 说明要哪一个',
    en: 'The file holds several layers: {found}; say which one by layer',
  },
  'layer-no-such': {
    status: 422,
    zh: '文件里没有图层“{found}”；现有 {expected}',
    en: 'The file holds no layer “{found}”; it has {expected}',
  },
  'layer-too-many-features': {
    status: 422,
    zh: '要素过多：{found} 个，上限 {limit}',
    en: 'Too many features: {found}, the limit is {limit}',
  },
  'layer-too-many-vertices': {
    status: 422,
    zh: '顶点过多：{found} 个，上限 {limit}',
    en: 'Too many vertices: {found}, the limit is {limit}',
  },
  'layer-heavy-seconds': {
    status: 422,
    zh: '文件过于复杂：{limit} 秒内未能读完',
    en: 'The file is too complex: not read within {limit} s',
  },
  'layer-heavy-memory': {
    status: 422,
    zh: '文件过于复杂：{limit} MB 内存读不完',
    en: 'The file is too complex: not read within {limit} MB of memory',
  },
  'layer-heavy-process': { status: 422, zh: '读取进程未能启动', en: 'The reading process did not start' },
  'layer-nothing-usable': {
    status: 422,
    zh: '{found} 个要素无一可用（{why}）；这一类别应为{expected}',
    en: 'None of {found} features can be used ({why}); this kind expects {expected}',
  },
  'layer-interrupted': {
    status: 422,
    zh: '写入时中断，未写入任何内容，请重新上传',
    en: 'Writing was interrupted and nothing was written; load it again',
  },
  'dem-no-crs': {
    status: 422,
    zh: '高程文件 {file} 没有坐标系；请用 crs 说明',
    en: 'The elevation file {file} has no coordinate system; say it by crs',
  },
  'dem-unknown-crs': {
    status: 422,
    zh: '高程文件 {file} 的坐标系不认识：{found}；请转换为 EPSG:4326、4490、3857、UTM 或高斯-克吕格',
    en: 'The system of the elevation file {file} is unknown: {found}; convert it to EPSG:4326, 4490, 3857, UTM or Gauss-Krüger',
  },
  'dem-gcj02': {
    status: 422,
    zh: '高程文件 {file} 不能按 GCJ-02 读取：格网无法纠偏',
    en: 'The elevation file {file} cannot be read as GCJ-02: a grid cannot be shifted back',
  },
  'dem-no-place': {
    status: 422,
    zh: '高程文件 {file} 没有可用的定位信息（无仿射参数，或旋转、倒置）',
    en: 'The elevation file {file} has no usable georeference (none at all, rotated, or upside down)',
  },
  'dem-bad-place': {
    status: 422,
    zh: '高程文件 {file} 的位置不成立：{found}',
    en: 'The place of the elevation file {file} does not hold: {found}',
  },
  'dem-too-large': {
    status: 422,
    zh: '高程文件过大：{found} 个像元，上限 {limit}',
    en: 'The DEM is too large: {found} cells, the limit is {limit}',
  },
  'dem-block': {
    status: 422,
    zh: '高程文件的分块过大：{found} 字节，上限 {limit}；请用分块（tiled）重新保存',
    en: 'A block of the DEM is too large: {found} bytes, the limit is {limit}; save it tiled',
  },
  'dem-empty': { status: 422, zh: '高程文件 {file} 没有任何有效值', en: 'The elevation file {file} holds no value' },
  'bad-shape': {
    status: 422,
    zh: '图形不成立：{found}；应为 {expected}',
    en: 'The shape does not hold: {found}; expected {expected}',
  },
  'bad-day': { status: 400, zh: '日期不成立：{found}', en: 'Not a day: {found}' },
})

type Key = keyof typeof layerProblem.defs

/** A refusal of a file as the Problem that leaves. */
export function refusedLayer({ code, params }: Refusal): Problem {
  const key = code.replace(/^places\//, '')
  return isKey(key) ? layerProblem(key, { ...params }) : layerProblem('layer-unreadable', { format: '', found: code })
}

function isKey(key: string): key is Key {
  return Object.hasOwn(layerProblem.defs, key)
}
