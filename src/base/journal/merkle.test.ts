import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  append,
  consistencyProof,
  decodeFrontier,
  emptyFrontier,
  emptyRoot,
  encodeFrontier,
  type Frontier,
  inclusionProof,
  leafHash,
  nodeHash,
  rootOf,
  verifyConsistency,
  verifyInclusion,
} from './merkle.ts'

// Known answers of google/certificate-transparency and transparency-dev/merkle.
const INPUTS = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]
const H1 = '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7'
const H23 = '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e'
const H4 = 'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b'
const H45 = '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a'
const H67 = 'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0'
const H4567 = '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4'
const INCLUSION: [index: number, size: number, path: string[]][] = [
  [0, 1, []],
  [0, 8, [H1, H23, H4567]],
  [5, 8, [H4, H67, ROOTS[4]!]],
  [2, 3, [ROOTS[2]!]],
  [1, 5, [ROOTS[1]!, H23, H4]],
]
const CONSISTENCY: [first: number, second: number, proof: string[]][] = [
  [1, 1, []],
  [1, 8, [H1, H23, H4567]],
  [6, 8, [H45, H67, ROOTS[4]!]],
  [2, 5, [H23, H4]],
]

const leaves = INPUTS.map((hex) => leafHash(Buffer.from(hex, 'hex')))
const hex = (hashes: readonly Buffer[]) => hashes.map((hash) => hash.toString('hex'))
const rootAt = (all: readonly Buffer[], size: number) => rootOf(all.slice(0, size).reduce(append, emptyFrontier))
const numbered = (n: number) => Array.from({ length: n }, (_, i) => leafHash(Buffer.from(`leaf ${i}`)))

/** RFC 6962 §2.1, word for word. */
function treeHash(all: readonly Buffer[]): Buffer {
  if (all.length <= 1) return all[0] ?? emptyRoot
  let k = 1
  while (k * 2 < all.length) k *= 2
  return nodeHash(treeHash(all.slice(0, k)), treeHash(all.slice(k)))
}

describe('published answers', () => {
  it.each(ROOTS.map((root, size) => ({ size, root })))('root of $size leaves', ({ size, root }) => {
    expect(rootAt(leaves, size).toString('hex')).toBe(root)
  })

  it.each(INCLUSION)('audit path of leaf %i of %i', (index, size, path) => {
    expect(hex(inclusionProof(leaves.slice(0, size), index))).toEqual(path)
  })

  it.each(CONSISTENCY)('consistency proof from %i to %i', (first, second, proof) => {
    expect(hex(consistencyProof(leaves.slice(0, second), first))).toEqual(proof)
  })
})

describe('trees of every size to 40', () => {
  const all = numbered(40)
  const sizes = all.map((_, i) => i + 1)

  it('appending gives the Merkle Tree Hash', () => {
    for (const size of sizes) expect(rootAt(all, size)).toEqual(treeHash(all.slice(0, size)))
  })

  it('every leaf is proved, and at no other place', () => {
    for (const size of sizes) {
      const root = rootAt(all, size)
      for (let index = 0; index < size; index++) {
        const claim = { leaf: all[index]!, index, size, root, proof: inclusionProof(all.slice(0, size), index) }
        expect(verifyInclusion(claim)).toBe(true)
        expect(verifyInclusion({ ...claim, index: (index + 1) % (size + 1) })).toBe(false)
      }
    }
  })

  it('every prefix is proved, and no other', () => {
    for (const second of sizes) {
      for (let first = 1; first <= second; first++) {
        const proof = consistencyProof(all.slice(0, second), first)
        const claim = { first, second, firstRoot: rootAt(all, first), secondRoot: rootAt(all, second), proof }
        expect(verifyConsistency(claim)).toBe(true)
        expect(verifyConsistency({ ...claim, firstRoot: rootAt(all, first - 1) })).toBe(false)
      }
    }
  })
})

