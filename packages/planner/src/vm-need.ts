import {
  type DatastoreRecord,
  gibToBytes,
  type HostId,
  type HostRecord,
  type ImageRecord,
  MIB,
  VireoError,
  type VmCreateInput,
} from '@vireo/contracts';
import type { PlanningContext } from './types.ts';

/** A blank disk's size when none is given. It is thin: it takes space as the guest fills it. */
const DEFAULT_DISK_GIB = 10;
/** What an empty thin disk takes at once, with something to breathe. */
const BLANK_DISK_BYTES = 64 * MIB;

/** What a new VM asks of whichever host it goes to; all that placement looks at. */
export interface VmNeed {
  vcpus: number;
  memoryMiB: number;
  isStarted: boolean;
  firmware: VmCreateInput['firmware'];
  /** undefined: the host's first bridge, if it has one. null: no NIC. */
  network: string | null | undefined;
  vlan: number | null;
  image: ImageRecord | null;
  /** 0: no disk. A multiple of 1 MiB. */
  diskBytes: number;
  /** What the disk's file takes at once. */
  diskNeedsNowBytes: number;
  datastore: DatastoreRecord | null;
}

function chosenImage(input: VmCreateInput, context: PlanningContext): ImageRecord | null {
  if (input.imageId === undefined) return null;
  const image = context.images.find((one) => one.id === input.imageId);
  if (!image) throw new VireoError('notFound');
  return image;
}

function refusedField(field: string, text: string): VireoError {
  return new VireoError('input.invalid', {}, { fields: [{ field, message: text }] });
}

/** Bytes of the VM's own disk. @throws VireoError `input.invalid` when it is smaller than the image to be copied */
function diskBytesOf(input: VmCreateInput, image: ImageRecord | null): number {
  const asked = input.diskGiB === undefined ? undefined : Math.ceil(gibToBytes(input.diskGiB) / MIB) * MIB;
  if (image?.kind !== 'disk') return asked ?? gibToBytes(DEFAULT_DISK_GIB);
  const least = Math.ceil(image.virtualBytes / MIB) * MIB;
  if (asked !== undefined && asked < least)
    throw refusedField(
      'diskGiB',
      `at least ${Math.ceil(least / MIB / 1.024) / 1000} GiB: the image is that large, and disks only grow`,
    );
  return asked ?? least;
}

/** What the input asks for, with images and datastores looked up. @throws VireoError `notFound` | `input.invalid` */
export function vmNeedOf(input: VmCreateInput, context: PlanningContext): VmNeed {
  const image = chosenImage(input, context);
  const datastore = context.datastores.find((one) => one.id === input.datastoreId) ?? null;
  if (input.datastoreId !== undefined && !datastore) throw new VireoError('notFound');
  const diskBytes = diskBytesOf(input, image);
  const copied = image?.kind === 'disk' ? image.virtualBytes : BLANK_DISK_BYTES;
  return {
    vcpus: input.vcpus,
    memoryMiB: input.memoryMiB,
    isStarted: input.start,
    firmware: input.firmware,
    network: input.network === 'none' ? null : input.network,
    vlan: input.vlan ?? null,
    image,
    diskBytes,
    diskNeedsNowBytes: diskBytes === 0 ? 0 : copied,
    datastore,
  };
}

/** The chosen image as a host has it: itself, or a file of the same name, kind, format and size there. */
export function imageOnHost(
  image: ImageRecord,
  hostId: HostId,
  context: PlanningContext,
): ImageRecord | null {
  if (image.hostId === hostId) return image;
  const same = context.images.find(
    (one) =>
      one.hostId === hostId &&
      one.name === image.name &&
      one.kind === image.kind &&
      one.format === image.format &&
      one.virtualBytes === image.virtualBytes,
  );
  return same ?? null;
}

/** Datastores of a host on which the disk may go, best first: without images of their own, then the most space, then by name. */
export function datastoresFor(need: VmNeed, hostId: HostId, context: PlanningContext): DatastoreRecord[] {
  const withImages = new Set(context.images.map((image) => image.datastoreId));
  return context.datastores
    .filter((one) => one.hostId === hostId && one.isActive)
    .filter((one) => !need.datastore || one.id === need.datastore.id || isSame(one, need.datastore))
    .sort(
      (a, b) =>
        Number(withImages.has(a.id)) - Number(withImages.has(b.id)) ||
        b.availableBytes - a.availableBytes ||
        (a.name < b.name ? -1 : 1),
    );
}

/** The same shared folder, as another host has it. */
function isSame(one: DatastoreRecord, other: DatastoreRecord): boolean {
  return one.hostId !== other.hostId && one.name === other.name && one.path === other.path;
}

/** The bridge that the NIC goes to; null: no NIC; undefined: the host has no such bridge. */
export function bridgeFor(need: VmNeed, host: HostRecord) {
  const bridges = host.facts?.bridges ?? [];
  if (need.network === null) return null;
  if (need.network === undefined) return bridges[0] ?? null;
  return bridges.find((bridge) => bridge.name === need.network);
}
