/** What may be read from one file at most; over a limit it is refused as a whole, in one line. */
export const LIMITS = {
  /** Bytes of a vector file; a GeoJSON is held in memory several times over, hence less. */
  bytes: 300_000_000,
  jsonBytes: 80_000_000,
  features: 200_000,
  vertices: 1_500_000,
  /** Of one feature: the embedded engine repairs and divides it in one statement, which must end long before its watchdog. */
  featureVertices: 150_000,
  /** Of the child process that reads. */
  heapMb: 1024,
  seconds: 120,
  zip: { entries: 2000, bytes: 300_000_000, ratio: 100, ratioFrom: 1_000_000 },
  /** Of one feature's attributes, written as JSON. */
  attributeBytes: 20_000,
  attributes: 100,
} as const
