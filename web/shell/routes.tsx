import { createBrowserRouter, Navigate } from 'react-router'
import { BrokenPage } from './broken-page.tsx'
import { Frame } from './frame.tsx'
import { NotFoundPage } from './not-found-page.tsx'

/** The addresses of the desk; every page but the frame is loaded when it is first opened. */
export function createRouter() {
  return createBrowserRouter([
    {
      element: <Frame />,
      errorElement: <BrokenPage />,
      hydrateFallbackElement: <div />,
      children: [
        { index: true, element: <Navigate to="/work" replace /> },
        { path: 'work', lazy: async () => ({ Component: (await import('../desk/cases/work-page.tsx')).WorkPage }) },
        { path: 'cases', lazy: async () => ({ Component: (await import('../desk/cases/list-page.tsx')).ListPage }) },
        { path: 'cases/new', lazy: async () => ({ Component: (await import('../desk/cases/report-page.tsx')).ReportPage }) },
        { path: 'cases/:id', lazy: async () => ({ Component: (await import('../desk/cases/case-page.tsx')).CasePage }) },
        {
          path: 'meetings',
          lazy: async () => ({ Component: (await import('../desk/meetings/meetings-page.tsx')).MeetingsPage }),
        },
        {
          path: 'meetings/:id',
          lazy: async () => ({ Component: (await import('../desk/meetings/meeting-page.tsx')).MeetingPage }),
        },
        { path: 'map', lazy: async () => ({ Component: (await import('../desk/map/map-page.tsx')).MapPage }) },
        { path: 'board', lazy: async () => ({ Component: (await import('../desk/dashboard/board-page.tsx')).BoardPage }) },
        { path: 'board/as-of', lazy: async () => ({ Component: (await import('../desk/dashboard/as-of-page.tsx')).AsOfPage }) },
        {
          path: 'supervision',
          lazy: async () => ({ Component: (await import('../desk/supervision/supervision-page.tsx')).SupervisionPage }),
        },
        {
          path: 'supervision/scores',
          lazy: async () => ({ Component: (await import('../desk/supervision/scores-page.tsx')).ScoresPage }),
        },
        {
          path: 'supervision/:id',
          lazy: async () => ({ Component: (await import('../desk/supervision/item-page.tsx')).ItemPage }),
        },
        { path: 'wall', lazy: async () => ({ Component: (await import('../desk/supervision/wall-page.tsx')).WallPage }) },
        { path: 'numbers', lazy: async () => ({ Component: (await import('../desk/numbers/numbers-page.tsx')).NumbersPage }) },
        {
          path: 'numbers/bulletin',
          lazy: async () => ({ Component: (await import('../desk/numbers/bulletin-page.tsx')).BulletinPage }),
        },
        {
          path: 'hotspots',
          lazy: async () => ({ Component: (await import('../desk/hotspots/hotspots-page.tsx')).HotspotsPage }),
        },
        { path: 'layers', lazy: async () => ({ Component: (await import('../desk/layers/layers-page.tsx')).LayersPage }) },
        {
          path: 'templates/:kind?',
          lazy: async () => ({ Component: (await import('../desk/templates/templates-page.tsx')).TemplatesPage }),
        },
        { path: 'people', lazy: async () => ({ Component: (await import('../desk/people/people-page.tsx')).PeoplePage }) },
        { path: 'inbox', lazy: async () => ({ Component: (await import('../desk/inbox/inbox-page.tsx')).InboxPage }) },
        { path: 'rules', lazy: async () => ({ Component: (await import('../desk/rules/rules-page.tsx')).RulesPage }) },
        { path: 'targets', lazy: async () => ({ Component: (await import('../desk/targets/targets-page.tsx')).TargetsPage }) },
        { path: 'audit', lazy: async () => ({ Component: (await import('../desk/audit/audit-page.tsx')).AuditPage }) },
        { path: 'account', lazy: async () => ({ Component: (await import('../desk/people/account-page.tsx')).AccountPage }) },
        { path: '*', element: <NotFoundPage /> },
      ],
    },
  ])
}
