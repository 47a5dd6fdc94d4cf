/** Marks in a box of 24 by 24, as SVG paths: the map and its legend draw the same. */
export const SHAPES = {
  square: 'M4 4h16v16H4z',
  triangle: 'M12 2.5 22 21H2z',
  circle: 'M12 3a9 9 0 1 1 0 18a9 9 0 1 1 0-18z',
  diamond: 'M12 1.5 22.5 12 12 22.5 1.5 12z',
  hexagon: 'M7 3.5h10L22 12l-5 8.5H7L2 12z',
  ring: 'M12 3a9 9 0 1 1 0 18a9 9 0 1 1 0-18zM12 8.2a3.8 3.8 0 1 0 0 7.6a3.8 3.8 0 1 0 0-7.6z',
} as const
export type Shape = keyof typeof SHAPES
