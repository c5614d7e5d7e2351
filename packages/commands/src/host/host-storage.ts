import { textOfBase64 } from '../base64.ts';
import { readingCommand, scriptArgv } from '../command.ts';
import { child, parseXml } from '../domain-xml/xml-tree.ts';
import { hostOutputError } from '../host-output-error.ts';
import { HOST_STORAGE } from '../scripts.ts';
import type { ReadCommand, StorageReading } from '../types.ts';

const TOOL = 'storage reading';
type Datastore = StorageReading['datastores'][number];
type Image = StorageReading['images'][number];

/** Pools whose volumes are files. */
const DIRECTORY_POOLS = ['dir', 'fs', 'netfs'];

function datastoreOf(fields: readonly string[]): Datastore {
  const pool = parseXml((textOfBase64(fields[3] ?? '') ?? '').trim(), 'pool');
  return {
    name: child(pool, 'name')?.text ?? '',
    path: child(pool, 'target/path')?.text ?? '',
    kind: pool.attributes.type ?? '',
    capacityBytes: Number(fields[2]),
    availableBytes: Number(fields[1]),
    isActive: fields[0] === 'active',
  };
}

/** Virtual size from the qcow2 header: eight bytes at 24. */
function qcow2Bytes(header: string): number {
  return Number.parseInt(header.slice(48, 64), 16);
}

/**
 * An image is a qcow2 file by its header, a raw disk by its name (`.img`, `.raw`; it has no header), or an ISO by both.
 * Everything else in the folder is left alone.
 */
function imageOf(datastore: Datastore, fields: readonly string[]): Image | null {
  const [size, blocks, header = '', iso = ''] = fields;
  const name = textOfBase64(fields[4] ?? '');
  if (name === null || name === '' || /[\p{Cc}\ufffd]/u.test(name)) return null;
  const base = {
    name,
    path: `${datastore.path.replace(/\/$/, '')}/${name}`,
    datastoreName: datastore.name,
    allocatedBytes: Number(blocks) * 512,
  };
  const hex = header.replace('-', '');
  if (hex.startsWith('514649fb')) {
    const virtualBytes = qcow2Bytes(hex);
    return Number.isSafeInteger(virtualBytes)
      ? { ...base, kind: 'disk', format: 'qcow2', virtualBytes }
      : null;
  }
  if (/\.iso$/i.test(name))
    return iso.startsWith('4344303031')
      ? { ...base, kind: 'iso', format: 'raw', virtualBytes: Number(size) }
      : null;
  if (/\.(img|raw)$/i.test(name) && Number(size) > 0)
    return { ...base, kind: 'disk', format: 'raw', virtualBytes: Number(size) };
  return null;
}

function storageOf(stdout: string): StorageReading {
  const lines = stdout.split('\n');
  const nonce = lines[0] ?? '';
  const reading: StorageReading = { datastores: [], images: [] };
  let datastore: Datastore | null = null;
  let isWhole = false;
  for (const line of lines.slice(1)) {
    if (line === '') continue;
    const [mark, kind, ...fields] = line.split(' ');
    if (mark !== nonce) throw hostOutputError(TOOL, 'an unexpected line', line);
    isWhole = kind === 'end';
    if (kind === 'pool') {
      datastore = datastoreOf(fields);
      if (DIRECTORY_POOLS.includes(datastore.kind)) reading.datastores.push(datastore);
    } else if (kind === 'file' && datastore) {
      const image = imageOf(datastore, fields);
      if (image) reading.images.push(image);
    }
  }
  if (!isWhole) throw hostOutputError(TOOL, 'the output was cut', lines.at(-1));
  return reading;
}

/**
 * Datastores (libvirt's directory pools) and the images in them, read from the files' headers. Files named by a UUID are
 * VMs' disks and left out; whether a VM uses one of the others is for the inventory to say.
 */
export function hostStorage(): ReadCommand<StorageReading> {
  return {
    command: readingCommand(scriptArgv(HOST_STORAGE), 60_000),
    parse: ({ stdout }) => storageOf(stdout),
  };
}
