import * as admin from './admin/index.ts'
import { forgetOldCounts } from './base/auth/throttle.ts'
import { sweepOrphans } from './base/backup/orphans.ts'
import type { House } from './base/ctx.ts'
import type { Announced } from './base/delivery/announced.ts'
import { forgetOldKeys } from './base/http/idempotency.ts'
import type { AnyRoute } from './base/http/route.ts'
import type { Job } from './base/jobs.ts'
import type { Journalled } from './base/journal/subjects.ts'
import { ogcRoutes } from './base/ogc/routes.ts'
import type { Problem } from './base/problem.ts'
import * as cases from './cases/index.ts'
import * as people from './people/index.ts'
import * as places from './places/index.ts'
import * as supervision from './supervision/index.ts'

/** The order of the contexts: a file imports only contexts that stand before its own (test/laws.test.ts). */
export const ORDER = ['base', 'places', 'people', 'admin', 'cases', 'supervision'] as const

// An act after which a letter of supervision left stays.
cases.askWhetherLeft((db, event) => supervision.hasLeft(db, event.case, event.at))

const ogc = ogcRoutes([...places.collections, ...cases.collections])

/** Every route of the product; the router, the OpenAPI page and the laws read the same list. */
export const routes: AnyRoute[] = [
  ...places.routes,
  ...people.routes,
  ...admin.routes,
  ...cases.routes,
  ...supervision.routes,
  ...ogc,
]

/** Constraints of the database that a user can run into, with the Problem each stands for. */
export const constraints: Record<string, () => Problem> = {
  ...people.constraints,
  ...admin.constraints,
  ...cases.constraints,
  ...supervision.constraints,
}

/** What the journal proves. */
export const journalled: Journalled[] = [
  ...people.journalled,
  admin.journalledChanges,
  cases.journalled,
  cases.journalledMonths,
  cases.journalledMeetings,
  supervision.journalled,
]

/** What those outside may follow. */
export const announced: Announced[] = [cases.announced]

export function jobsOf(house: House): Job[] {
  const keys: Job = {
    name: 'base-forget-keys',
    cron: '30 3 * * *',
    run: () =>
      house.database
        .begin(house.tenant, async (db) => {
          await forgetOldKeys(db, house.clock())
          await forgetOldCounts(db, house.clock())
          await people.forgetOldSessions(db, house.clock())
        })
        .then(() => people.forgetOldAccess(house)),
  }
  // The embedded engine has no autovacuum and no autoanalyze.
  const vacuum: Job = {
    name: 'base-vacuum',
    cron: '15 4 * * *',
    run: async () => void (house.database.kind === 'embedded' && (await house.database.vacuum())),
  }
  const sweep: Job = {
    name: 'base-sweep-files',
    cron: '45 4 * * *',
    run: async () => {
      const swept = await sweepOrphans({ database: house.database, blobs: house.blobs, now: house.clock() })
      house.log.info(swept, 'files that no row mentions')
    },
  }
  return [
    keys,
    vacuum,
    sweep,
    ...places.jobsOf(house),
    ...admin.targetJobs(house, announced),
    ...cases.jobsOf(house, () => supervision.afterColours(house)),
  ]
}
