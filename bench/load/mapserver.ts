import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../../test/server.ts'

const PACKAGES = ['cgi-mapserver', 'nginx-light', 'spawn-fcgi']

/** MapServer (Debian) as it is usually run, as FastCGI behind nginx, drawing the same table as vector tiles: `/tile?…`. */
export interface MapServer {
  url: string
  path(layer: 'points' | 'clusters', tile: { z: number; x: number; y: number }): string
  stop(): void
}

/** Installs it where it is missing and starts it on a database of ours; `processes` work side by side. */
export async function startMapServer(databaseUrl: string, processes = 4): Promise<MapServer> {
  if (!existsSync('/usr/lib/cgi-bin/mapserv') || !existsSync('/usr/sbin/nginx') || !existsSync('/usr/bin/spawn-fcgi'))
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...PACKAGES], { stdio: 'inherit' })
  const dir = mkdtempSync(join(tmpdir(), 'qinba-mapserver-'))
  const port = await freePort()
  chmodSync(dir, 0o755) // nginx works as nobody
  const map = join(dir, 'cases.map')
  const socket = join(dir, 'fcgi')
  writeFileSync(map, mapFile(databaseUrl))
  const config = join(dir, 'mapserver.conf')
  writeFileSync(config, `CONFIG\n ENV\n  MS_MAP_PATTERN "."\n END\nEND\n`)
  writeFileSync(join(dir, 'nginx.conf'), nginxConf({ dir, port, socket, map }))
  spawnSync('spawn-fcgi', ['-s', socket, '-F', String(processes), '-M', '0777', '--', '/usr/lib/cgi-bin/mapserv'], {
    env: { ...process.env, MAPSERVER_CONFIG_FILE: config },
  })
  const nginx: ChildProcess = spawn('nginx', ['-c', join(dir, 'nginx.conf'), '-g', 'daemon off;'], { stdio: 'inherit' })
  const url = `http://127.0.0.1:${port}`
  const path: MapServer['path'] = (layer, { z, x, y }) =>
    `/tile?mode=tile&tilemode=gmap&tile=${x}+${y}+${z}&layers=${layer}&map.imagetype=mvt`
  for (let tries = 0; tries < 50 && !(await fetch(`${url}/up`).catch(() => undefined)); tries++)
    await new Promise((on) => setTimeout(on, 100))
  return {
    url,
    path,
    stop() {
      nginx.kill()
      spawnSync('pkill', ['-x', 'mapserv'])
    },
  }
}

function mapFile(databaseUrl: string): string {
  const u = new URL(databaseUrl.replace('postgresql://postgres@/', 'postgresql://postgres@x/'))
  const connection = `host=${u.searchParams.get('host')} port=${u.searchParams.get('port')} dbname=${u.pathname.slice(1)} user=postgres`
  const layer = (name: string, more: string) => `LAYER
    NAME "${name}" TYPE POINT STATUS ON CONNECTIONTYPE POSTGIS CONNECTION "${connection}"
    DATA "geom from (select geom, id::text as id, no, title, state, colour from cases.problem where tenant = 610700) as t using unique id using srid=4326"
    PROCESSING "CLOSE_CONNECTION=DEFER" PROJECTION "init=epsg:4326" END
    METADATA "gml_include_items" "all" END ${more}
    CLASS STYLE COLOR 0 0 0 SIZE 4 END END
  END`
  return `MAP
  NAME "cases" EXTENT -20037508 -20037508 20037508 20037508 SIZE 512 512 UNITS METERS PROJECTION "init=epsg:3857" END
  OUTPUTFORMAT NAME "mvt" DRIVER "MVT" MIMETYPE "application/vnd.mapbox-vector-tile" EXTENSION "mvt" FORMATOPTION "EXTENT=4096" END
  ${layer('points', '')}
  ${layer('clusters', 'CLUSTER MAXDISTANCE 64 REGION "rectangle" END')}
END`
}

const nginxConf = (o: {
  dir: string
  port: number
  socket: string
  map: string
}) => `worker_processes 1; pid ${o.dir}/pid; error_log ${o.dir}/error.log;
events { worker_connections 256; }
http { access_log off; server { listen 127.0.0.1:${o.port};
  location /up { return 200; }
  location /tile { fastcgi_pass unix:${o.socket}; fastcgi_param QUERY_STRING $query_string&map=${o.map}; fastcgi_param REQUEST_METHOD $request_method;
    fastcgi_param SCRIPT_NAME /tile; fastcgi_param SERVER_PROTOCOL HTTP/1.1; fastcgi_param SERVER_NAME x; fastcgi_param SERVER_PORT 80; } } }
`
