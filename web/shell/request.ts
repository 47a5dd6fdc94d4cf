import { ApiProblem, type ProblemBody } from './api-problem.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** One call of the API: `body` is sent as JSON, a FormData as it is. */
export type ApiRequest = {
  method?: Method
  path: string
  body?: unknown
  /** The version that was read, for a change of a thing with a life cycle. */
  version?: number
  key?: string
  csrfToken?: string
  language: string
  signal?: AbortSignal
}

/** Sends one request to our own origin; throws an ApiProblem for every answer that is no success, and for none. */
export async function request<T>(o: ApiRequest): Promise<T> {
  const response = await attempt(o)
  const text = await response.text()
  const body: unknown = text === '' ? undefined : parseJson(text)
  if (response.ok) return body as T
  throw new ApiProblem(
    isProblem(body) ? body : { status: response.status, code: 'client/no-problem', detail: response.statusText },
  )
}

async function attempt(o: ApiRequest): Promise<Response> {
  try {
    return await fetch(o.path, {
      method: o.method ?? 'GET',
      headers: headersOf(o),
      credentials: 'same-origin',
      ...(o.body !== undefined && { body: o.body instanceof FormData ? o.body : JSON.stringify(o.body) }),
      ...(o.signal && { signal: o.signal }),
    })
  } catch (error) {
    if (o.signal?.aborted) throw error
    throw new ApiProblem({ status: 0, code: 'client/offline', detail: '' })
  }
}

function headersOf(o: ApiRequest): Record<string, string> {
  return {
    accept: 'application/json',
    'accept-language': o.language,
    ...(o.body !== undefined && !(o.body instanceof FormData) && { 'content-type': 'application/json' }),
    ...(o.csrfToken && { 'x-csrf-token': o.csrfToken }),
    ...(o.key && { 'idempotency-key': o.key }),
    ...(o.version !== undefined && { 'if-match': `"${o.version}"` }),
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isProblem(body: unknown): body is ProblemBody {
  return typeof body === 'object' && body !== null && 'detail' in body && 'code' in body && 'status' in body
}
