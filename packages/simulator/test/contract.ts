import { once } from 'node:events';
import {
  acceleratorProbe,
  authorizedKeyAdd,
  authorizedKeyRemove,
  datastoreCount,
  domainDefine,
  domainDefineIfAbsent,
  domainDefinitions,
  domainDestroy,
  domainDestroyIfActive,
  domainEvents,
  domainGraphics,
  domainName,
  domainNamePresence,
  domainReset,
  domainResume,
  domainSnapshotCount,
  domainStart,
  domainState,
  domainSuspend,
  domainUndefine,
  effectiveUserId,
  fileExists,
  fileIsFree,
  fileMoveIntoPlace,
  fileRemove,
  fileUsers,
  firmwarePresence,
  freeSpaceMiB,
  guestAddresses,
  hostCycle,
  hostFacts,
  hostStorage,
  hostUuid,
  imageConvert,
  imageCreate,
  imageInspect,
  imageResize,
  ipSpeaksJson,
  libvirtNetworkPresence,
  libvirtVersion,
  linuxBridgeExists,
  memoryAvailableMiB,
  ovsAnswers,
  ovsBridgeExists,
  programVersion,
  qemuVersion,
  type ReadCommand,
  renderDomainXml,
  timeSync,
} from '@vireo/commands';
import { type CommandSpec, type HostFacts, VmHardware, VmId } from '@vireo/contracts';
import { type ExecResult, type HostEndpoint, type HostSession, openSession } from '@vireo/link';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';

const MIB = 1024 * 1024;
const ABSENT = VmId.parse('5151ffff-0000-4000-8000-0000000000ff');

/**
 * What a host answers to Vireo's commands. The same expectations run on simulated and on real hosts, so that the
 * simulator can't lie.
 */
