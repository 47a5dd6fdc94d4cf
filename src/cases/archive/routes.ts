import { z } from 'zod'
import { type AnyRoute, routeOf } from '../../base/http/route.ts'
import type { Actor } from '../../people/index.ts'
import { archiveCase } from './archive.ts'

const route = routeOf<Actor>()

/** The archive package of a case. */
export const archiveRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/api/cases/{id}/archive.zip',
    permission: 'case.archive',
    summary: { zh: '归档包（卷宗、原件、校验清单）', en: 'The archive package of a problem: dossier, originals, manifest' },
    params: z.object({ id: z.uuid() }),
    run: async (ctx, { params }) => {
      const { name, stream } = await archiveCase(ctx, params.id)
      return { type: 'application/zip', body: stream, headers: { 'content-disposition': `attachment; filename="${name}"` } }
    },
  }),
]
