/** A link of a document. */
export interface Link {
  href: string
  rel: string
  type: string
  title?: string
}

export const JSON_TYPE = 'application/json'
export const GEOJSON = 'application/geo+json'
export const SCHEMA = 'application/schema+json'
export const OPENAPI = 'application/vnd.oai.openapi+json;version=3.0'
export const HTML = 'text/html'

/** Where the documents stand, as this client reached us. */
export const rootOf = (origin: string): string => `${origin}/ogc`

/** A document itself and its other form. */
export function selfLinks(href: string, o: { type: string; isHtml: boolean }): Link[] {
  const as = (form: 'json' | 'html') => withParameter(href, 'f', form)
  const json = { href: as('json'), type: o.type, title: 'JSON' }
  const html = { href: as('html'), type: HTML, title: 'HTML' }
  return o.isHtml
    ? [
        { ...html, rel: 'self' },
        { ...json, rel: 'alternate' },
      ]
    : [
        { ...json, rel: 'self' },
        { ...html, rel: 'alternate' },
      ]
}

/** An address with one parameter changed. */
export function withParameter(href: string, name: string, value: string): string {
  const [path, search = ''] = href.split('?')
  const parameters = new URLSearchParams(search)
  parameters.set(name, value)
  return `${path}?${parameters}`
}
