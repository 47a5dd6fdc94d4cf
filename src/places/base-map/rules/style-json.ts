import type { Box } from './box.ts'

/** What a viewer may switch: its layers, whether it starts on, and whether it asks somebody else than us. */
export interface Group {
  id: string
  on: boolean
  /** The name of an operator's file; the other groups are named by the viewer. */
  name?: string
  foreign?: boolean
}

/** What the style says of itself beside the drawing. */
export interface StyleMetadata {
  'qinba:bounds': Box | null
  'qinba:counties': { code: string; name: string; box: Box }[]
  'qinba:groups': Group[]
}

/** A layer of the style; `metadata` names its group and says how opaque it is at full strength. */
export interface StyleLayer {
  id: string
  type: string
  source?: string
  metadata?: { 'qinba:group': string }
  layout?: Record<string, unknown>
  paint?: Record<string, unknown>
  [more: string]: unknown
}

/** A MapLibre style, version 8, as JSON. */
export type MapStyle = {
  version: 8
  name: string
  metadata: StyleMetadata
  sources: Record<string, object>
  layers: StyleLayer[]
}
