import { EventEmitter } from 'node:events';
import { uuidOf } from '../random.ts';
import type { SimFiles } from './files.ts';
import { countersOf, type Definition, REASON, SimVm } from './vm.ts';

/** What a simulated host's tools say it is made of. */
export interface SimHardware {
  hostname: string;
  hostUuid: string;
  sockets: number;
  coresPerSocket: number;
  memoryKib: number;
  nics: { name: string; mac: string; address: string | null; speedMbps: number }[];
  ovsBridges: string[];
  linuxBridges: string[];
}

/** Guests take that long from the power button to being off. */
const SHUTDOWN_MS = 1500;
/** What the machine itself takes of one CPU. */
const OWN_LOAD = 0.3;
const OWN_MEMORY_KIB = 4 * 1024 * 1024;

/** One simulated host: VMs, files, and the events that its libvirt would send. */
export class SimHost {
  readonly hardware: SimHardware;
  readonly files: SimFiles;
  /** `line`: one line of `virsh event`. `stopped`: a VM's id; `booted` likewise. */
  readonly events = new EventEmitter();
  readonly vms = new Map<string, SimVm>();
  /** Commands that it could not imitate. */
  readonly unknownCommands = new Set<string>();
  readonly authorizedKeys = new Set<string>();
  readonly bootedAtMs: number;
  #nextLiveId = 1;
  #goneCpuNs = 0;

  constructor(hardware: SimHardware, files: SimFiles, bootedAtMs: number) {
    this.hardware = hardware;
    this.files = files;
    this.bootedAtMs = bootedAtMs;
    this.events.setMaxListeners(0);
  }

  get cpuCount(): number {
    return this.hardware.sockets * this.hardware.coresPerSocket;
  }

  /** As virsh looks a domain up: by number, UUID or name. */
  find(key: string): SimVm | undefined {
    const byId = this.vms.get(key.toLowerCase());
    if (byId) return byId;
    const all = [...this.vms.values()];
    const byNumber = /^\d+$/.test(key) ? all.find((vm) => vm.liveId === Number(key)) : undefined;
    return byNumber ?? all.find((vm) => vm.name === key);
  }

  /** virsh's order: running ones by number, then the others by name. */
  sorted(): SimVm[] {
    return [...this.vms.values()].sort((a, b) => {
      if (a.liveId !== null && b.liveId !== null) return a.liveId - b.liveId;
      if (a.liveId !== null || b.liveId !== null) return a.liveId !== null ? -1 : 1;
      return a.name < b.name ? -1 : 1;
    });
  }

  define(id: string, definition: Definition): void {
    const known = this.vms.get(id);
    if (known) {
      known.definition = definition;
      known.isPersistent = true;
    } else {
      this.vms.set(id, new SimVm(id, definition));
    }
    this.#tell(definition.name, `Defined ${known ? 'Updated' : 'Added'}`);
  }

  undefine(vm: SimVm): void {
    vm.isPersistent = false;
    if (!vm.isActive) this.vms.delete(vm.id);
    this.#tell(vm.name, 'Undefined Removed');
  }

  start(vm: SimVm, nowMs = Date.now()): void {
    vm.boot(nowMs, this.#nextLiveId++);
    this.#tell(vm.name, 'Resumed Unpaused');
    this.#tell(vm.name, 'Started Booted');
    this.events.emit('booted', vm.id);
  }

  suspend(vm: SimVm): void {
    if (vm.state === 'paused') return;
    vm.pause(Date.now());
    this.#tell(vm.name, 'Suspended Paused');
  }

  resume(vm: SimVm): void {
    vm.resume(Date.now());
    this.#tell(vm.name, 'Resumed Unpaused');
  }

  /** Reboot and reset look the same from outside: the guest begins anew, libvirt's number stays. */
  reset(vm: SimVm): void {
    vm.bootedAtMs = Date.now();
    this.events.emit('line', `event 'reboot' for domain '${vm.name}'`);
    this.events.emit('booted', vm.id);
  }

  /** Presses the power button. A guest without a system doesn't notice. */
  shutdown(vm: SimVm): void {
    if (vm.shutdownTimer || !this.hasSystem(vm)) return;
    vm.shutdownTimer = setTimeout(() => {
      this.#tell(vm.name, 'Shutdown Finished after guest request');
      this.#stop(vm, REASON.shutDown, 'Stopped Shutdown');
    }, SHUTDOWN_MS);
    vm.shutdownTimer.unref();
  }

  destroy(vm: SimVm): void {
    this.#stop(vm, REASON.destroyed, 'Stopped Destroyed');
  }

  /** Whether anything would boot from its disks. */
  hasSystem(vm: SimVm): boolean {
    return vm.current.hardware.disks.some(
      (disk) => disk.path !== null && this.files.get(disk.path)?.isBootable === true,
    );
  }

  /** Ticks of 10 ms since it was booted, of all CPUs together. */
  ticks(nowMs: number): { total: number; busy: number } {
    const total = Math.floor(((nowMs - this.bootedAtMs) / 10) * this.cpuCount);
    let busyNs = this.#goneCpuNs + (nowMs - this.bootedAtMs) * 1e6 * OWN_LOAD;
    for (const vm of this.vms.values()) busyNs += vm.isActive ? this.#cpuNs(vm, nowMs) : 0;
    return { total, busy: Math.min(total, Math.floor(busyNs / 1e7)) };
  }

  availableMemoryKib(): number {
    let used = OWN_MEMORY_KIB;
    for (const vm of this.vms.values()) if (vm.isActive) used += vm.current.hardware.memoryMiB * 1024 * 0.8;
    return Math.max(0, Math.floor(this.hardware.memoryKib - used));
  }

  vncSocketOf(vm: SimVm): string {
    // libvirt cuts the name to 20 characters in its directories.
    return `/var/lib/libvirt/qemu/domain-${vm.liveId}-${[...vm.name].slice(0, 20).join('')}/vnc.sock`;
  }

  vncPortOf(vm: SimVm): number {
    return 5900 + (vm.liveId ?? 0);
  }

  vnetOf(vm: SimVm, index: number): string {
    return `vnet${(vm.liveId ?? 0) * 4 + index}`;
  }

  /** A word that no output can hold by chance, as batched scripts draw one. */
  nonce(): string {
    return uuidOf(this.hardware.hostUuid, process.hrtime.bigint().toString());
  }

  #cpuNs(vm: SimVm, nowMs: number): number {
    return countersOf(vm.id, vm.current.hardware.vcpus, vm.ranMs(nowMs)).cpuNs;
  }

  #stop(vm: SimVm, reason: number, detail: string): void {
    const now = Date.now();
    this.#goneCpuNs += this.#cpuNs(vm, now);
    vm.stop(now, reason);
    if (!vm.isPersistent) this.vms.delete(vm.id);
    this.#tell(vm.name, detail);
    this.events.emit('stopped', vm.id);
  }

  #tell(name: string, detail: string): void {
    this.events.emit('line', `event 'lifecycle' for domain '${name}': ${detail}`);
  }
}
