import type { SimHost } from '../model/host.ts';
import type { SimVm } from '../model/vm.ts';
import { TextScreen } from './text-screen.ts';

const BOOT_MS = 1500;
const KEY_RETURN = 0xff0d;
const KEY_BACKSPACE = 0xff08;

/** What a guest shows on its screen, and does with what is typed: a login that takes root and any password. */
export class Guest {
  readonly screen = new TextScreen();
  readonly #host: SimHost;
  readonly #vm: SimVm;
  #stage: 'off' | 'login' | 'password' | 'shell' = 'off';
  #typed = '';
  #timer: NodeJS.Timeout | null = null;

  constructor(host: SimHost, vm: SimVm) {
    this.#host = host;
    this.#vm = vm;
    this.boot();
  }

  /** Begins anew, as far along as the VM is since its own boot. */
  boot(): void {
    this.stop();
    this.screen.clear();
    this.screen.write('Vireo Simulator BIOS\n\nBooting from Hard Disk...\n');
    const leftMs = this.#vm.bootedAtMs + BOOT_MS - Date.now();
    if (leftMs > 0) this.#timer = setTimeout(() => this.#arrive(), leftMs).unref();
    else this.#arrive();
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#stage = 'off';
    this.#typed = '';
  }

  /** One key was pressed, by its X11 keysym. */
  press(keysym: number): void {
    if (this.#stage === 'off' || this.#vm.state !== 'running') return;
    if (keysym === KEY_RETURN) {
      this.#enter();
    } else if (keysym === KEY_BACKSPACE) {
      if (this.#typed !== '' && this.#stage !== 'password') this.screen.write('\b');
      this.#typed = this.#typed.slice(0, -1);
    } else if (keysym >= 0x20 && keysym <= 0x7e) {
      const character = String.fromCharCode(keysym);
      this.#typed += character;
      if (this.#stage !== 'password') this.screen.write(character);
    }
  }

  #arrive(): void {
    if (!this.#host.hasSystem(this.#vm)) {
      this.screen.write('Boot failed: not a bootable disk\n\nNo bootable device.\n');
      return;
    }
    this.screen.clear();
    this.screen.write(`${this.#vm.name} - simulated guest on ${this.#host.hardware.hostname}\n\n`);
    this.#prompt('login');
  }

  #enter(): void {
    const typed = this.#typed;
    this.#typed = '';
    this.screen.write('\n');
    if (this.#stage === 'login') {
      this.#stage = typed === '' ? 'login' : 'password';
      this.screen.write(typed === '' ? `${this.#vm.name} login: ` : 'Password: ');
    } else if (this.#stage === 'password') {
      this.#prompt('shell');
    } else if (typed === 'exit' || typed === 'logout') {
      this.#prompt('login');
    } else {
      if (typed !== '') this.screen.write(`${typed}: nothing runs on a simulated guest\n`);
      this.#prompt('shell');
    }
  }

  #prompt(stage: 'login' | 'shell'): void {
    this.#stage = stage;
    this.screen.write(stage === 'login' ? `${this.#vm.name} login: ` : `root@${this.#vm.name}:~# `);
  }
}
