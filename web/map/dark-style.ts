type Layer = { type: string; paint?: Record<string, unknown> }

/** A style for the dark: every colour of the drawing keeps its hue and changes its lightness; pictures and relief stay as they are. */
export function darkened<S extends { layers: readonly Layer[] }>(style: S): S {
  const layers = style.layers.map((layer) =>
    layer.paint && layer.type !== 'hillshade' && layer.type !== 'raster' ? { ...layer, paint: turned(layer.paint) } : layer,
  )
  return { ...style, layers }
}

function turned<T>(value: T): T {
  if (typeof value === 'string') return (HEX.test(value) ? inverted(value) : value) as T
  if (Array.isArray(value)) return value.map(turned) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, turned(part)])) as T
}

const HEX = /^#[0-9a-f]{6}$/i
const DARKEST = 0.09
const LIGHTEST = 0.9

/** `#rrggbb` with its lightness (HSL) turned round, between almost black and almost white. */
export function inverted(hex: string): string {
  const channels = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
  const [max, min] = [Math.max(...channels), Math.min(...channels)]
  const light = (max + min) / 2
  const wanted = LIGHTEST - light * (LIGHTEST - DARKEST)
  const spread = (max - min) / (1 - Math.abs(2 * light - 1) || 1)
  const reach = Math.min(max - min, spread * (1 - Math.abs(2 * wanted - 1))) // what is almost white has no colour to bring out
  const part = (channel: number) => (max === min ? wanted : wanted + ((channel - light) / (max - min)) * reach)
  const byte = (channel: number) => Math.round(Math.min(1, Math.max(0, part(channel))) * 255)
  return `#${channels.map((channel) => byte(channel).toString(16).padStart(2, '0')).join('')}`
}
