import { ApiProblem } from './api-problem.ts'

/** Asks whether a thing is still the version that was read; the newer one, or undefined where nothing happened to it (304, no body). */
export async function changedSince<T>(o: {
  path: string
  version: number
  language: string
  signal: AbortSignal
}): Promise<T | undefined> {
  const response = await fetch(o.path, {
    headers: { accept: 'application/json', 'accept-language': o.language, 'if-none-match': `"${o.version}"` },
    credentials: 'same-origin',
    cache: 'no-store',
    signal: o.signal,
  })
  if (response.status === 304) return undefined
  if (!response.ok) throw new ApiProblem({ status: response.status, code: 'client/not-looked', detail: response.statusText })
  return (await response.json()) as T
}