export function contract(endpointOf: () => Promise<HostEndpoint>): void {
  // Real hosts under load take their time.
  vi.setConfig({ testTimeout: 90_000 });
  let session: HostSession;
  let facts: HostFacts;
  let local: string;
  let image: { path: string; datastorePath: string; virtualBytes: number };

  const run = (command: CommandSpec): Promise<ExecResult> => session.exec(command, { lock: 'contract-test' });
  const out = async (command: CommandSpec): Promise<string> => {
    const result = await run(command);
    const { exitCode, failure, stderr } = result;
    expect({ exitCode, failure, stderr }).toMatchObject({ exitCode: 0, failure: null });
    return result.stdout.trim();
  };
  const ask = async <T>({ command, parse }: ReadCommand<T>): Promise<T> => parse(await run(command));

  const vmOf = (id: VmId, name: string, path: string | null) => ({
    id,
    name,
    description: 'a <b>description</b> & more',
    hardware: VmHardware.parse({
      ...{ vcpus: 1, maxVcpus: 2, memoryMiB: 128, maxMemoryMiB: 128 },
      ...{ firmware: 'bios', machine: 'q35', cpuModel: 'default', accelerator: facts.accelerator },
      disks: path
        ? [
            {
              target: 'vda',
              bus: 'virtio',
              device: 'disk',
              path,
              format: 'qcow2',
              sizeBytes: null,
              bootOrder: 1,
            },
          ]
        : [],
      nics: [
        {
          ...{ mac: '52:54:00:51:51:01', model: 'virtio', networkKind: 'ovsBridge', vlan: 7 },
          network: facts.bridges.find((bridge) => bridge.kind === 'ovsBridge')?.name ?? null,
        },
      ],
      graphics: { kind: 'vncSocket', path: null },
      hasGuestAgentChannel: true,
    }),
  });

  beforeAll(async () => {
    session = await openSession(await endpointOf());
    facts = await ask(hostFacts());
    const { datastores, images } = await ask(hostStorage());
    local = datastores.find((one) => one.name === 'local')?.path ?? '';
    const found = images.find((one) => one.name === 'vireo-guest.qcow2');
    const home = datastores.find((one) => one.name === found?.datastoreName);
    image = {
      path: found?.path ?? '',
      datastorePath: home?.path ?? '',
      virtualBytes: found?.virtualBytes ?? 0,
    };
  });
  afterAll(() => session?.close());

  it('says what it is', () => {
    expect(facts.hostUuid).toMatch(/^[0-9a-f-]{36}$/);
    expect(facts.hostname).not.toBe('');
    expect(facts.cpuCount).toBeGreaterThan(0);
    expect(facts.memoryMiB).toBeGreaterThan(500);
    expect(facts.versions.libvirt).toMatch(/^\d+\.\d+\.\d+$/);
    expect(facts.versions.qemu).toMatch(/^\d+\.\d+/);
    expect(facts.versions.ovs).toMatch(/^\d+\.\d+/);
    expect(facts.firmware).toContain('bios');
    expect(facts.bridges.some((bridge) => bridge.kind === 'ovsBridge')).toBe(true);
    expect(facts.nics.some((nic) => nic.isUp && nic.addresses.length > 0)).toBe(true);
  });

  it('answers the checks before it is added', async () => {
    expect(await out(effectiveUserId())).toBe('0');
    for (const program of ['qemu-img', 'flock', 'prlimit', 'timeout', 'ovs-vsctl'] as const)
      expect(await out(programVersion(program))).toContain('');
    await out(ipSpeaksJson());
    await out(ovsAnswers());
    expect(await out(hostUuid())).toBe(facts.hostUuid);
    expect(await out(libvirtVersion())).toBe(facts.versions.libvirt);
    expect(await out(qemuVersion())).toBe(facts.versions.qemu);
    expect(await out(acceleratorProbe())).toBe(facts.accelerator);
    expect(Number(await out(datastoreCount()))).toBeGreaterThan(0);
    expect(Number(await out(memoryAvailableMiB()))).toBeGreaterThan(100);
    expect(Number(await out(freeSpaceMiB(local)))).toBeGreaterThan(100);
    expect(['yes', 'no', 'unknown']).toContain(await out(timeSync()));
    expect(await out(firmwarePresence('uefi'))).toBe(
      facts.firmware.includes('uefi') ? 'available' : 'missing',
    );
    expect(await out(libvirtNetworkPresence('no-such-network'))).toBe('missing');
    const bridge = facts.bridges.find((one) => one.kind === 'ovsBridge')?.name ?? '';
    expect(await run(ovsBridgeExists(bridge))).toMatchObject({ exitCode: 0 });
    expect(await run(ovsBridgeExists('nope'))).toMatchObject({ exitCode: 2 });
    expect(await run(linuxBridgeExists('nope'))).toMatchObject({ exitCode: 1 });
  });

  it('counts, and counters never fall', async () => {
    const first = await ask(hostCycle());
    const second = await ask(hostCycle());
    expect(second.host.cpuTotalTicks).toBeGreaterThanOrEqual(first.host.cpuTotalTicks);
    expect(second.host.cpuIdleTicks).toBeGreaterThanOrEqual(first.host.cpuIdleTicks);
    expect(second.host.memoryAvailableMiB).toBeLessThanOrEqual(second.host.memoryTotalMiB);
    expect(second.host.uptimeSeconds).toBeGreaterThan(0);
  });

  it('tells of its storage', async () => {
    const { datastores, images } = await ask(hostStorage());
    for (const one of datastores) {
      expect(one.path).toMatch(/^\//);
      expect(one.isActive).toBe(true);
      expect(one.availableBytes).toBeLessThanOrEqual(one.capacityBytes);
    }
    expect(images.find((one) => one.path === image.path)).toMatchObject({ kind: 'disk', format: 'qcow2' });
    expect(image.virtualBytes).toBeGreaterThan(MIB);
  });

  it('judges images', async () => {
    const { path, datastorePath } = image;
    expect(await ask(imageInspect(path, 'qcow2', datastorePath))).toBe('safe');
    expect(await ask(imageInspect(path, 'iso', datastorePath))).toBe('unexpectedFormat');
    expect(await ask(imageInspect(path, 'raw', datastorePath))).toBe('unexpectedFormat');
    expect(await ask(imageInspect(`${datastorePath}/nope`, 'qcow2', datastorePath))).toBe('missing');
    expect(await ask(imageInspect(path, 'qcow2', local))).toBe('outside');
  });

  it('makes disks, and says why not', async () => {
    const path = `${local}/5151ffff-0000-4000-8000-000000000001.qcow2`;
    try {
      expect(await run(fileIsFree(path))).toMatchObject({ exitCode: 0 });
      expect(await run(fileExists(path))).toMatchObject({ exitCode: 1 });
      await out(imageCreate(path, 64 * MIB));
      expect(await run(fileExists(path))).toMatchObject({ exitCode: 0 });
      expect(await run(fileIsFree(path))).toMatchObject({ exitCode: 1 });
      expect(await out(imageResize(path, 128 * MIB))).toBe('Image resized.');
      const shrunk = await run(imageResize(path, 64 * MIB));
      expect(shrunk.exitCode).toBe(1);
      expect(shrunk.stderr).toContain('qemu-img: Use the --shrink option to perform a shrink operation.');
      expect(await out(fileUsers(ABSENT, [path]))).toBe('none');
      const lost = await run(fileMoveIntoPlace(`${path}.part`, path));
      expect(lost).toMatchObject({
        exitCode: 1,
        stderr: `mv: cannot stat '${path}.part': No such file or directory\n`,
      });
      const nowhere = await run(imageCreate('/no/such/place.qcow2', MIB));
      expect(nowhere.exitCode).toBe(1);
      expect(nowhere.stderr).toContain("Could not create '/no/such/place.qcow2': No such file or directory");
      const noImage = await run(
        imageConvert({ from: `${local}/nope.qcow2`, fromFormat: 'qcow2', to: `${path}.part` }),
      );
      expect(noImage.exitCode).toBe(1);
      expect(noImage.stderr).toContain('No such file or directory');
    } finally {
      await out(fileRemove(path, `${path}.part`));
    }
    expect(await run(fileIsFree(path))).toMatchObject({ exitCode: 0 });
    await out(fileRemove(path));
  });

  it('says that there is no such VM', async () => {
    expect(await out(domainState(ABSENT))).toBe('absent');
    const refusal = { exitCode: 1, stdout: '\n', stderr: `error: failed to get domain '${ABSENT}'\n` };
    for (const command of [
      domainStart(ABSENT),
      domainDestroy(ABSENT),
      domainSuspend(ABSENT),
      domainName(ABSENT),
    ])
      expect(await run(command)).toMatchObject(refusal);
    await out(domainUndefine(ABSENT));
    await out(domainDestroyIfActive(ABSENT));
    expect(await ask(domainDefinitions([ABSENT]))).toEqual([]);
    expect(await ask(guestAddresses([ABSENT]))).toEqual(new Map());
  });

  it('takes a VM through its life', { timeout: 120_000 }, async () => {
    const id = VmId.parse('5151ffff-0000-4000-8000-000000000002');
    const path = `${local}/${id}.qcow2`;
    const name = 'contract vm';
    const seen: string[] = [];
    const events = session.lines(domainEvents.argv, (line) => {
      const event = domainEvents.parse(line);
      if (event?.domainName === name) seen.push(event.detail === '' ? event.event : event.detail);
    });
    const state = () => out(domainState(id));
    const refused = async (command: CommandSpec, stderr: string) =>
      expect(await run(command)).toMatchObject({ exitCode: 1, stderr });
    try {
      await out(domainDestroyIfActive(id));
      await out(domainUndefine(id));
      const copied = await run(imageConvert({ from: image.path, fromFormat: 'qcow2', to: `${path}.part` }));
      expect(copied.stdout).toContain('(100.00/100%)');
      await out(imageResize(`${path}.part`, 1024 * MIB));
      await out(fileMoveIntoPlace(`${path}.part`, path));

      const vm = vmOf(id, name, path);
      const xml = renderDomainXml(vm);
      expect(await out(domainNamePresence(name))).toBe('free');
      expect(await out(domainDefine(xml))).toBe(`Domain '${name}' defined from /dev/stdin`);
      expect(await out(domainNamePresence(name))).toBe('taken');
      expect(await out(domainName(id))).toBe(name);
      expect(await state()).toBe('shut off');
      expect(await out(domainSnapshotCount(id))).toBe('0');
      const [definition] = await ask(domainDefinitions([id, ABSENT]));
      expect(definition).toMatchObject({ id, name, description: vm.description });
      expect(definition?.hardware).toMatchObject({
        ...vm.hardware,
        ...{ machine: expect.stringMatching(/^pc-q35-/), cpuModel: expect.any(String) },
        disks: [{ ...vm.hardware.disks[0], sizeBytes: 1024 * MIB }],
        isAutostart: false,
      });
      expect(await out(fileUsers(ABSENT, [path]))).toBe(id);
      expect(await out(fileUsers(id, [path]))).toBe('none');
      const twin = renderDomainXml({ ...vm, id: ABSENT });
      await refused(
        domainDefine(twin),
        `error: Failed to define domain from /dev/stdin\nerror: operation failed: domain '${name}' already exists with uuid ${id}\n`,
      );
      await out(domainDefineIfAbsent(id, xml));
      const notRunning = 'error: Requested operation is not valid: domain is not running\n';
      await refused(domainDestroy(id), `error: Failed to destroy domain '${id}'\n${notRunning}`);
      await refused(domainSuspend(id), `error: Failed to suspend domain '${id}'\n${notRunning}`);

      expect(await out(domainStart(id))).toBe(`Domain '${name}' started`);
      expect(await state()).toBe('running');
      await refused(domainStart(id), 'error: Domain is already active\n');
      const reading = (await ask(hostCycle())).vms.find((one) => one.id === id);
      expect(reading).toMatchObject({ name, state: 'running', vcpus: 1, memoryMiB: 128, isPersistent: true });
      const graphics = await ask(domainGraphics(id));
      const socket = graphics.kind === 'vncSocket' ? graphics.path : null;
      const tunnel = await session.tunnelUnix(socket ?? '');
      const [greeting] = await once(tunnel, 'data');
      expect(String(greeting)).toBe('RFB 003.008\n');
      tunnel.destroy();
      expect(await run(domainUndefine(id))).toMatchObject({ exitCode: 3, stderr: 'the domain is active\n' });

      // Nobody gives addresses on that VLAN of the lab: that the agent answers is all that both can say.
      const answered = async () => [...(await ask(guestAddresses([id, ABSENT]))).keys()];
      expect(await answered()).toEqual([]);
      await expect.poll(answered, { timeout: 60_000, interval: 500 }).toEqual([id]);

      expect(await out(domainSuspend(id))).toBe(`Domain '${id}' suspended`);
      expect(await state()).toBe('paused');
      expect(await out(domainSuspend(id))).toBe(`Domain '${id}' suspended`);
      expect(await out(domainResume(id))).toBe(`Domain '${id}' resumed`);
      await refused(
        domainResume(id),
        `error: Failed to resume domain '${id}'\nerror: Requested operation is not valid: domain is already running\n`,
      );
      expect(await out(domainReset(id))).toBe(`Domain '${id}' was reset`);
      expect(await out(domainDestroy(id))).toBe(`Domain '${id}' destroyed`);
      expect(await state()).toBe('shut off');
      await out(fileRemove(path));
      await refused(
        domainStart(id),
        `error: Failed to start domain '${name}'\nerror: Cannot access storage file '${path}' (as uid:64055, gid:64055): No such file or directory\n`,
      );
      await out(domainUndefine(id));
      expect(await state()).toBe('absent');
      await expect.poll(() => seen.at(-1)).toBe('Undefined Removed');
      expect(seen).toEqual(
        expect.arrayContaining(['Defined Added', 'Started Booted', 'Suspended Paused', 'reboot']),
      );
      expect(seen).toEqual(expect.arrayContaining(['Resumed Unpaused', 'Stopped Destroyed']));
    } finally {
      events.close();
      await run(domainDestroyIfActive(id));
      await run(domainUndefine(id));
      await run(fileRemove(path, `${path}.part`));
    }
  });

  it.each(['5151', '--help', '$(id)', 'it\'s `a` <b> & "c"', '-rf x', '虚拟机'])(
    'keeps a VM named %s apart from all others',
    async (name) => {
      const id = VmId.parse('5151ffff-0000-4000-8000-000000000003');
      try {
        await out(domainDefine(renderDomainXml(vmOf(id, name, null))));
        expect(await out(domainName(id))).toBe(name);
        expect(await out(domainNamePresence(name))).toBe('taken');
        const [definition] = await ask(domainDefinitions([id]));
        expect(definition?.name).toBe(name);
        expect((await ask(hostCycle())).vms.find((vm) => vm.id === id)).toMatchObject({
          name,
          state: 'shutOff',
        });
      } finally {
        await out(domainUndefine(id));
      }
      expect(await out(domainNamePresence(name))).toBe('free');
    },
  );

  it('refuses what is no domain', async () => {
    const result = await run(domainDefine('<domain><name>broken'));
    expect(result.exitCode).toBe(1);
    expect(result.stderr).toMatch(/^error: Failed to define domain from \/dev\/stdin\nerror: /);
  });

  it('takes a key in once, and gives it up', async () => {
    const key =
      'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f contract-test';
    await out(authorizedKeyAdd('root', key));
    await out(authorizedKeyAdd('root', key));
    await out(authorizedKeyRemove('root', key));
    await out(authorizedKeyRemove('root', key));
  });
}
