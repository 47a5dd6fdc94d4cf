import { spawnSync } from 'node:child_process'
import { closeSync, fsyncSync, mkdirSync, mkdtempSync, openSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

// EXT4_IOC_SHUTDOWN with NOLOGFLUSH: the file system stops as it is, and what has not reached the disk never will.
const SHUTDOWN = 0x8004587d
const PYTHON = `import fcntl, os, struct, sys; fcntl.ioctl(os.open(sys.argv[1], os.O_RDONLY), ${SHUTDOWN}, struct.pack('I', 2))`
const PERL = `open(my $f, '<', $ARGV[0]) or die $!; my $how = pack('I', 2); ioctl($f, ${SHUTDOWN}, $how) or die $!`

/** An ext4 file system on a file of its own, whose power can be cut. */
export class LoopDisk {
  readonly mount: string
  readonly #root: string

  constructor(megabytes: number) {
    this.#root = mkdtempSync(join(tmpdir(), 'qinba-disk-'))
    this.mount = join(this.#root, 'mnt')
    mkdirSync(this.mount)
    run('truncate', '-s', `${megabytes}M`, this.#image)
    run('mkfs.ext4', '-q', '-F', this.#image)
    this.attach()
  }

  get #image(): string {
    return join(this.#root, 'image')
  }

  attach(): void {
    run('mount', '-o', 'loop', this.#image, this.mount)
  }

  /** The kernel may need a moment to let go of what a killed process had open. */
  detach(): void {
    for (let tries = 0; tries < 20 && spawnSync('umount', [this.mount]).status !== 0; tries++) spawnSync('sleep', ['0.2'])
    if (spawnSync('mountpoint', ['-q', this.mount]).status === 0) run('umount', this.mount)
  }

  /** Cuts the power; everybody who uses the disk must have been stopped before. */
  cut(): void {
    if (has('python3')) run('python3', '-c', PYTHON, this.mount)
    else run('perl', '-e', PERL, this.mount)
  }

  /** Unmounts and removes everything, also after a failure. */
  destroy(): void {
    spawnSync('umount', [this.mount])
    spawnSync('umount', ['-l', this.mount])
    rmSync(this.#root, { recursive: true, force: true })
  }
}

/** A kernel writes dirty pages back in any order it likes: here a random half of the table files gets ahead of the log. */
export function writeBackSome(base: string): void {
  for (const name of readdirSync(base, { recursive: true, encoding: 'utf8' })) {
    if (!/\/\d+$/.test(name) || Math.random() < 0.5) continue
    const fd = openSync(join(base, name), 'r')
    fsyncSync(fd)
    closeSync(fd)
  }
}

/** Why no power can be cut here, or undefined when it can. */
export function whyNoPowerCut(): string | undefined {
  if (process.platform !== 'linux') return 'not Linux'
  if (process.getuid?.() !== 0) return 'not root'
  const missing = ['mkfs.ext4', 'mount', 'umount', 'truncate'].filter((program) => !has(program))
  if (missing.length > 0) return `no ${missing.join(', ')}`
  if (!has('python3') && !has('perl')) return 'neither python3 nor perl'
  try {
    new LoopDisk(8).destroy()
    return undefined
  } catch (e) {
    return (e as Error).message
  }
}

function has(program: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${program}`]).status === 0
}

function run(program: string, ...args: string[]): void {
  const { status, stderr } = spawnSync(program, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr.trim()}`)
}
