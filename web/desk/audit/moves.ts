import { MOVES, type Move } from '../../../src/cases/rules/codes.ts'

/** Whether the kind of an event is a move of a case, which has a label of its own. */
export const isMove = (kind: string): kind is Move => (MOVES as readonly string[]).includes(kind)
