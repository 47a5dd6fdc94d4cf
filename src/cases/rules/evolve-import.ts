import type { Case, Checks, Plan, Stamp } from './case.ts'
import { SOURCE_PATHS, STANDARDS } from './codes.ts'
import type { EventOf } from './event.ts'
import { given } from './given.ts'
