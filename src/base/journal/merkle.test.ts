import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HASHES, type HashName } from '../crypto/algorithms.ts'
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

type Answers = { roots: string[]; h1: string; h23: string; h4: string; h45: string; h67: string; h4567: string }

const INPUTS = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']

// SHA-256: known answers of google/certificate-transparency and transparency-dev/merkle. SM3: nobody has published any; the same
// tree was reckoned by a recursion of RFC 6962 in another language over OpenSSL 3.0's SM3, which gives the SHA-256 answers too.
const ANSWERS: Record<HashName, Answers> = {
  sha256: {
    roots: [
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
      'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
      'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
      '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
      '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
      'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
      '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
    ],
    h1: '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
    h23: '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
    h4: 'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    h45: '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
    h67: 'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
    h4567: '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
  },
  sm3: {
    roots: [
      '1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b',
      '2daef60e7a0b8f5e024c81cd2ab3109f2b4f155cf83adeb2ae5532f74a157fdf',
      '0b990fe0c7ad70f1bf1a1262f2c7908ea48146b14253a6db99f2917ab1f5cc4d',
      '209ec96a210d662a964772680e8544d18cab7b88ffec3e00962220349b56ea56',
      '28e4e307ef6d2d0c62d84b11ef96e835efe490f35b93c8f024ecfe38c8dd4377',
      'bb10c996aeebbcdc69be3715fc847344de77442d37a5ab8213da9f41785b103b',
      '8723c1ab1f82ddfba4a3733ac0c80d936d9f4c208c7dbc8cc81ca9fff8584f66',
      'bd36c22a1ac6ff4308e0c3cc1a85bf0ffa30538ec60a55c70413ab15d45db4d2',
      'bc48ba7a709184b5f2a631e1adeb8dc2a0d4c018c1d6cc89b5664fe154c93b38',
    ],
    h1: 'af83a966222057ac761246a7543c580d9111014f4e5e3cb1281db33151160335',
    h23: '2489bde054a243baddcdf4fca1bae37cc910a6d9d85fdb9e1a826d7fc114f9a8',
    h4: 'a798bfdb4164a6c7b41a6faecc5c3155cf04d38929dcbd4fe21dea29071aac64',
    h45: '6f5566cd4dfab1605e73be3ce132f38de996be0094142731e1eb2ab2e001daca',
    h67: '155f6ed4ccfa83510c9416c99b48f41aa5b12e443546bee1b501a7b281e5132a',
    h4567: '2064aa35c6f2961ab1667c4418188b13a7b2510104f71febbb67f19419cf8168',
  },
}

