import { digest, type HashName } from '../crypto/algorithms.ts'

const HASH_BYTES = 32
const SIZE_BYTES = 8
const LEAF_PREFIX = Buffer.of(0)
const NODE_PREFIX = Buffer.of(1)

/**
 * The peaks of the complete subtrees of a tree of `size` leaves, left to right: all that appending needs, 32 bytes each; and the
 * hash the tree is made with, which is the same for its whole life.
 */
export type Frontier = { readonly hash: HashName; readonly size: number; readonly peaks: readonly Buffer[] }

/** What is claimed: `leaf` (a leaf hash) stands at the 0-based `index` of the tree of `size` leaves with this root. */
export type InclusionClaim = {
  hash: HashName
  leaf: Buffer
  index: number
  size: number
  proof: readonly Buffer[]
  root: Buffer
}

/** What is claimed: the tree of `first` leaves is a prefix of the tree of `second` leaves. */
export type ConsistencyClaim = {
  hash: HashName
  first: number
  second: number
  firstRoot: Buffer
  secondRoot: Buffer
  proof: readonly Buffer[]
}

/** The frontier of the empty tree. */
export function emptyFrontier(hash: HashName): Frontier {
  return { hash, size: 0, peaks: [] }
}

/** The root of the empty tree: the hash of nothing (RFC 6962 §2.1). */
export function emptyRoot(hash: HashName): Buffer {
  return digest(hash)
}

/** Hash of one leaf, 32 bytes: H(0x00 ‖ data) (RFC 6962 §2.1, with SM3 in the place of SHA-256 where the journal says so). */
export function leafHash(hash: HashName, data: Buffer): Buffer {
  return digest(hash, LEAF_PREFIX, data)
}

/** Hash of an inner node, 32 bytes: H(0x01 ‖ left ‖ right) (RFC 6962 §2.1). */
export function nodeHash(hash: HashName, left: Buffer, right: Buffer): Buffer {
  return digest(hash, NODE_PREFIX, left, right)
}

/** The frontier after one more leaf hash, in O(log size); the frontier given is left as it was. */
export function append(frontier: Frontier, leaf: Buffer): Frontier {
  const { hash, size } = frontier
  const peaks = [...frontier.peaks]
  let node = leaf
  for (let n = size; n % 2 === 1; n = half(n)) node = nodeHash(hash, peaks.pop()!, node)
  peaks.push(node)
  return { hash, size: size + 1, peaks }
}

/** Root of the tree the frontier stands for, 32 bytes: the Merkle Tree Hash of RFC 6962 §2.1. */
export function rootOf({ hash, peaks }: Frontier): Buffer {
  return peaks.length === 0 ? emptyRoot(hash) : peaks.reduceRight((right, left) => nodeHash(hash, left, right))
}

/** The frontier as bytes for one column: the size as 8 bytes big-endian, then the peaks; the name of the hash is kept beside it. */
export function encodeFrontier(frontier: Frontier): Buffer {
  const size = Buffer.alloc(SIZE_BYTES)
  size.writeBigUInt64BE(BigInt(frontier.size))
  return Buffer.concat([size, ...frontier.peaks])
}

/** The frontier back from `encodeFrontier`'s bytes; RangeError when the number of peaks cannot belong to the size. */
export function decodeFrontier(hash: HashName, bytes: Buffer): Frontier {
  if (bytes.length < SIZE_BYTES) throw new RangeError(`a frontier has at least ${SIZE_BYTES} bytes, found ${bytes.length}`)
  const size = Number(bytes.readBigUInt64BE())
  if (!Number.isSafeInteger(size)) throw new RangeError(`a frontier of ${size} leaves is beyond what can be counted`)
  const length = SIZE_BYTES + HASH_BYTES * peakCount(size)
  if (bytes.length !== length) throw new RangeError(`a frontier of ${size} leaves has ${length} bytes, found ${bytes.length}`)
  const at = (i: number) => Buffer.from(bytes.subarray(SIZE_BYTES + i * HASH_BYTES, SIZE_BYTES + (i + 1) * HASH_BYTES))
  return { hash, size, peaks: Array.from({ length: peakCount(size) }, (_, i) => at(i)) }
}

/** Audit path of the leaf at the 0-based index, leaf to root (RFC 6962 §2.1.1); O(n) hashes; RangeError outside the tree. */
export function inclusionProof(hash: HashName, leaves: readonly Buffer[], index: number): Buffer[] {
  if (!isWithin(index, leaves.length - 1)) throw new RangeError(`no leaf ${index} in a tree of ${leaves.length}`)
  if (leaves.length === 1) return []
  const [left, right] = split(leaves)
  return index < left.length
    ? [...inclusionProof(hash, left, index), rootOfLeaves(hash, right)]
    : [...inclusionProof(hash, right, index - left.length), rootOfLeaves(hash, left)]
}

