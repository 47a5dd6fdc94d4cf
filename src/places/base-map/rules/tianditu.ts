/** Where 天地图 answers; a browser may be pointed here only when the operator has set a key. */
export const TIANDITU_HOSTS: readonly string[] = Array.from({ length: 8 }, (_, i) => `https://t${i}.tianditu.gov.cn`)

/** Its layers that the map can show: 矢量, 影像, and the names that lie on each. */
export const TIANDITU_LAYERS = ['vec', 'cva', 'img', 'cia'] as const
export type TiandituLayer = (typeof TIANDITU_LAYERS)[number]

/** Addresses of the tiles of one layer, web mercator (`_w`), for MapLibre's `{z}/{x}/{y}`. */
export function tiandituTiles(layer: TiandituLayer, key: string): string[] {
  const query = [
    ...['SERVICE=WMTS', 'REQUEST=GetTile', 'VERSION=1.0.0', `LAYER=${layer}`, 'STYLE=default', 'TILEMATRIXSET=w'],
    ...['FORMAT=tiles', 'TILEMATRIX={z}', 'TILEROW={y}', 'TILECOL={x}', `tk=${key}`],
  ].join('&')
  return TIANDITU_HOSTS.map((host) => `${host}/${layer}_w/wmts?${query}`)
}
