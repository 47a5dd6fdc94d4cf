/** Whether this browser can draw the map at all; probed once, since every probe takes one of few contexts. */
export function hasWebGl(): boolean {
  known ??= probe()
  return known
}

let known: boolean | undefined

function probe(): boolean {
  const gl = document.createElement('canvas').getContext('webgl2')
  gl?.getExtension('WEBGL_lose_context')?.loseContext()
  return gl !== null
}
