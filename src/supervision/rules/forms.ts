import { type Refusal, refuse } from '../../base/rules/refusal.ts'
import type { Act } from './item.ts'

const MOST_CASES = 200

/** What an act fails to say, or undefined. */
export function refuseForm(act: Act): Refusal | undefined {
  const blank = Object.entries(fieldsOf(act)).filter(([, text]) => !text.trim())
  if (blank.length > 0) return refuse('invalid', 'supervision/fields-missing', { fields: blank.map(([name]) => name).join(', ') })
  if (act.move !== 'draft') return undefined
  const ids = new Set(act.cases.map((c) => c.id))
  if (ids.size === 0 || ids.size !== act.cases.length || ids.size > MOST_CASES)
    return refuse('invalid', 'supervision/cases', { found: act.cases.length, most: MOST_CASES })
  return undefined
}

function fieldsOf(act: Act): Record<string, string> {
  if (act.move === 'draft')
    return { org: act.org, title: act.title, text: act.text, grounds: act.grounds.length > 0 ? 'said' : '' }
  if (act.move === 'revise') return { title: act.title, text: act.text }
  if (act.move === 'answer') return { text: act.text }
  if (act.move === 'send_back' || act.move === 'reject' || act.move === 'lift' || act.move === 'withdraw')
    return { reason: act.reason }
  return {}
}
