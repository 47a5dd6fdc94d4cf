import { ApiProblem, type ProblemBody } from '../../shell/api-problem.ts'

/** How far a download is: bytes received, and rows in all where the server says so. */
export type Received = { bytes: number; rows: number | undefined }
export type Downloaded = Received & { blob: Blob; name: string }

/** Receives a file piece by piece; throws an ApiProblem for an answer that is none and for one that is cut short. */
export async function download(o: {
  path: string
  language: string
  signal: AbortSignal
  tell(received: Received): void
}): Promise<Downloaded> {
  const response = await answered(o)
  const rows = numberOf(response.headers.get('x-rows'))
  const pieces: BlobPart[] = []
  let bytes = 0
  o.tell({ bytes, rows })
  try {
    const reader = response.body!.getReader()
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      pieces.push(piece.value)
      bytes += piece.value.length
      o.tell({ bytes, rows })
    }
  } catch (error) {
    if (o.signal.aborted) throw error
    throw new ApiProblem({ status: 0, code: 'client/offline', detail: '' })
  }
  const type = response.headers.get('content-type') ?? ''
  return { bytes, rows, blob: new Blob(pieces, { type }), name: nameOf(response.headers.get('content-disposition')) }
}

async function answered(o: { path: string; language: string; signal: AbortSignal }): Promise<Response> {
  const headers = { 'accept-language': o.language }
  const response = await fetch(o.path, { headers, credentials: 'same-origin', signal: o.signal }).catch((error: unknown) => {
    if (o.signal.aborted) throw error
    throw new ApiProblem({ status: 0, code: 'client/offline', detail: '' })
  })
  if (response.ok) return response
  const body = (await response.json().catch(() => undefined)) as ProblemBody | undefined
  throw new ApiProblem(body ?? { status: response.status, code: 'client/no-problem', detail: response.statusText })
}

const numberOf = (text: string | null) => (text === null || !/^\d+$/.test(text) ? undefined : Number(text))

function nameOf(disposition: string | null): string {
  const found = /filename\*=UTF-8''([^;]+)/.exec(disposition ?? '')?.[1]
  return found ? decodeURIComponent(found) : 'export'
}

/** Hands a file to the browser as if its link had been followed. */
export function saveFile(blob: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
