import type { Duplex } from 'node:stream';
import type { SimHost } from '../model/host.ts';
import type { SimVm } from '../model/vm.ts';
import { Guest } from './guest.ts';
import { serveRfb } from './rfb.ts';

/** The screens of a host's VMs. A guest is only played while somebody has looked at it since its boot. */
export class Screens {
  readonly #host: SimHost;
  readonly #guests = new Map<string, Guest>();
  readonly #viewers = new Map<string, Set<Duplex>>();

  constructor(host: SimHost) {
    this.#host = host;
    host.events.on('booted', (id: string) => this.#guests.get(id)?.boot());
    host.events.on('stopped', (id: string) => this.#stop(id));
  }

  /** What serves the screen behind a port of the host's loopback; null when nothing listens there. */
  byPort(port: number): ((stream: Duplex) => void) | null {
    return this.#serverOf(
      (vm) => vm.current.hardware.graphics.kind === 'vncPort' && this.#host.vncPortOf(vm) === port,
    );
  }

  bySocket(path: string): ((stream: Duplex) => void) | null {
    return this.#serverOf(
      (vm) => vm.current.hardware.graphics.kind === 'vncSocket' && this.#host.vncSocketOf(vm) === path,
    );
  }

  #serverOf(isMeant: (vm: SimVm) => boolean): ((stream: Duplex) => void) | null {
    const vm = [...this.#host.vms.values()].find((one) => one.isActive && isMeant(one));
    return vm ? (stream) => this.#serve(stream, vm) : null;
  }

  #serve(stream: Duplex, vm: SimVm): void {
    const guest = this.#guests.get(vm.id) ?? new Guest(this.#host, vm);
    this.#guests.set(vm.id, guest);
    const viewers = this.#viewers.get(vm.id) ?? new Set();
    this.#viewers.set(vm.id, viewers.add(stream));
    stream.on('close', () => viewers.delete(stream));
    serveRfb(stream, guest, `QEMU (${vm.name})`);
  }

  /** QEMU is gone, and its screen with it. */
  #stop(id: string): void {
    this.#guests.get(id)?.stop();
    this.#guests.delete(id);
    for (const stream of this.#viewers.get(id) ?? []) stream.end();
    this.#viewers.delete(id);
  }
}
