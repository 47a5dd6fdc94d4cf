import type { Stored } from '../base/journal/store.ts'
import type { Journalled } from '../base/journal/subjects.ts'
import { evolvePost, type PostEvent, type PostState } from './rules/posts.ts'
import { allPostStates } from './store-directory.ts'

/** How the journal is checked against posts and their holders. */
export const journalled: Journalled = {
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
