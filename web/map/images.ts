import { SHAPES, type Shape } from './shapes.ts'

/** Pixels of the picture for one pixel of the screen. */
export const PIXEL_RATIO = 2
const MARK = 22
const PIE = 56

/** The picture that a name asks for: `mark|square|#d3322a`, or a ring of shares `pie|#d3322a:3|#f0b400:1`; undefined for other names. */
export function imageNamed(name: string): ImageData | undefined {
  const [kind, ...parts] = name.split('|')
  if (kind === 'mark') return markImage(parts[0] as Shape, parts[1] ?? '#000')
  if (kind === 'pie') return pieImage(parts.map(shareOf).filter(({ share }) => share > 0))
  return undefined
}

type Share = { colour: string; share: number }

function shareOf(part: string): Share {
  const [colour = '#000', share = '0'] = part.split(':')
  return { colour, share: Number(share) }
}

function markImage(shape: Shape, colour: string): ImageData {
  const { context, done } = picture(MARK)
  context.scale(MARK / 28, MARK / 28)
  context.translate(2, 2)
  const path = new Path2D(SHAPES[shape])
  context.lineJoin = 'round'
  context.lineWidth = 5
  context.strokeStyle = '#ffffff'
  context.stroke(path)
  context.lineWidth = 1.4
  context.strokeStyle = 'rgb(0 0 0 / 55%)'
  context.stroke(path)
  context.fillStyle = colour
  context.fill(path, 'evenodd')
  return done()
}

// A white disc for the count, and round it the shares, clockwise from the top, parted by white.
function pieImage(shares: readonly Share[]): ImageData {
  const { context, done } = picture(PIE)
  const middle = PIE / 2
  disc(context, { radius: middle - 1, colour: 'rgb(255 255 255 / 92%)' })
  const all = shares.reduce((sum, { share }) => sum + share, 0)
  let from = -Math.PI / 2
  for (const { colour, share } of shares) {
    const to = from + (share / all) * 2 * Math.PI
    context.beginPath()
    context.arc(middle, middle, middle - 7, from, to)
    context.lineWidth = 9
    context.strokeStyle = colour
    context.stroke()
    if (shares.length > 1) cut(context, from)
    from = to
  }
  return done()
}

function disc(context: CanvasRenderingContext2D, { radius, colour }: { radius: number; colour: string }): void {
  context.beginPath()
  context.arc(PIE / 2, PIE / 2, radius, 0, 2 * Math.PI)
  context.fillStyle = colour
  context.fill()
  context.lineWidth = 1
  context.strokeStyle = 'rgb(27 39 48 / 45%)'
  context.stroke()
}

function cut(context: CanvasRenderingContext2D, angle: number): void {
  const at = (radius: number) => [PIE / 2 + radius * Math.cos(angle), PIE / 2 + radius * Math.sin(angle)] as const
  context.beginPath()
  context.moveTo(...at(PIE / 2 - 12))
  context.lineTo(...at(PIE / 2 - 2))
  context.lineWidth = 2
  context.strokeStyle = '#ffffff'
  context.stroke()
}

function picture(size: number): { context: CanvasRenderingContext2D; done(): ImageData } {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = size * PIXEL_RATIO
  const context = canvas.getContext('2d', { willReadFrequently: true })!
  context.scale(PIXEL_RATIO, PIXEL_RATIO)
  return { context, done: () => context.getImageData(0, 0, canvas.width, canvas.height) }
}
