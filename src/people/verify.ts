import type { Stored } from '../base/journal/store.ts'
import type { Journalled } from '../base/journal/subjects.ts'
import { type AccountEvent, type AccountState, evolveAccount } from './rules/accounts.ts'
import { evolveOrganisation, type OrganisationEvent, type OrganisationState } from './rules/organisations.ts'
import { evolvePost, type PostEvent, type PostState } from './rules/posts.ts'
import { evolveToken, type TokenEvent, type TokenState } from './rules/tokens.ts'
import { allAccountStates, organisationStates } from './store-accounts.ts'
import { allPostStates, listDuties } from './store-directory.ts'
import { allTokenStates } from './store-tokens.ts'

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

/** Against accounts, whose passwords are counted and not told. */
const accounts: Journalled = {
  context: 'accounts',
  fold: (events: Stored[]) =>
    events.reduce<AccountState | undefined>((account, e) => evolveAccount(account, toldBy(e) as AccountEvent), undefined),
  async *states(db) {
    yield* await allAccountStates(db)
  },
}

const organisations: Journalled = {
  context: 'organisations',
  fold: (events: Stored[]) =>
    events.reduce<OrganisationState | undefined>((o, e) => evolveOrganisation(o, toldBy(e) as OrganisationEvent), undefined),
  async *states(db) {
    yield* await organisationStates(db)
  },
}

const tokens: Journalled = {
  context: 'tokens',
  fold: (events: Stored[]) =>
    events.reduce<TokenState | undefined>((token, e) => evolveToken(token, toldBy(e) as TokenEvent), undefined),
  async *states(db) {
    yield* await allTokenStates(db)
  },
}

const toldBy = ({ kind, data }: Stored) => ({ type: kind, ...(data as object) })

/** What of people/ the journal proves. */
export const journalled: Journalled[] = [posts, duties, accounts, organisations, tokens]