describe('what is not a proof', () => {
  const all = numbered(21)
  const [root, firstRoot] = [rootAt(all, 21), rootAt(all, 13)]
  const inclusion = { leaf: all[6]!, index: 6, size: 21, root, proof: inclusionProof(all, 6) }
  const consistency = { first: 13, second: 21, firstRoot, secondRoot: root, proof: consistencyProof(all, 13) }
  const flips = (proof: readonly Buffer[]) => proof.map((_, i) => proof.map((hash, j) => (i === j ? leafHash(hash) : hash)))
  const spoilt = (proof: readonly Buffer[]) => [
    ...flips(proof),
    proof.slice(1),
    proof.slice(0, -1),
    [...proof, root],
    [root, ...proof],
  ]

  it('refuses changed, shortened and lengthened proofs', () => {
    for (const proof of spoilt(inclusion.proof)) expect(verifyInclusion({ ...inclusion, proof })).toBe(false)
    for (const proof of spoilt(consistency.proof)) expect(verifyConsistency({ ...consistency, proof })).toBe(false)
  })

  it('refuses a proof of a taller or a lower tree', () => {
    const eight = leaves
    const top = rootAt(eight, 8)
    const last = { leaf: eight[7]!, proof: inclusionProof(eight, 7), root: top }
    const first = { leaf: eight[0]!, proof: inclusionProof(eight, 0), root: top }
    expect(verifyInclusion({ ...last, index: 3, size: 4 })).toBe(false)
    expect(verifyInclusion({ ...first, index: 0, size: 16 })).toBe(false)
    const grown = { firstRoot: rootAt(eight, 7), secondRoot: top, proof: consistencyProof(eight, 7) }
    expect(verifyConsistency({ ...grown, first: 3, second: 4 })).toBe(false)
    const doubled = { firstRoot: rootAt(eight, 4), secondRoot: top, proof: consistencyProof(eight, 4) }
    expect(verifyConsistency({ ...doubled, first: 4, second: 16 })).toBe(false)
    expect(verifyConsistency({ first: 0, second: 0, firstRoot: emptyRoot, secondRoot: emptyRoot, proof: [] })).toBe(false)
  })

  it('refuses places outside the tree and hashes that are none', () => {
    for (const index of [-1, 21, 0.5, Number.NaN]) expect(verifyInclusion({ ...inclusion, index })).toBe(false)
    for (const first of [-1, 0, 22, 1.5]) expect(verifyConsistency({ ...consistency, first })).toBe(false)
    const nothing = Buffer.alloc(0)
    expect(verifyInclusion({ leaf: nothing, index: 0, size: 1, proof: [], root: nothing })).toBe(false)
  })

  it('makes no proof outside the tree', () => {
    expect(() => inclusionProof(all, 21)).toThrow('no leaf 21 in a tree of 21')
    expect(() => inclusionProof([], 0)).toThrow(RangeError)
    expect(() => consistencyProof(all, 0)).toThrow(RangeError)
    expect(() => consistencyProof(all, 22)).toThrow(RangeError)
  })
})

describe('frontier', () => {
  it('leaves the frontier given as it was', () => {
    const before = numbered(7).reduce(append, emptyFrontier)
    const bytes = encodeFrontier(before)
    append(before, leaves[0]!)
    expect(encodeFrontier(before)).toEqual(bytes)
  })

  it('comes back from its bytes', () => {
    fc.assert(
      fc.property(fc.nat(200), (n) => {
        const frontier = numbered(n).reduce(append, emptyFrontier)
        const bytes = encodeFrontier(frontier)
        const back = decodeFrontier(bytes)
        bytes.fill(0)
        expect(back).toEqual(frontier)
      }),
    )
  })

  it('counts beyond 32 bits', () => {
    const peaks = numbered(33)
    const full: Frontier = { size: 2 ** 33 - 1, peaks }
    const next = append(decodeFrontier(encodeFrontier(full)), leaves[0]!)
    expect(next).toEqual({ size: 2 ** 33, peaks: [peaks.reduceRight((right, left) => nodeHash(left, right), leaves[0]!)] })
    expect(decodeFrontier(encodeFrontier(next))).toEqual(next)
  })

  it('refuses bytes that are no frontier', () => {
    const bytes = encodeFrontier(numbered(3).reduce(append, emptyFrontier))
    expect(() => decodeFrontier(bytes.subarray(0, 7))).toThrow('at least 8 bytes, found 7')
    expect(() => decodeFrontier(bytes.subarray(0, -1))).toThrow('a frontier of 3 leaves has 72 bytes, found 71')
    expect(() => decodeFrontier(Buffer.alloc(8, 255))).toThrow(RangeError)
  })
})
