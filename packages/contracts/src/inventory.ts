import type { VmHardware } from './hardware.ts';
import type { HostFacts, HostUsage } from './host-view.ts';
import type { ClusterId, DatastoreId, HostId, ImageId, VmId } from './ids.ts';
import type { HostTarget } from './plan.ts';
import type { HostConnection, VmState } from './states.ts';

/** A host as the engine and the planner need it. */
export interface HostRecord {
  id: HostId;
  name: string;
  clusterId: ClusterId;
  target: HostTarget;
  connection: HostConnection;
  facts: HostFacts | null;
  usage: HostUsage | null;
  /** `facts.system.product` is {@link SIMULATOR_PRODUCT}. */
  isSimulated: boolean;
}

/** A VM as the engine and the planner need it. `state` null: not seen on its host yet. */
export interface VmRecord {
  id: VmId;
  hostId: HostId;
  name: string;
  description: string;
  hardware: VmHardware;
  state: VmState | null;
  definitionXml: string | null;
  isPersistent: boolean;
  isAdopted: boolean;
}

export interface DatastoreRecord {
  id: DatastoreId;
  hostId: HostId;
  name: string;
  path: string;
  kind: string;
  capacityBytes: number;
  availableBytes: number;
  isActive: boolean;
}

export interface ImageRecord {
  id: ImageId;
  hostId: HostId;
  datastoreId: DatastoreId;
  name: string;
  path: string;
  kind: 'disk' | 'iso';
  format: string;
  virtualBytes: number;
}
