/** Which of the embedded faces a text is set in: 仿宋, 楷体, 黑体, 小标宋 and 宋体 of the standard, in what stands for them. */
export type Face = 'fang' | 'kai' | 'hei' | 'title' | 'song'

/** Something on a page, in millimetres from its upper left corner; a text stands on its baseline `y`. */
export type Mark =
  | { kind: 'text'; x: number; y: number; text: string; face: Face; points: number; spacing?: number; colour?: string }
  | { kind: 'line'; x: number; y: number; x2: number; y2: number; thick: number; colour?: string }
  | { kind: 'box'; x: number; y: number; width: number; height: number; thick: number; colour?: string }
  | { kind: 'circle'; x: number; y: number; radius: number; colour: string }

/** How wide a character is, in em: from the font that will draw it. */
export type Advance = (face: Face, char: string) => number
