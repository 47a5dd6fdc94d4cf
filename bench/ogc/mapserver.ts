import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../../test/server.ts'

/** MapServer's own OGC API – Features (Debian's 8.0, FastCGI behind nginx) over the same table, with the same attributes. */
export interface OgcMapServer {
  /** The address of the features; a query is put behind it. */
  items: string
  stop(): void
}

/** Starts it on a database of ours; `processes` work side by side. Its packages are those of bench/load/mapserver.ts. */
export async function startOgcMapServer(databaseUrl: string, processes = 4): Promise<OgcMapServer> {
  const dir = mkdtempSync(join(tmpdir(), 'qinba-ogc-mapserver-'))
  chmodSync(dir, 0o755) // nginx works as nobody
  const port = await freePort()
  const root = `http://127.0.0.1:${port}/ms/cases/ogcapi`
  const [map, socket, config, pids] = ['cases.map', 'fcgi', 'mapserver.conf', 'fcgi.pids'].map((name) => join(dir, name)) as [
    string,
    string,
    string,
    string,
  ]
  writeFileSync(map, mapFile(databaseUrl, root))
  writeFileSync(
    config,
    `CONFIG\n ENV\n  MS_MAP_PATTERN "."\n  OGCAPI_HTML_TEMPLATE_DIRECTORY "/usr/share/mapserver/ogcapi/templates/html-plain/"\n  PROJ_LIB "/usr/share/proj"\n END\n MAPS\n  cases "${map}"\n END\nEND\n`,
  )
  writeFileSync(join(dir, 'nginx.conf'), nginxConf({ dir, port, socket }))
  const { status, stderr } = spawnSync(
    'spawn-fcgi',
    ['-s', socket, '-F', String(processes), '-M', '0777', '-P', pids, '--', '/usr/lib/cgi-bin/mapserv'],
    { env: { ...process.env, MAPSERVER_CONFIG_FILE: config }, encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(`spawn-fcgi: ${stderr}`)
  const nginx: ChildProcess = spawn('nginx', ['-c', join(dir, 'nginx.conf'), '-g', 'daemon off;'], { stdio: 'inherit' })
  for (let tries = 0; tries < 50 && !(await fetch(`http://127.0.0.1:${port}/up`).catch(() => undefined)); tries++)
    await new Promise((on) => setTimeout(on, 100))
  return {
    items: `${root}/collections/cases/items`,
    stop() {
      nginx.kill()
      for (const pid of readFileSync(pids, 'utf8').split(/\s+/).filter(Boolean)) process.kill(Number(pid), 'SIGKILL') // it heeds nothing less while it waits
    },
  }
}

const COLUMNS =
  'no, title, state, colour, path, source, outcome, batch, category, region, town, village, secrecy, reported_on, due, closed_on, incomplete, sample'

function mapFile(databaseUrl: string, root: string): string {
  const u = new URL(databaseUrl.replace('postgresql://postgres@/', 'postgresql://postgres@x/'))
  const connection = `host=${u.searchParams.get('host')} port=${u.searchParams.get('port')} dbname=${u.pathname.slice(1)} user=postgres`
  return `MAP
  NAME "cases" EXTENT 105 32 109 34 SIZE 512 512 UNITS DD PROJECTION "init=epsg:4326" END
  WEB METADATA "ows_enable_request" "*" "oga_enable_request" "*" "oga_title" "cases" "oga_onlineresource" "${root}" "oga_max_limit" "10000" END END
  LAYER
    NAME "cases" TYPE POINT STATUS ON CONNECTIONTYPE POSTGIS CONNECTION "${connection}"
    DATA "geom from (select geom, id::text as id, ${COLUMNS} from cases.problem where tenant = 610700) as t using unique id using srid=4326"
    PROCESSING "CLOSE_CONNECTION=DEFER" PROJECTION "init=epsg:4326" END
    METADATA "oga_title" "cases" "oga_featureid" "id" "gml_include_items" "all" "ows_include_items" "all" "oga_extent" "105 32 109 34" END
    TEMPLATE "none"
  END
END`
}

const nginxConf = (o: {
  dir: string
  port: number
  socket: string
}) => `worker_processes 1; pid ${o.dir}/pid; error_log ${o.dir}/error.log;
events { worker_connections 256; }
http { access_log off; server { listen 127.0.0.1:${o.port};
  location /up { return 200; }
  location ~ ^/ms(?<rest>/.*)$ { fastcgi_pass unix:${o.socket}; fastcgi_param QUERY_STRING $query_string; fastcgi_param REQUEST_METHOD $request_method;
    fastcgi_param SCRIPT_NAME /ms; fastcgi_param PATH_INFO $rest; fastcgi_param REQUEST_URI $request_uri; fastcgi_param SERVER_PROTOCOL HTTP/1.1;
    fastcgi_param HTTP_HOST 127.0.0.1:${o.port}; fastcgi_param SERVER_NAME 127.0.0.1; fastcgi_param SERVER_PORT ${o.port}; fastcgi_buffering off; } } }
`
