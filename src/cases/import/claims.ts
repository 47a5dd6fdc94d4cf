import type { Claim } from '../rules/case.ts'
import type { Finding, Pollution } from '../rules/codes.ts'
import { POLLUTIONS } from './values.ts'

/**
 * What one letter claims: its numbered parts (`1.… 2.…`, `一、… 二、…`), or the whole where it is not numbered. Findings and their
 * texts belong to the claim of the same number, a single one to every claim.
 */
export function claimsOf(o: {
  text: string
  pollution: readonly Pollution[]
  findings: readonly Finding[]
  investigation: string
}): Claim[] {
  const parts = numberedParts(o.text)
  const texts = parts.length > 0 ? parts : [o.text]
  const answers = numberedParts(o.investigation)
  return texts.map((text, at) => {
    const finding = o.findings.length === texts.length ? o.findings[at] : o.findings.length === 1 ? o.findings[0] : undefined
    const findingText = answers.length === texts.length ? answers[at] : o.investigation
    return {
      id: `c${at + 1}`,
      text,
      pollution: pollutionIn(text, o.pollution),
      ...(finding && { finding }),
      ...(findingText && { findingText }),
    }
  })
}

/** The parts of a text that counts them from one, in any of the usual ways; empty where it counts fewer than two. */
export function numberedParts(text: string): string[] {
  for (const mark of MARKS) {
    const starts = consecutive([...text.matchAll(mark)])
    if (starts.length >= 2) return starts.map((start, at) => cut(text, start, starts[at + 1]))
  }
  return []
}

// A number counts at the start, or after a mark or a blank: 3.5米 and 2.1公里 do not.
const BEFORE = '(?<=^|[\\s。；;：:，,、）)])'
const MARKS = [
  new RegExp(`${BEFORE}(\\d{1,2})[.．、](?!\\d)`, 'g'),
  new RegExp(`${BEFORE}[（(](\\d{1,2})[)）]`, 'g'),
  new RegExp(`${BEFORE}([一二三四五六七八九十])、`, 'g'),
  new RegExp(`${BEFORE}[（(]([一二三四五六七八九十])[)）]`, 'g'),
  new RegExp(`${BEFORE}([①②③④⑤⑥⑦⑧⑨⑩])`, 'g'),
]
const NUMERALS = ['〇一二三四五六七八九十', '〇①②③④⑤⑥⑦⑧⑨⑩']

type Start = { at: number; length: number }

function consecutive(found: readonly RegExpExecArray[]): Start[] {
  const starts: Start[] = []
  for (const match of found) {
    if (numberOf(match[1]!) === starts.length + 1) starts.push({ at: match.index, length: match[0].length })
  }
  return starts
}

function numberOf(mark: string): number {
  const numeral = NUMERALS.map((row) => row.indexOf(mark)).find((at) => at > 0)
  return numeral ?? Number(mark)
}

function cut(text: string, start: Start, next: Start | undefined): string {
  return text
    .slice(start.at + start.length, next?.at)
    .trim()
    .replace(/[；;，,]$/, '')
}

// Of the types the row names, those the claim speaks of; all of them where it names none.
function pollutionIn(text: string, types: readonly Pollution[]): Pollution[] {
  const named = types.filter((type) =>
    [...POLLUTIONS.codes].some(([word, code]) => code === type && word.length >= 2 && text.includes(word)),
  )
  return named.length > 0 ? named : [...types]
}
