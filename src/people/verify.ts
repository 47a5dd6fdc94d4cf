import type { Stored } from '../base/journal/store.ts'
import type { Journalled } from '../base/journal/subjects.ts'
import { evolvePost, type PostEvent, type PostState } from './rules/posts.ts'
import { allPostStates, listDuties } from './store-directory.ts'

/** How the journal is checked against posts and their holders. */
const posts: Journalled = {
  context: 'people',
  fold: (events: Stored[]) =>
    events.reduce<PostState | undefined>(
      (post, e) => evolvePost(post, { type: e.kind, ...(e.data as object) } as PostEvent),
      undefined,
    ),
  async *states(db) {
    yield* await allPostStates(db)
  },
}

/** And against duties: given once, lifted at most once. */
const duties: Journalled = {
  context: 'duties',
  fold: (events: Stored[]) => Object.assign({}, ...events.map((e) => withoutReason(e.data as Record<string, unknown>))),
  async *states(db) {
    for (const { id, name, post, standInPost, area, from, to } of await listDuties(db, {}))
      yield { id, state: { name, post, area, from, ...(standInPost ? { standInPost } : {}), ...(to ? { to } : {}) } }
  },
}

const withoutReason = ({ reason: _, ...rest }: Record<string, unknown>) => rest

/** What of people/ the journal proves. */
export const journalled: Journalled[] = [posts, duties]
