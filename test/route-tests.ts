import { describe, it } from 'vitest'

/** The four tests that every route has; a route that cannot have one (nothing to be missing, nothing to be malformed) says why. */
export interface FourTests {
  allowed: () => Promise<void>
  /** Not signed in, a role that never may, and a user of another county against the real router. */
  forbidden: () => Promise<void>
  malformed: (() => Promise<void>) | { none: string }
  missing: (() => Promise<void>) | { none: string }
}

/** Declares the four tests of a route; test/laws.test.ts finds them by the route's name. */
export function routeTests(route: string, four: FourTests): void {
  describe(route, () => {
    for (const [kind, test] of Object.entries(four)) {
      if (typeof test === 'function') it(kind, test)
      else it(`${kind}: none, ${test.none}`, () => {})
    }
  })
}
