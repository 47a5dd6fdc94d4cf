import type { TemplateKind } from '../../../src/admin/templates/rules/kinds.ts'

export type TemplateAct = 'save' | 'confirm' | 'default'

export type TemplateItem = {
  kind: TemplateKind
  version: number
  confirmed: boolean
  act?: TemplateAct
  by?: string
  at?: string
}

export type TemplateVersion = { version: number; act: TemplateAct; by: string; at: string; text: string }

export type TemplateDetail = TemplateItem & { text: string; shipped: string; versions: TemplateVersion[] }
