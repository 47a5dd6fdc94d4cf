import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TemplateKind } from './rules/kinds.ts'

const FOLDER = join(import.meta.dirname, '../../../data/templates')

/** The text of a kind as it ships with the product. */
export function shippedTemplate(kind: TemplateKind): Promise<string> {
  return readFile(join(FOLDER, `${kind}.md`), 'utf8')
}
