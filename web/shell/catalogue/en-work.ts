import type { WorkWords } from './zh-work.ts'

/** Words of the work page beyond the names of its groups. */
export const enWork: WorkWords = {
  dueSoon: (days) => `Due within ${days} days`,
  since: 'Waiting for',
  sinceToday: 'since today',
  sinceDays: (days) => (days === 1 ? '1 day' : `${days} days`),
  workingLeft: (days) => (days === 1 ? '1 working day left' : `${days} working days left`),
  done: 'This is done',
  doneText: 'Nothing of this kind waits for you any more. Other work does.',
  rest: 'See the rest',
  keys: 'Keys',
  keyTable: [
    ['j', 'Next problem'],
    ['k', 'Problem before'],
    ['Enter', 'Open the one that is marked'],
    ['/', 'Search (or Ctrl+K)'],
    ['↑ ↓', 'Move in what was found'],
    ['Esc', 'Close the search or a window'],
    ['?', 'Show these keys'],
  ],
}
