import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Table } from './document.ts'
import { drawGroup, heightOf, measureTable, splitGroup } from './table-layout.ts'

const advance = () => 1
const table = (texts: string[][], down = 1): Table => ({
  kind: 'table',
  widths: [1, 1, 2],
  rows: texts.map(([a = '', b = '', c = ''], at) => [
    ...(at % down === 0 ? [{ text: a, ...(down > 1 ? { down } : {}) }] : []),
    { text: b },
    { text: c },
  ]),
})
const wordsOf = (marks: ReturnType<typeof drawGroup>, at: (x: number) => boolean) =>
  marks.flatMap((m) => (m.kind === 'text' && at(m.x) ? [m.text] : [])).join('')

it('a group that is cut keeps every line of every cell, and what is drawn fits into its rows', () => {
  const text = fc.integer({ min: 0, max: 90 }).map((n) => '文'.repeat(n))
  fc.assert(
    fc.property(
      fc.array(fc.tuple(text, text, text), { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 20, max: 120 }),
      (rows, down, room) => {
        const made = table(rows, Math.min(down, rows.length))
        for (const group of measureTable(made, { width: 156, advance }).body) {
          const whole = drawGroup(group, made, { at: { x: 0, y: 0 }, advance })
          if (heightOf(group) <= room) continue
          const parts = splitGroup(group, made, room)
          if (!parts) continue
          expect(heightOf(parts[0])).toBeLessThanOrEqual(room + 1e-6)
          const drawn = parts.flatMap((part) => drawGroup(part, made, { at: { x: 0, y: 0 }, advance }))
          for (const column of [(x: number) => x < 39, (x: number) => x >= 39 && x < 78, (x: number) => x >= 78])
            expect(wordsOf(drawn, column)).toBe(wordsOf(whole, column))
          for (const part of parts)
            for (const m of drawGroup(part, made, { at: { x: 0, y: 0 }, advance }))
              if (m.kind === 'text') expect(m.y).toBeLessThanOrEqual(heightOf(part) + 1e-6)
        }
      },
    ),
    { numRuns: 200 },
  )
})
