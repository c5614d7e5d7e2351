/** A file on a simulated host: what tools would find out about it, and no content. */
export interface SimFile {
  format: 'qcow2' | 'raw' | 'iso';
  virtualBytes: number;
  allocatedBytes: number;
  /** Whether something would boot from it: it was made from an image. */
  isBootable: boolean;
}

export interface SimPool {
  name: string;
  uuid: string;
  path: string;
  capacityBytes: number;
  /** Files of a shared pool are the same on all hosts. */
  files: Map<string, SimFile>;
}

/** The file system of a host, as far as its pools go. */
export class SimFiles {
  readonly pools: readonly SimPool[];

  constructor(pools: readonly SimPool[]) {
    this.pools = pools;
  }

  /** The pool right under which a path is; the only places where there are files. */
  poolOf(path: string): SimPool | undefined {
    const directory = path.slice(0, path.lastIndexOf('/'));
    return this.pools.find((pool) => pool.path === directory);
  }

  get(path: string): SimFile | undefined {
    return this.poolOf(path)?.files.get(path);
  }

  /** @returns false when there is no such directory. */
  put(path: string, file: SimFile): boolean {
    const pool = this.poolOf(path);
    pool?.files.set(path, file);
    return pool !== undefined;
  }

  remove(path: string): boolean {
    return this.poolOf(path)?.files.delete(path) ?? false;
  }
}

export function freeBytesOf(pool: SimPool): number {
  let used = 0;
  for (const file of pool.files.values()) used += file.allocatedBytes;
  return Math.max(0, pool.capacityBytes - used);
}
