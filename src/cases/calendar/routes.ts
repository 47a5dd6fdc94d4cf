import { type AnyRoute, routeOf } from '../../base/http/route.ts'
import type { Actor } from '../../people/index.ts'
import { dueCalendar } from './due-days.ts'

const route = routeOf<Actor>()

/** Due days as a calendar. */
export const calendarRoutes: AnyRoute[] = [
  route({
    method: 'GET',
    path: '/api/cases/due.ics',
    permission: 'case.read',
    summary: { zh: '与本单位有关的期限（iCalendar）', en: 'Due days of what binds your organisation (iCalendar)' },
    run: (ctx, { origin, language }) => dueCalendar(ctx, { origin, language }),
  }),
]