/** Whether the audit path leads from the leaf to the root (RFC 9162 §2.1.3.2). */
export function verifyInclusion({ hash, leaf, index, size, proof, root }: InclusionClaim): boolean {
  if (!isWithin(index, size - 1) || leaf.length !== HASH_BYTES) return false
  let [fn, sn, node] = [index, size - 1, leaf]
  for (const step of proof) {
    if (sn === 0) return false
    node = isRight(fn, sn) ? nodeHash(hash, step, node) : nodeHash(hash, node, step)
    ;[fn, sn] = climb(fn, sn)
  }
  return sn === 0 && node.equals(root)
}

/** Proof that the first `first` leaves are a prefix of all (RFC 6962 §2.1.2); RangeError unless 1 ≤ first ≤ all. */
export function consistencyProof(hash: HashName, leaves: readonly Buffer[], first: number): Buffer[] {
  if (!isWithin(first, leaves.length) || first === 0) throw new RangeError(`no proof from ${first} to ${leaves.length} leaves`)
  return subproof({ hash, leaves, first, isWhole: true })
}

/** Whether the proof shows that the second tree only adds to the first (RFC 9162 §2.1.4.2); from 0 leaves nothing can be proved. */
export function verifyConsistency(claim: ConsistencyClaim): boolean {
  const { first, second, firstRoot, secondRoot, proof } = claim
  if (!isWithin(first, second) || first === 0) return false
  if (first === second) return proof.length === 0 && firstRoot.equals(secondRoot)
  return proof.length > 0 && isPrefix(claim)
}

function isPrefix({ hash, first, second, firstRoot, secondRoot, proof }: ConsistencyClaim): boolean {
  const [seed, ...steps] = isPowerOfTwo(first) ? [firstRoot, ...proof] : proof
  let [fn, sn] = skipRight(first - 1, second - 1)
  let [old, now] = [seed!, seed!]
  for (const step of steps) {
    if (sn === 0) return false
    if (isRight(fn, sn)) old = nodeHash(hash, step, old)
    now = isRight(fn, sn) ? nodeHash(hash, step, now) : nodeHash(hash, now, step)
    ;[fn, sn] = climb(fn, sn)
  }
  return sn === 0 && old.equals(firstRoot) && now.equals(secondRoot)
}

type Part = { hash: HashName; leaves: readonly Buffer[]; first: number; isWhole: boolean }

function subproof({ hash, leaves, first, isWhole }: Part): Buffer[] {
  if (first === leaves.length) return isWhole ? [] : [rootOfLeaves(hash, leaves)]
  const [left, right] = split(leaves)
  return first <= left.length
    ? [...subproof({ hash, leaves: left, first, isWhole }), rootOfLeaves(hash, right)]
    : [...subproof({ hash, leaves: right, first: first - left.length, isWhole: false }), rootOfLeaves(hash, left)]
}

// Division instead of shifts: a 32-bit shift would break beyond 2³¹ leaves.
function half(n: number): number {
  return Math.floor(n / 2)
}

function peakCount(size: number): number {
  let count = 0
  for (let n = size; n > 0; n = half(n)) count += n % 2
  return count
}

function isPowerOfTwo(n: number): boolean {
  return peakCount(n) === 1
}

function isWithin(n: number, most: number): boolean {
  return Number.isSafeInteger(n) && Number.isSafeInteger(most) && n >= 0 && n <= most
}

/** The largest power of two of leaves that is smaller than all goes left (RFC 6962 §2.1). */
function split(leaves: readonly Buffer[]): [Buffer[], Buffer[]] {
  let k = 1
  while (k * 2 < leaves.length) k *= 2
  return [leaves.slice(0, k), leaves.slice(k)]
}

function rootOfLeaves(hash: HashName, leaves: readonly Buffer[]): Buffer {
  return rootOf(leaves.reduce(append, emptyFrontier(hash)))
}

/** Whether node `fn` of a level whose last node is `sn` is hashed as the right child. */
function isRight(fn: number, sn: number): boolean {
  return fn % 2 === 1 || fn === sn
}

/** One level up; the last node of a level without a sibling rises until it has one. */
function climb(fn: number, sn: number): [number, number] {
  let [f, s] = [fn, sn]
  while (f === s && f % 2 === 0 && f !== 0) [f, s] = [half(f), half(s)]
  return [half(f), half(s)]
}

function skipRight(fn: number, sn: number): [number, number] {
  let [f, s] = [fn, sn]
  while (f % 2 === 1) [f, s] = [half(f), half(s)]
  return [f, s]
}
