import type { TypedPoint } from './fields/point-input.tsx'

export type EvidenceValues = Partial<
  Record<'kind' | 'attestation' | 'takenAt' | 'measure' | 'claim' | 'docNo' | 'docTitle' | 'docIssuer' | 'docIssuedOn', string>
> & { point?: TypedPoint }

const DOCUMENT = ['docNo', 'docTitle', 'docIssuer', 'docIssuedOn'] as const
const PHOTO = ['attestation'] as const

/** The multipart form of one piece of evidence: the words first, the file last; only what belongs to its kind. */
export function evidenceForm(values: EvidenceValues, file: File): FormData {
  const form = new FormData()
  const isDocument = values.kind === 'document'
  for (const name of ['kind', 'measure', 'claim', ...(isDocument ? DOCUMENT : PHOTO)] as const) put(form, name, values[name])
  if (!isDocument) putWhereAndWhen(form, values)
  form.set('file', file)
  return form
}

function putWhereAndWhen(form: FormData, { takenAt, point }: EvidenceValues): void {
  if (takenAt) form.set('takenAt', `${takenAt.length === 16 ? `${takenAt}:00` : takenAt}+08:00`)
  if (!point?.lng || !point.lat) return
  put(form, 'lng', point.lng)
  put(form, 'lat', point.lat)
  put(form, 'crs', point.crs)
}

function put(form: FormData, name: string, value: string | undefined): void {
  if (value?.trim()) form.set(name, value.trim())
}
