/** What a kind of layer is called on screen, in both languages. */
export type KindLabel = { readonly zh: string; readonly en: string }

/** The closed list of layer kinds: what an operator says a file is. `elevation` is a raster, every other a set of features. */
export const LAYER_KINDS = [
  'ecological_redline',
  'national_park',
  'national_park_general',
  'nature_reserve_core',
  'nature_reserve_general',
  'heritage',
  'water_source_1',
  'water_source_2',
  'water_source_quasi',
  'scenic_area',
  'geo_park',
  'forest_park',
  'wetland_park',
  'botanical_garden',
  'water_scenic_area',
  'germplasm_reserve',
  'wild_plant_habitat',
  'species_habitat',
  'natural_forest',
  'important_wetland',
  'reservoir_lake',
  'relic',
  'main_ridge',
  'branch_ridge',
  'qinling_line',
  'urban_boundary',
  'elevation_2000',
  'elevation_1500',
  'elevation',
  'control_unit',
  'permit',
  'basic_farmland',
  'other',
] as const
export type LayerKind = (typeof LAYER_KINDS)[number]

/** Names of the kinds; GLOSSARY.md repeats them. */
export const LAYER_KIND_LABELS: Readonly<Record<LayerKind, KindLabel>> = {
  ecological_redline: { zh: '生态保护红线', en: 'Ecological conservation red line' },
  national_park: { zh: '国家公园', en: 'National park' },
  national_park_general: { zh: '国家公园一般控制区', en: 'General-control area of a national park' },
  nature_reserve_core: { zh: '自然保护区核心区', en: 'Core area of a nature reserve' },
  nature_reserve_general: { zh: '自然保护区一般控制区', en: 'General-control area of a nature reserve' },
  heritage: { zh: '世界遗产', en: 'World heritage' },
  water_source_1: { zh: '饮用水水源一级保护区', en: 'Drinking-water source, first-grade zone' },
  water_source_2: { zh: '饮用水水源二级保护区', en: 'Drinking-water source, second-grade zone' },
  water_source_quasi: { zh: '饮用水水源准保护区', en: 'Drinking-water source, quasi-protected zone' },
  scenic_area: { zh: '风景名胜区', en: 'Scenic area' },
  geo_park: { zh: '地质公园', en: 'Geological park' },
  forest_park: { zh: '森林公园', en: 'Forest park' },
  wetland_park: { zh: '湿地公园', en: 'Wetland park' },
  botanical_garden: { zh: '植物园', en: 'Botanical garden' },
  water_scenic_area: { zh: '水利风景区', en: 'Water scenic area' },
  germplasm_reserve: { zh: '水产种质资源保护区', en: 'Aquatic germplasm reserve' },
  wild_plant_habitat: { zh: '野生植物原生境', en: 'Native habitat of wild plants' },
  species_habitat: { zh: '野生动物重要栖息地', en: 'Important habitat of wild animals' },
  natural_forest: { zh: '国有天然林', en: 'State-owned natural forest' },
  important_wetland: { zh: '重要湿地', en: 'Important wetland' },
  reservoir_lake: { zh: '大中型水库、湖泊', en: 'Large or medium reservoir, lake' },
  relic: { zh: '文物保护单位', en: 'Protected cultural relic' },
  main_ridge: { zh: '秦岭主梁', en: 'Main ridge of the Qinling' },
  branch_ridge: { zh: '秦岭主要支脉', en: 'Main branch ridge of the Qinling' },
  qinling_line: { zh: '秦岭范围', en: 'Qinling range line' },
  urban_boundary: { zh: '城镇开发边界', en: 'Urban development boundary' },
  elevation_2000: { zh: '海拔2000米以上区域', en: 'Area at 2000 m and above' },
  elevation_1500: { zh: '海拔1500米以上区域', en: 'Area at 1500 m and above' },
  elevation: { zh: '高程（DEM）', en: 'Elevation (DEM)' },
  control_unit: { zh: '生态环境管控单元', en: 'Environmental control unit' },
  permit: { zh: '许可范围', en: 'Permitted area' },
  basic_farmland: { zh: '永久基本农田', en: 'Permanent basic farmland' },
  other: { zh: '其他', en: 'Other' },
}

/** What a kind may hold: an area has polygons only, a ridge lines or polygons, `any` whatever comes, a raster none of them. */
export type KindShape = 'area' | 'ridge' | 'any' | 'raster'

const SHAPES: Partial<Record<LayerKind, KindShape>> = {
  relic: 'any',
  permit: 'any',
  other: 'any',
  main_ridge: 'ridge',
  branch_ridge: 'ridge',
  elevation: 'raster',
}

/** The shape that features of a kind must have. */
export function shapeOf(kind: LayerKind): KindShape {
  return SHAPES[kind] ?? 'area'
}

/** The smallest dimension (0 points, 1 lines, 2 areas) that a feature of the kind may have. */
export function leastDimension(kind: LayerKind): 0 | 1 | 2 {
  const shape = shapeOf(kind)
  if (shape === 'any') return 0
  return shape === 'ridge' ? 1 : 2
}

/** Whether a text is one of the kinds. */
export function isLayerKind(text: string): text is LayerKind {
  return (LAYER_KINDS as readonly string[]).includes(text)
}
