import type { HostId } from '@vireo/contracts';
import { TaskId, VmId } from '@vireo/contracts';
import { labSettings } from '@vireo/lab';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  addLabHost,
  engineOnTestStore,
  ownSession,
  type Rig,
  submit,
  taskEnd,
  vmState,
} from './real-host.ts';

/** What the lab gives to guests on `vsw0` without a VLAN. */
const GUEST_NET = `${labSettings().guestNet}.0.`;

/** A real host: what virsh does there is seen here, and what is asked for here is done there. */
describe('on a real host', () => {
  let rig: Rig;
  let hostId: HostId;
  let own: Awaited<ReturnType<typeof ownSession>>;
  const mark = crypto.randomUUID().slice(0, 8);
  const outsider = VmId.parse(crypto.randomUUID());

  beforeAll(async () => {
    own = await ownSession();
    rig = await engineOnTestStore();
    hostId = await addLabHost(rig);
  });
  afterAll(async () => {
    await own.run(['virsh', 'destroy', outsider]);
    await own.run(['virsh', 'undefine', outsider]);
    own.close();
    await rig.stop();
  });

  async function shows(state: string) {
    const began = performance.now();
    await vi.waitFor(async () => expect(await vmState(rig.store, outsider)).toBe(state), {
      timeout: 5000,
      interval: 10,
    });
    return performance.now() - began;
  }

  it('sees what virsh does on the host within a second', async () => {
    const xml = `<domain type="qemu"><name>outsider-${mark}</name><uuid>${outsider}</uuid><memory unit="MiB">64</memory>
      <vcpu>1</vcpu><os><type arch="x86_64">hvm</type></os></domain>`;
    const took: Record<string, number> = {};
    expect((await own.run(['virsh', 'define', '/dev/stdin'], xml)).exitCode).toBe(0);
    took.define = await shows('shutOff');
    expect((await own.run(['virsh', 'start', outsider])).exitCode).toBe(0);
    took.start = await shows('running');
    expect((await own.run(['virsh', 'destroy', outsider])).exitCode).toBe(0);
    took.destroy = await shows('shutOff');
    expect((await own.run(['virsh', 'undefine', outsider])).exitCode).toBe(0);
    took.undefine = await shows('absent');
    console.log('seen after ms', took);
    for (const ms of Object.values(took)) expect(ms).toBeLessThan(1000);
  });

  it('creates, starts, shows, shuts down and deletes a VM', { timeout: 150_000 }, async () => {
    const image = (await rig.store.storage.images()).find((one) => one.name.includes('guest'));
    const input = {
      name: `$(id) ${mark}`,
      vcpus: 1,
      memoryMiB: 128,
      hostId,
      imageId: image?.id,
      start: true,
    };
    const created = await taskEnd(rig.store, await submit(rig, 'vm.create', input));
    expect(
      created,
      JSON.stringify([
        created.error,
        created.transcript.map((t) => [
          t.phase,
          t.stepId,
          t.startedAt,
          t.durationMs,
          t.exitCode,
          t.failure,
          t.stderr,
        ]),
      ]),
    ).toMatchObject({
      state: 'done',
    });
    const startedAt = performance.now();
    const id = VmId.parse(created.objectId);
    expect(await vmState(rig.store, id)).toBe('running');
    expect((await own.run(['virsh', 'domstate', id])).text).toBe('running');

    const screen = await rig.engine.openVnc(id);
    // It may come in parts.
    let greeting = '';
    screen.on('data', (bytes: Buffer) => {
      greeting += bytes.toString('latin1');
    });
    await vi.waitFor(() => expect(greeting).toHaveLength(12), { timeout: 5000, interval: 10 });
    screen.destroy();
    expect(greeting).toMatch(/^RFB 003\./);

    // A guest hears the power button once it has booted; its agent tells when.
    await vi.waitFor(
      async () => {
        const ping = ['virsh', 'qemu-agent-command', id, '{"execute":"guest-ping"}'];
        expect((await own.run(ping)).exitCode).toBe(0);
      },
      { timeout: 60_000, interval: 500 },
    );
    // The lab's DHCP server gave it an address; the agent tells, without anybody having asked for it.
    await vi.waitFor(
      async () => {
        const [address] = (await rig.store.vms.view(id))?.addresses ?? [];
        expect(address?.startsWith(GUEST_NET), `${address} is of ${GUEST_NET}`).toBe(true);
      },
      { timeout: 45_000, interval: 100 },
    );
    console.log('address known after ms', performance.now() - startedAt);
    const off = await taskEnd(rig.store, await submit(rig, 'vm.shutdown', { id }));
    expect(off, JSON.stringify(off.transcript)).toMatchObject({ state: 'done' });
    expect(await vmState(rig.store, id)).toBe('shutOff');
    expect((await rig.store.vms.view(id))?.addresses).toEqual([]);
    const paths = (await rig.store.vms.byId(id))?.hardware.disks.map((disk) => disk.path) ?? [];
    expect(paths).toHaveLength(1);

    const gone = await taskEnd(
      rig.store,
      await submit(rig, 'vm.delete', { id, confirmName: input.name, deleteDisks: true }),
    );
    expect(gone, JSON.stringify([gone.checks, gone.transcript], null, 1)).toMatchObject({ state: 'done' });
    expect(await vmState(rig.store, id)).toBe('absent');
    expect((await own.run(['virsh', 'domstate', id])).exitCode).not.toBe(0);
    expect((await own.run(['test', '-e', paths[0] ?? ''])).exitCode).toBe(1);
    for (const task of [created, off, gone]) {
      const [begin, end] = [task.startedAt, task.finishedAt].map((at) => Date.parse(at ?? ''));
      const commands = task.transcript.reduce((sum, entry) => sum + (entry.durationMs ?? 0), 0);
      console.log(task.operation, 'took', (end ?? 0) - (begin ?? 0), 'ms, of which commands', commands);
    }
  });

  it('answers a probe with the host key, and refuses what may not be done now', async () => {
    const probe = await taskEnd(
      rig.store,
      await submit(rig, 'host.probe', { address: '127.0.0.1', port: 1 }),
    );
    expect(probe).toMatchObject({ state: 'failed', error: { key: 'errors.host.unreachable' } });
    const vmId = VmId.parse(crypto.randomUUID());
    await expect(submit(rig, 'vm.start', { id: vmId })).rejects.toMatchObject({ code: 'notFound' });
    await expect(rig.engine.cancel(rig.actor, TaskId.parse(probe.id))).rejects.toMatchObject({
      code: 'task.notCancellable',
    });
    await expect(rig.engine.openVnc(vmId)).rejects.toMatchObject({ code: 'notFound' });
  });
});
