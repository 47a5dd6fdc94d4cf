import { plainText, squash } from './words.ts'

/** How well a case answers a query: by its exact number, by its title, or somewhere in its text. */
export const RANKS = ['number', 'title', 'text'] as const
export type Rank = (typeof RANKS)[number]

/** What a case is ranked by. */
export type Ranked = { no: string; originalNo?: string | null; title: string }

/** The rank of a case that has all the words. */
export function rankOf(query: string, { no, originalNo, title }: Ranked): Rank {
  const whole = squash(query)
  if (squash(no) === whole || (originalNo && squash(originalNo) === whole)) return 'number'
  const head = squash(title)
  const words = query.split(/\s+/).map(squash).filter(Boolean)
  return words.every((word) => head.includes(word)) ? 'title' : 'text'
}

/** A piece of a field in which words were found: what stands before, the word as it is written there, what stands after. */
export type Piece = { before: string; match: string; after: string }

const AROUND = 18

/** Where the first of the words stands in the first of the fields that has one; undefined where none has. */
export function pieceOf(query: string, fields: readonly string[]): Piece | undefined {
  const words = query.split(/\s+/).map(squash).filter(Boolean)
  for (const field of fields) {
    const found = words.map((word) => placeOf(word, field)).find((place) => place !== undefined)
    if (found) return cutOut(field, found)
  }
  return undefined
}

type Place = { from: number; to: number }

// A word is compared without what is no letter and no digit; where it stands in the field as written is counted character by character.
function placeOf(word: string, field: string): Place | undefined {
  const kept: { text: string; from: number; to: number }[] = []
  let at = 0
  for (const character of field) {
    const text = squash(character)
    if (text !== '') kept.push({ text, from: at, to: at + character.length })
    at += character.length
  }
  const body = kept.map(({ text }) => text).join('')
  const start = body.indexOf(word)
  if (start < 0) return undefined
  let passed = 0
  const touched = kept.filter(({ text }) => {
    const isIn = passed < start + word.length && passed + text.length > start
    passed += text.length
    return isIn
  })
  return { from: touched[0]!.from, to: touched[touched.length - 1]!.to }
}

function cutOut(field: string, { from, to }: Place): Piece {
  const line = (text: string) => text.replace(/\s+/g, ' ')
  const start = Math.max(0, from - AROUND)
  const end = Math.min(field.length, to + AROUND)
  return {
    before: `${start > 0 ? '…' : ''}${line(field.slice(start, from))}`,
    match: line(field.slice(from, to)),
    after: `${line(field.slice(to, end))}${end < field.length ? '…' : ''}`,
  }
}

/** Whether a name has every word of a query. */
export function isNamed(query: string, name: string): boolean {
  const words = plainText(query).split(/\s+/).map(squash).filter(Boolean)
  const body = squash(name)
  return words.length > 0 && words.every((word) => body.includes(word))
}
