/** Texts of the export menu. */
export const zhExport = {
  button: '导出',
  label: '导出当前清单',
  sheets: '表格',
  places: '地图数据（CGCS2000 / WGS 84）',
  formats: {
    xlsx: 'Excel',
    csv: 'CSV',
    geojson: 'GeoJSON',
    gpkg: 'GeoPackage',
    'shp.zip': 'Shapefile（UTF-8）',
    kml: 'KML',
  },
  gbk: 'Shapefile（GBK，旧版软件）',
  layouts: { list: '问题清单', closure: '整改销号表', petition: '办理情况表' },
  asFormat: (layout: string, format: string) => `${layout}（${format}）`,
  progress: (size: string, rows: number | undefined) => (rows === undefined ? `已收到 ${size}` : `共 ${rows} 行，已收到 ${size}`),
  preparing: (rows: number | undefined) => (rows === undefined ? '正在准备…' : `共 ${rows} 行，正在准备…`),
  cancel: '取消导出',
  done: (rows: number | undefined) => (rows === undefined ? '已导出' : `已导出 ${rows} 行`),
}
