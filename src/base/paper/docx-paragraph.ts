import { type IParagraphOptions, LineRuleType, OnOffElement, Paragraph, type XmlComponent } from 'docx'
import { LINE_PITCH } from './rules/geometry.ts'

/**
 * A paragraph one line of the grid high that is not moved by it: LibreOffice gives a character that is wider than a cell of the grid two of
 * them, so characters and lines are spaced by the paragraph itself, the same in every program.
 */
export function paragraph(options: IParagraphOptions): Paragraph {
  const made = new Paragraph({
    widowControl: false,
    ...options,
    spacing: options.spacing ?? { line: ONE_LINE, lineRule: LineRuleType.EXACT },
  })
  const { root } = (made as unknown as Inner).properties
  const at = root.findIndex(({ rootKey }) => AFTER.has(rootKey))
  root.splice(at === -1 ? root.length : at, 0, new OnOffElement('w:snapToGrid', false) as unknown as Keyed)
  return made
}

// A twip less than a 22nd of the type area: rounding must not cost the last line of a page.
const ONE_LINE = Math.round((LINE_PITCH / 25.4) * 1440) - 1

// docx writes `snapToGrid` for runs only; in a paragraph it has its place before these (ECMA-376, CT_PPrBase).
const AFTER = new Set([
  'w:spacing',
  'w:ind',
  'w:contextualSpacing',
  'w:mirrorIndents',
  'w:jc',
  'w:textAlignment',
  'w:outlineLvl',
  'w:rPr',
])

type Keyed = XmlComponent & { rootKey: string }
interface Inner {
  properties: { root: Keyed[] }
}
