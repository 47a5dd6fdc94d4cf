/** A search as it is looked up: grams that an index knows, and words that are looked for again in what it found. */
export interface Sought {
  words: string[]
  grams: number[]
  /** Some word has letters or digits: those are found from the beginning of a word on, which only the grams can tell. */
  hasRuns: boolean
}

const LONGEST_RUN = 32
const HAN = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}'
const RUN = `(?:(?![${HAN}])[\\p{L}\\p{N}\\p{M}])+`
// Runs that a number or a formula joins: HZ-2026-000123, PM2.5, NH3-N.
const HAN_TEXT = new RegExp(`[${HAN}]+`, 'gu')
const CHAIN = new RegExp(`${RUN}(?:[-._/·]${RUN})*`, 'gu')
const ONE_RUN = new RegExp(RUN, 'gu')
const NO_WORD = /[^\p{L}\p{N}\p{M}]+/gu

/** Letters as they are compared: full width as half width, compatibility forms as plain ones, no capitals. */
export function plainText(text: string): string {
  return text.normalize('NFKC').toLowerCase().normalize('NFKC')
}

/** What of a text can be looked for: letters, digits and Han alone, so that no blank and no dash keeps a word from being found. */
export function squash(text: string): string {
  return plainText(text).replace(NO_WORD, '')
}

/** Each field squashed on a line of its own: a word is found within one field, never across two. */
export function bodyOf(fields: readonly string[]): string {
  return [...new Set(fields.map(squash).filter((line) => line !== ''))].join('\n')
}

/**
 * Everything by which a text may be looked up, rising, each once: Han text as single characters and overlapping pairs, letters and
 * digits as whole words and their beginnings (of a chain as a whole too, of a number also without its leading zeros).
 */
export function gramsOf(fields: readonly string[]): number[] {
  const found = new Set<number>()
  for (const field of fields) {
    for (const text of piecesOf(HAN_TEXT, squash(field))) for (const gram of hanGrams(text, { single: true })) found.add(gram)
    for (const chain of piecesOf(CHAIN, plainText(field)))
      for (const run of runsOf(chain)) for (const gram of beginnings(run)) found.add(gram)
  }
  return [...found].sort((a, b) => a - b)
}

/** A query read as words between blanks, all of which must be found; undefined where it holds nothing to look for. */
export function soughtBy(query: string): Sought | undefined {
  const parts = plainText(query).split(/\s+/)
  const words = [...new Set(parts.map(squash).filter((word) => word !== ''))]
  const chains = parts.flatMap((part) => piecesOf(CHAIN, part))
  const han = words
    .flatMap((word) => piecesOf(HAN_TEXT, word))
    .flatMap((text) => hanGrams(text, { single: [...text].length === 1 }))
  const grams = new Set([...han, ...chains.flatMap((chain) => runs(chain).map((run) => hash(cut(run))))])
  return words.length === 0 ? undefined : { words, grams: [...grams].sort((a, b) => a - b), hasRuns: chains.length > 0 }
}

const piecesOf = (piece: RegExp, text: string): string[] => text.match(piece) ?? []

function hanGrams(text: string, { single }: { single: boolean }): number[] {
  const codes = [...text].map(codeOf)
  const pairs = codes.slice(1).map((code, i) => (codes[i]! << 16) | code)
  return single ? [...pairs, ...codes] : pairs
}

// Two characters fit into one number; one beyond the basic plane shares its half with another, which the second look tells apart.
function codeOf(character: string): number {
  const code = character.codePointAt(0)!
  return (code ^ ((code >>> 16) * 0x9e37)) & 0xffff
}

const runs = (chain: string): string[] => piecesOf(ONE_RUN, chain)

function runsOf(chain: string): string[] {
  const parts = runs(chain)
  const bare = parts.flatMap((run) => (/^0+\d*[1-9]/.test(run) ? run.replace(/^0+/, '') : []))
  return [...parts, ...bare, ...(parts.length > 1 ? [parts.join('')] : [])]
}

function beginnings(run: string): number[] {
  const characters = [...cut(run)]
  return characters.map((_, i) => hash(characters.slice(0, i + 1).join('')))
}

const cut = (run: string): string => [...run].slice(0, LONGEST_RUN).join('')

// FNV-1a; what two words share by chance the second look tells apart.
function hash(text: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  return h | 0
}
