import { execFile, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { promisify } from 'node:util'

/** Whether this machine has GDAL's programs; where not, what asks them is skipped by name. */
export const hasGdal = (): boolean => existsSync('/usr/bin/ogrinfo') && existsSync('/usr/bin/ogr2ogr')

/** What a program of GDAL's says; throws where it fails or warns. Network addresses are our own, so no proxy stands between. */
export function gdal(program: 'ogrinfo' | 'ogr2ogr', args: string[], env: Record<string, string> = {}): string {
  const { status, stdout, stderr } = spawnSync(`/usr/bin/${program}`, args, {
    encoding: 'utf8',
    timeout: 60_000,
    maxBuffer: 100_000_000,
    env: { ...process.env, no_proxy: '127.0.0.1', ...env },
  })
  if (status !== 0 || /ERROR|Warning/.test(stderr))
    throw new Error(`${program} ${args.join(' ')}: ${status} ${stderr}${stdout.slice(0, 2000)}`)
  return stdout
}

/** The same while this process answers what the program asks of it. */
export async function gdalOnline(
  program: 'ogrinfo' | 'ogr2ogr',
  args: string[],
  env: Record<string, string> = {},
): Promise<string> {
  const { stdout, stderr } = await promisify(execFile)(`/usr/bin/${program}`, args, {
    ...{ timeout: 60_000, maxBuffer: 100_000_000, env: { ...process.env, no_proxy: '127.0.0.1', ...env } },
  })
  if (/ERROR|Warning/.test(stderr)) throw new Error(`${program} ${args.join(' ')}: ${stderr}`)
  return stdout
}
