import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec'
import { describe, expect, it } from 'vitest'
import { areaText, type Box, boxAround, boxText, parseArea, ringOfBox } from './rules/box.ts'
import { byteRange } from './rules/byte-range.ts'
import { HEAD_BYTES, parseImagery } from './rules/imagery.ts'
import { type Ground, makeStyle } from './rules/style.ts'
import { readShipped } from './shipped.ts'

const nothing = await readShipped(999999)
const KEY = '0123456789abcdef0123456789abcdef'
const ground: Ground = {
  language: 'zh',
  cityName: '汉中市',
  counties: [
    { code: '610702', name: '汉台区', box: [106.86, 33.02, 107.18, 33.38], middle: [107.0, 33.2] },
    { code: '610703', name: '南郑区', box: [106.5, 32.4, 107.3, 33.1], middle: [106.9, 32.7] },
  ],
  ...(await readShipped(610700)),
  imagery: [],
  terrain: undefined,
  tiandituKey: undefined,
}
const all: Ground = {
  ...ground,
  imagery: [
    { name: '2025 航片', heights: false, minZoom: 8, maxZoom: 15, bounds: [106, 32, 108, 34] },
    { name: 'heights.dem', heights: true, minZoom: 5, maxZoom: 12, bounds: [106, 32, 108, 34] },
  ],
  terrain: { tiles: ['/tiles/terrain/{z}/{x}/{y}.png'], minzoom: 6, maxzoom: 12, bounds: [105, 32, 109, 34] },
  tiandituKey: KEY,
}

describe('the style', () => {
  it.each([
    ['of a city alone', ground],
    ['with everything', all],
    ['in English', { ...all, language: 'en' as const }],
    ['of a city that ships nothing', { ...ground, ...nothing, counties: [] }],
  ])('%s is one that MapLibre accepts', (_, of) => {
    expect(validateStyleMin(JSON.parse(JSON.stringify(makeStyle(of))))).toEqual([])
  })

  it('would be refused with a layer that has no source', () => {
    const style = makeStyle(ground)
    const wrong = { ...style, layers: [...style.layers, { id: 'x', type: 'line', source: 'nowhere' }] }
    expect(validateStyleMin(JSON.parse(JSON.stringify(wrong)))).toHaveLength(1)
  })

  it('names no other host and no glyphs', () => {
    const style = makeStyle({ ...all, tiandituKey: undefined })
    expect(JSON.stringify(style)).not.toMatch(/https?:|glyphs|sprite/)
  })

  it('asks 天地图 only where there is a key, by https, and starts with it off', () => {
    const { layers, sources, metadata } = makeStyle(all)
    const foreign = layers.filter((layer) => JSON.stringify(sources[layer.source ?? ''] ?? {}).includes('tianditu.gov.cn'))
    expect(foreign.map((layer) => [layer.id, layer.layout?.['visibility']])).toEqual([
      ['tianditu-vec', 'none'],
      ['tianditu-img', 'none'],
      ['tianditu-cva', 'none'],
      ['tianditu-cia', 'none'],
    ])
    expect((sources['tianditu-cva'] as { tiles: string[] }).tiles[7]).toBe(
      'https://t7.tianditu.gov.cn/cva_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=cva&STYLE=default&TILEMATRIXSET=w' +
        `&FORMAT=tiles&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk=${KEY}`,
    )
    expect(metadata['qinba:groups'].filter((group) => group.foreign).map((group) => group.on)).toEqual([false, false])
  })

  it('puts every layer but the land into a group that it lists, and says where the city lies', () => {
    const { layers, metadata } = makeStyle(all)
    const groups = metadata['qinba:groups'].map((group) => group.id)
    const used = layers.flatMap((layer) => layer.metadata?.['qinba:group'] ?? [])
    expect(new Set(used)).toEqual(new Set(groups))
    expect(layers.length - used.length).toBe(1)
    expect(metadata['qinba:bounds']).toEqual([106.5, 32.4, 107.3, 33.38])
  })
})

describe('the head of a PMTiles file', () => {
  it('is read where it holds pictures', () => {
    expect(parseImagery('航片', head({}))).toEqual({
      ...{ name: '航片', heights: false, minZoom: 8, maxZoom: 15 },
      bounds: [-119.1, 36.4, -118.2, 36.7],
    })
    expect(parseImagery('a.dem', head({}))?.heights).toBe(true)
  })

  it.each([
    ['another file', head({ magic: 'PMTilez' })],
    ['version 2', head({ version: 2 })],
    ['vector tiles', head({ type: 1 })],
    ['a file that is cut', head({}).subarray(0, 100)],
  ])('is refused: %s', (_, bytes) => expect(parseImagery('a', bytes)).toBeUndefined())

  it.each(['', '.hidden', '../a', 'a/b', 'a\\b', 'a\0', 'x'.repeat(81)])('no file is called %j', (name) =>
    expect(parseImagery(name, head({}))).toBeUndefined(),
  )
})

function head({ magic = 'PMTiles', version = 3, type = 4 }): Uint8Array {
  const bytes = Buffer.alloc(HEAD_BYTES)
  bytes.write(magic)
  bytes.set([version], 7)
  bytes.set([type, 8, 15], 99)
  for (const [i, degrees] of [-119.1, 36.4, -118.2, 36.7].entries()) bytes.writeInt32LE(Math.round(degrees * 1e7), 102 + i * 4)
  return bytes
}

describe('a Range header', () => {
  it.each([
    ['bytes=0-126', { from: 0, to: 126 }],
    ['bytes=990-', { from: 990, to: 999 }],
    ['bytes=990-5000', { from: 990, to: 999 }],
    ['bytes=-10', { from: 990, to: 999 }],
    ['bytes=-5000', { from: 0, to: 999 }],
    ['bytes=999-999', { from: 999, to: 999 }],
    ['bytes=1000-', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=9-3', undefined],
    ['bytes=-', undefined],
    ['bytes=0-1,5-6', undefined],
    ['lines=0-1', undefined],
    [undefined, undefined],
  ])('%s of 1000 bytes', (header, expected) => expect(byteRange(header, 1000)).toEqual(expected))
})

describe('an area in an address', () => {
  const box: Box = [106.5, 32.5, 107.25, 33.125]
  it('comes back as it went, closed or open', () => {
    const ring = ringOfBox(box)
    expect(areaText(ring)).toBe('106.5,32.5;107.25,32.5;107.25,33.125;106.5,33.125')
    expect(areaText([...ring, ring[0]!])).toBe(areaText(ring))
    expect(parseArea(areaText(ring))).toEqual(ring)
    expect(boxAround(ring)).toEqual(box)
  })

  it.each([null, '', '1,2', '1,2;3,4', '1,2;3,4;5', '1,2;3,4;x,6', '1,2;3,4;200,6', '1,2;3,4;5,91', '1,2,3;4,5;6,7'])(
    '%j is none',
    (text) => expect(parseArea(text)).toBeUndefined(),
  )

  it('has at most a hundred vertices', () => {
    const ring = (n: number) => Array.from({ length: n }, (_, i) => `${i / 10},1`).join(';')
    expect([parseArea(ring(100))?.length, parseArea(ring(101))]).toEqual([100, undefined])
  })

  it('as a box never cuts off what it was made of', () => {
    expect(boxText([106.123456, 32.123456, 107.123454, 33.123454])).toBe('106.12345,32.12345,107.12346,33.12346')
  })
})
