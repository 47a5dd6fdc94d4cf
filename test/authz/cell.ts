/** One cell: a route, a sender, a case. `hidden` where the answer must not show the case to somebody who may use the route. */
export interface Cell {
  name: string
  hidden: boolean
  /** Undefined where the answer was right, else what was wrong. */
  check(): Promise<string | undefined>
}
