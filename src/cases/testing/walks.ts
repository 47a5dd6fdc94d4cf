import { toDay } from '../../base/rules/day.ts'
import type { Path, State } from '../rules/codes.ts'
import { AT_ONCE, accept, acts, begin, photo, type Story } from './story.ts'

type Step = { to: State; do: (story: Story) => void }

const on = (story: Story, day: string) => {
  story.day = toDay(day)
}

const WITHOUT_PLAN: Step[] = [
  { to: 'triaged', do: (s) => s.go('office', acts.triage) },
  { to: 'assigned', do: (s) => s.go('county', { ...acts.assign, term: AT_ONCE }) },
  { to: 'rectifying', do: (s) => s.go('unit', acts.sign) },
]
const WORK: Step[] = [
  {
    to: 'rectifying',
    do: (s) => {
      s.go('unit', photo('before', '2026-03-02'))
      on(s, '2026-03-20')
      const findings = s.c.claims.map(({ id }) => ({ claim: id, finding: 'founded' as const }))
      s.go('unit', { ...(s.c.plan ? acts.allDone : acts.progress), findings })
      s.go('unit', photo('after', '2026-03-19'))
    },
  },
  { to: 'self_checked', do: (s) => s.go('unit', acts.selfCheck) },
]
const BY_COUNTY: Step = { to: 'county_accepted', do: (s) => s.go('county', accept('county_accept', '2026-03-20')) }
const BY_CITY: Step = { to: 'city_accepted', do: (s) => s.go('inspector', accept('city_accept', '2026-03-20')) }
const CLOSE: Step = { to: 'closed', do: (s) => s.go('office', acts.close) }

const BEGINNING: Record<Path, Step[]> = {
  inspection: [
    { to: 'triaged', do: (s) => s.go('office', acts.triage) },
    { to: 'assigned', do: (s) => s.go('office', acts.assign) },
    { to: 'signed', do: (s) => s.go('unit', acts.sign) },
    { to: 'plan_submitted', do: (s) => s.go('unit', acts.plan) },
    { to: 'rectifying', do: (s) => s.go('leader', acts.approve) },
  ],
  petition: [
    { to: 'triaged', do: (s) => s.go('office', acts.triage) },
    { to: 'assigned', do: (s) => s.go('office', acts.assign) },
    { to: 'signed', do: (s) => s.go('unit', acts.sign) },
    { to: 'rectifying', do: (s) => s.go('unit', acts.plan) },
  ],
  complaint: WITHOUT_PLAN,
  patrol: WITHOUT_PLAN,
  lead: [
    {
      to: 'reported',
      do: (s) => {
        for (let i = 0; i < 3; i++) s.go('grid', photo('site_visit', '2026-03-02'))
      },
    },
    ...WITHOUT_PLAN,
  ],
}

const ENDING: Record<Path, Step[]> = {
  inspection: [
    BY_COUNTY,
    BY_CITY,
    { to: 'publicising', do: (s) => s.go('office', acts.publicise) },
    {
      to: 'filed',
      do: (s) => {
        on(s, '2026-04-03')
        s.go('office', acts.file)
      },
    },
    CLOSE,
  ],
  petition: [BY_CITY, CLOSE],
  complaint: [
    BY_COUNTY,
    {
      to: 'closed',
      do: (s) => {
        on(s, '2026-03-28')
        s.go('office', acts.close)
      },
    },
  ],
  patrol: [BY_COUNTY, CLOSE],
  lead: [BY_COUNTY, CLOSE],
}

/** The steps of a path from its report to the clear-off, with the state that each reaches. */
export function stepsOf(path: Path): Step[] {
  return [...BEGINNING[path], ...WORK, ...ENDING[path]]
}

/** A case walked along its path until it first stands in `state`; with `last`, until the last step that leaves it there. */
export function walkTo(path: Path, state: State, o: { last?: boolean; story?: Story } = {}): Story {
  const story = o.story ?? begin(path)
  const steps = stepsOf(path)
  const reached = o.last ? steps.findLastIndex((step) => step.to === state) : steps.findIndex((step) => step.to === state)
  if (state === 'reported' && reached < 0) return story
  for (const step of steps.slice(0, reached + 1)) step.do(story)
  return story
}
