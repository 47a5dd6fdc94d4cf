import type { Permission } from '../../src/people/rules/permissions.ts'
import type { zh } from './catalogue/zh.ts'
import type { Me } from './me.ts'

type Page = {
  name: Exclude<keyof typeof zh.nav, 'label' | 'menu'>
  to: string
  needs?: Permission
}

const PAGES: readonly Page[] = [
  { name: 'work', to: '/work', needs: 'case.read' },
  { name: 'board', to: '/board', needs: 'case.read' },
  { name: 'supervision', to: '/supervision', needs: 'supervision.read' },
  { name: 'numbers', to: '/numbers', needs: 'case.read' },
  { name: 'hotspots', to: '/hotspots', needs: 'case.read' },
  { name: 'cases', to: '/cases', needs: 'case.read' },
  { name: 'meetings', to: '/meetings', needs: 'meeting.read' },
  { name: 'map', to: '/map', needs: 'case.read' },
  { name: 'report', to: '/cases/new', needs: 'case.report' },
  { name: 'people', to: '/people', needs: 'people.manage' },
  { name: 'rules', to: '/rules', needs: 'rule.read' },
  { name: 'targets', to: '/targets', needs: 'target.manage' },
  { name: 'audit', to: '/audit', needs: 'journal.read' },
  { name: 'layers', to: '/layers' },
  { name: 'inbox', to: '/inbox' },
  { name: 'account', to: '/account' },
]

/** The pages that a person's posts open. */
export function pagesFor(me: Me): Page[] {
  return PAGES.filter((page) => !page.needs || me.permissions.includes(page.needs))
}
