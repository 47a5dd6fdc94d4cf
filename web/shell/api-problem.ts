export type ProblemBody = { status: number; code: string; detail: string; params?: Record<string, string | number> }

/** An answer that is no success; status 0 stands for no answer at all. */
export class ApiProblem extends Error {
  readonly status: number
  readonly code: string
  readonly params: Record<string, string | number>

  constructor(body: ProblemBody) {
    super(body.detail)
    this.status = body.status
    this.code = body.code
    this.params = body.params ?? {}
  }
}

/** The problem behind any thrown thing. */
export function asApiProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error
  return new ApiProblem({ status: 0, code: 'client/unexpected', detail: error instanceof Error ? error.message : String(error) })
}
