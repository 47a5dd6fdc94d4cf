import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ROLE_LABELS, ROLES } from '../../people/rules/actor.ts'
import * as codes from './codes.ts'
import * as labels from './labels.ts'
import { GATE_NAMES } from './procedure.ts'
import { REFUSAL_TEXTS, refusalText } from './refusal-text.ts'
import { APART_LABELS, BOND_LABELS, FIELD_LABELS, GATE_LABELS } from './refusal-words.ts'

const FOLDER = new URL('.', import.meta.url)
const source = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && file !== 'refusal-text.ts')
  .map((file) => readFileSync(new URL(file, FOLDER), 'utf8'))
  .join('\n')

describe('texts of refusals', () => {
  it('every code that the rules give has a text, and no text is left over', () => {
    const used = new Set([...source.matchAll(/'(cases\/[a-z-]+)'/g)].map((match) => match[1]))
    expect([...used].sort()).toEqual(Object.keys(REFUSAL_TEXTS).sort())
  })

  it('both languages ask for the same values, and each refusal gives them', () => {
    const holes = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort()
    for (const [code, text] of Object.entries(REFUSAL_TEXTS)) {
      const wanted = holes(text.zh)
      expect([code, [...new Set(holes(text.en))]]).toEqual([code, [...new Set(wanted)]])
      // A parameter appears in the call, or in the object it is built from.
      for (const name of wanted) expect(source, `${code} {${name}}`).toMatch(new RegExp(`\\b${name}\\b`))
    }
  })

  it('puts codes into words, leaves figures to the caller, and shows a strange code as it is', () => {
    const told = refusalText({ code: 'cases/not-in-this-state', params: { move: 'sign', state: 'rectifying' } })
    expect(told).toEqual({ zh: '问题现处于“整改中”，此时不能办理', en: 'Not now: the case is in the state “Being rectified”' })
    expect(refusalText({ code: 'cases/plan-fields', params: { missing: 'goal, measures' } }).zh).toContain('整改目标、整改措施')
    expect(refusalText({ code: 'cases/after-photo-far', params: { name: 'x', distanceM: 3, radiusM: 2 } }).zh).toContain(
      '{distanceM}',
    )
    expect(refusalText({ code: 'places/unknown', params: {} })).toEqual({ zh: 'places/unknown', en: 'places/unknown' })
  })

  it('every field that a refusal can miss has a name', () => {
    const named = [...source.matchAll(/fields: '([\w., ]+)'/g)].flatMap((match) => match[1]!.split(', '))
    const blanks = [...source.matchAll(/refuseBlank\((?:\w+ === '\w+' \? )?\{([^}]*)\}/g)].flatMap((match) =>
      match[1]!.split(',').map((part) => part.split(':')[0]!.trim()),
    )
    for (const field of [...named, ...blanks].filter((name) => name !== '')) expect(FIELD_LABELS, field).toHaveProperty([field])
  })
})

describe('labels', () => {
  const complete: [string, readonly string[], Readonly<Record<string, unknown>>][] = [
    ['states', codes.STATES, labels.STATE_LABELS],
    ['moves', [...codes.MOVES, ...codes.RECORDS], labels.MOVE_LABELS],
    ['colours', codes.COLOURS, labels.COLOUR_LABELS],
    ['paths', codes.PATHS, labels.PATH_LABELS],
    ['outcomes', codes.OUTCOMES, labels.OUTCOME_LABELS],
    ['sources', codes.SOURCE_TYPES, labels.SOURCE_LABELS],
    ['categories', codes.CATEGORIES, labels.CATEGORY_LABELS],
    ['pollution', codes.POLLUTION, labels.POLLUTION_LABELS],
    ['findings', codes.FINDINGS, labels.FINDING_LABELS],
    ['evidence', codes.EVIDENCE_KINDS, labels.EVIDENCE_LABELS],
    ['things', codes.THINGS, labels.THING_LABELS],
    ['severities', codes.SEVERITIES, labels.SEVERITY_LABELS],
    ['zones', codes.QINLING, labels.QINLING_LABELS],
    ['duties', codes.DUTIES, labels.DUTY_LABELS],
    ['standards', codes.STANDARDS, labels.STANDARD_LABELS],
    ['answers', codes.ANSWERS, labels.ANSWER_LABELS],
    ['flags', codes.FLAGS, labels.FLAG_LABELS],
    ['scopes', codes.SCOPES, labels.SCOPE_LABELS],
    ['secrecy', Object.keys(codes.SECRECY), labels.SECRECY_LABELS],
    ['roles', [...ROLES, 'public'], ROLE_LABELS],
    ['gates', GATE_NAMES, GATE_LABELS],
    ['bonds', ['anyone', 'county', 'area', 'rectifier', 'contributor', 'acceptance'], BOND_LABELS],
    ['hands', ['rectifier', 'planner', 'county_acceptor', 'proposer', 'collector'], APART_LABELS],
  ]

  it.each(complete)('%s: every code has a name in both languages, and none is left over', (_, list, table) => {
    expect(Object.keys(table).sort()).toEqual([...list].sort())
    for (const label of Object.values(table))
      expect(label).toMatchObject({ zh: expect.stringMatching(/\S/), en: expect.stringMatching(/[A-Za-z0-9]/) })
  })
})
