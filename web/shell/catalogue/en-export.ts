import type { zhExport } from './zh-export.ts'

/** Texts of the export menu. */
export const enExport: typeof zhExport = {
  button: 'Export',
  label: 'Export this list',
  sheets: 'Sheets',
  places: 'Map data (CGCS2000 / WGS 84)',
  formats: {
    xlsx: 'Excel',
    csv: 'CSV',
    geojson: 'GeoJSON',
    gpkg: 'GeoPackage',
    'shp.zip': 'Shapefile (UTF-8)',
    kml: 'KML',
  },
  gbk: 'Shapefile (GBK, for older programs)',
  layouts: { list: 'Problem list', closure: 'Clear-off table', petition: 'Handling table' },
  asFormat: (layout, format) => `${layout} (${format})`,
  progress: (size, rows) => (rows === undefined ? `${size} received` : `${rows} rows, ${size} received`),
  preparing: (rows) => (rows === undefined ? 'Preparing…' : `${rows} rows, preparing…`),
  cancel: 'Cancel the export',
  done: (rows) => (rows === undefined ? 'Exported' : `${rows} rows exported`),
}