describe.each(HASHES)('a tree hashed with %s', (HASH) => {
  const { roots: ROOTS, h1, h23, h4, h45, h67, h4567 } = ANSWERS[HASH]
  const INCLUSION: [index: number, size: number, path: string[]][] = [
    [0, 1, []],
    [0, 8, [h1, h23, h4567]],
    [5, 8, [h4, h67, ROOTS[4]!]],
    [2, 3, [ROOTS[2]!]],
    [1, 5, [ROOTS[1]!, h23, h4]],
  ]
  const CONSISTENCY: [first: number, second: number, proof: string[]][] = [
    [1, 1, []],
    [1, 8, [h1, h23, h4567]],
    [6, 8, [h45, h67, ROOTS[4]!]],
    [2, 5, [h23, h4]],
  ]

  const leaves = INPUTS.map((hex) => leafHash(HASH, Buffer.from(hex, 'hex')))
  const hex = (hashes: readonly Buffer[]) => hashes.map((hash) => hash.toString('hex'))
  const rootAt = (all: readonly Buffer[], size: number) => rootOf(all.slice(0, size).reduce(append, emptyFrontier(HASH)))
  const numbered = (n: number) => Array.from({ length: n }, (_, i) => leafHash(HASH, Buffer.from(`leaf ${i}`)))

  /** RFC 6962 §2.1, word for word. */
  function treeHash(all: readonly Buffer[]): Buffer {
    if (all.length <= 1) return all[0] ?? emptyRoot(HASH)
    let k = 1
    while (k * 2 < all.length) k *= 2
    return nodeHash(HASH, treeHash(all.slice(0, k)), treeHash(all.slice(k)))
  }

  describe('published answers', () => {
    it.each(ROOTS.map((root, size) => ({ size, root })))('root of $size leaves', ({ size, root }) => {
      expect(rootAt(leaves, size).toString('hex')).toBe(root)
    })

    it.each(INCLUSION)('audit path of leaf %i of %i', (index, size, path) => {
      expect(hex(inclusionProof(HASH, leaves.slice(0, size), index))).toEqual(path)
    })

    it.each(CONSISTENCY)('consistency proof from %i to %i', (first, second, proof) => {
      expect(hex(consistencyProof(HASH, leaves.slice(0, second), first))).toEqual(proof)
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
          const claim = {
            hash: HASH,
            leaf: all[index]!,
            index,
            size,
            root,
            proof: inclusionProof(HASH, all.slice(0, size), index),
          }
          expect(verifyInclusion(claim)).toBe(true)
          expect(verifyInclusion({ ...claim, index: (index + 1) % (size + 1) })).toBe(false)
        }
      }
    })

    it('every prefix is proved, and no other', () => {
      for (const second of sizes) {
        for (let first = 1; first <= second; first++) {
          const proof = consistencyProof(HASH, all.slice(0, second), first)
          const claim = { hash: HASH, first, second, firstRoot: rootAt(all, first), secondRoot: rootAt(all, second), proof }
          expect(verifyConsistency(claim)).toBe(true)
          expect(verifyConsistency({ ...claim, firstRoot: rootAt(all, first - 1) })).toBe(false)
        }
      }
    })
  })

  describe('what is not a proof', () => {
    const all = numbered(21)
    const [root, firstRoot] = [rootAt(all, 21), rootAt(all, 13)]
    const inclusion = { hash: HASH, leaf: all[6]!, index: 6, size: 21, root, proof: inclusionProof(HASH, all, 6) }
    const consistency = { hash: HASH, first: 13, second: 21, firstRoot, secondRoot: root, proof: consistencyProof(HASH, all, 13) }
    const flips = (proof: readonly Buffer[]) =>
      proof.map((_, i) => proof.map((hash, j) => (i === j ? leafHash(HASH, hash) : hash)))
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
      const last = { hash: HASH, leaf: eight[7]!, proof: inclusionProof(HASH, eight, 7), root: top }
      const first = { hash: HASH, leaf: eight[0]!, proof: inclusionProof(HASH, eight, 0), root: top }
      expect(verifyInclusion({ ...last, index: 3, size: 4 })).toBe(false)
      expect(verifyInclusion({ ...first, index: 0, size: 16 })).toBe(false)
      const grown = { hash: HASH, firstRoot: rootAt(eight, 7), secondRoot: top, proof: consistencyProof(HASH, eight, 7) }
      expect(verifyConsistency({ ...grown, first: 3, second: 4 })).toBe(false)
      const doubled = { hash: HASH, firstRoot: rootAt(eight, 4), secondRoot: top, proof: consistencyProof(HASH, eight, 4) }
      expect(verifyConsistency({ ...doubled, first: 4, second: 16 })).toBe(false)
      expect(
        verifyConsistency({
          hash: HASH,
          first: 0,
          second: 0,
          firstRoot: emptyRoot(HASH),
          secondRoot: emptyRoot(HASH),
          proof: [],
        }),
      ).toBe(false)
    })

    it('refuses places outside the tree and hashes that are none', () => {
      for (const index of [-1, 21, 0.5, Number.NaN]) expect(verifyInclusion({ ...inclusion, index })).toBe(false)
      for (const first of [-1, 0, 22, 1.5]) expect(verifyConsistency({ ...consistency, first })).toBe(false)
      const nothing = Buffer.alloc(0)
      expect(verifyInclusion({ hash: HASH, leaf: nothing, index: 0, size: 1, proof: [], root: nothing })).toBe(false)
    })

    it('makes no proof outside the tree', () => {
      expect(() => inclusionProof(HASH, all, 21)).toThrow('no leaf 21 in a tree of 21')
      expect(() => inclusionProof(HASH, [], 0)).toThrow(RangeError)
      expect(() => consistencyProof(HASH, all, 0)).toThrow(RangeError)
      expect(() => consistencyProof(HASH, all, 22)).toThrow(RangeError)
    })
  })

  describe('frontier', () => {
    it('leaves the frontier given as it was', () => {
      const before = numbered(7).reduce(append, emptyFrontier(HASH))
      const bytes = encodeFrontier(before)
      append(before, leaves[0]!)
      expect(encodeFrontier(before)).toEqual(bytes)
    })

    it('comes back from its bytes', () => {
      fc.assert(
        fc.property(fc.nat(200), (n) => {
          const frontier = numbered(n).reduce(append, emptyFrontier(HASH))
          const bytes = encodeFrontier(frontier)
          const back = decodeFrontier(HASH, bytes)
          bytes.fill(0)
          expect(back).toEqual(frontier)
        }),
      )
    })

    it('counts beyond 32 bits', () => {
      const peaks = numbered(33)
      const full: Frontier = { hash: HASH, size: 2 ** 33 - 1, peaks }
      const next = append(decodeFrontier(HASH, encodeFrontier(full)), leaves[0]!)
      expect(next).toEqual({
        hash: HASH,
        size: 2 ** 33,
        peaks: [peaks.reduceRight((right, left) => nodeHash(HASH, left, right), leaves[0]!)],
      })
      expect(decodeFrontier(HASH, encodeFrontier(next))).toEqual(next)
    })

    it('refuses bytes that are no frontier', () => {
      const bytes = encodeFrontier(numbered(3).reduce(append, emptyFrontier(HASH)))
      expect(() => decodeFrontier(HASH, bytes.subarray(0, 7))).toThrow('at least 8 bytes, found 7')
      expect(() => decodeFrontier(HASH, bytes.subarray(0, -1))).toThrow('a frontier of 3 leaves has 72 bytes, found 71')
      expect(() => decodeFrontier(HASH, Buffer.alloc(8, 255))).toThrow(RangeError)
    })
  })
})

it('a proof in one hash is none in the other', () => {
  const leaves = INPUTS.map((hex) => leafHash('sm3', Buffer.from(hex, 'hex')))
  const root = rootOf(leaves.reduce(append, emptyFrontier('sm3')))
  const claim = { leaf: leaves[5]!, index: 5, size: 8, root, proof: inclusionProof('sm3', leaves, 5) }
  expect(verifyInclusion({ hash: 'sm3', ...claim })).toBe(true)
  expect(verifyInclusion({ hash: 'sha256', ...claim })).toBe(false)
})
