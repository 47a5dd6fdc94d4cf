import { CATEGORY_LABELS, PATH_LABELS, STATE_LABELS } from '../../../src/cases/rules/labels.ts'
import { useLanguage } from '../../shell/language.tsx'
import type { Leaf } from './rule-view.ts'

type Labels = Record<string, { zh: string; en: string }>
const CODES: Labels = { ...CATEGORY_LABELS, ...PATH_LABELS, ...STATE_LABELS }

/** How rules, their fields and their values are called on the screen. */
export function useRuleWords() {
  const { t, language } = useLanguage()
  const nameOf = (code: string) => CODES[code]?.[language] ?? code
  return {
    titleOf: ({ kind, key }: { kind: string; key: string }) =>
      `${t.rules.kinds[kind] ?? kind} · ${t.rules.keys[key] ?? nameOf(key)}`,
    fieldOf: (path: string[]) =>
      path.map((name) => (/^\d+$/.test(name) ? `${Number(name) + 1}` : (t.rules.fields[name] ?? nameOf(name)))).join(' › '),
    wordOf: (value: Leaf['value'] | undefined): string => {
      if (value === undefined || value === null) return t.rules.none
      if (typeof value === 'boolean') return value ? t.rules.yes : t.rules.no
      if (Array.isArray(value)) return value.map(nameOf).join(language === 'zh' ? '、' : ', ') || t.rules.none
      return typeof value === 'string' ? nameOf(value) : String(value)
    },
  }
}
