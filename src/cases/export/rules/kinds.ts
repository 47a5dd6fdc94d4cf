/** What the list can be exported as; `shp.zip` is a zipped Shapefile. */
export const EXPORT_FORMATS = ['xlsx', 'csv', 'geojson', 'gpkg', 'shp.zip', 'kml'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

/** The columns of a sheet: the list's own, the official ones of clear-off, the daily table of petitions. */
export const EXPORT_LAYOUTS = ['list', 'closure', 'petition'] as const
export type ExportLayout = (typeof EXPORT_LAYOUTS)[number]

/** Formats that are a sheet, and therefore have a layout; the others are layers of points. */
export const isSheet = (format: ExportFormat): boolean => format === 'xlsx' || format === 'csv'
