import { GIB, HOST_CONNECTIONS, type HostRecord, VireoError, VmCreateInput } from '@vireo/contracts';
import { planOperation } from '@vireo/planner';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { context, datastore, host, image, imageStore } from './inventory.ts';

const ask = (change: object = {}) =>
  VmCreateInput.parse({ name: 'x', vcpus: 2, memoryMiB: 2048, start: true, ...change });
const withMemory = (n: number, memoryMiB: number, available: number, change: Partial<HostRecord> = {}) => {
  const base = host(n, change);
  return {
    ...base,
    facts: base.facts && { ...base.facts, memoryMiB },
    usage: base.usage && { ...base.usage, memoryAvailableMiB: available },
  };
};

describe('placement', () => {
  it('takes the host with the most room', () => {
    const own = context({ hosts: [withMemory(1, 16384, 4096), withMemory(2, 16384, 12000)] });
    const plan = planOperation('vm.create', ask(), own);
    expect(plan.placement.map((verdict) => [verdict.hostName, verdict.isAdmitted])).toEqual([
      ['cna02', true],
      ['cna01', true],
    ]);
    expect(plan.title.params.host).toBe('cna02');
  });

  it('counts what is configured, not only what is used now', () => {
    const [one, two] = [host(1), host(2)];
    const committed = { [one.id]: { memoryMiB: 15000, vcpus: 40, vmCount: 20 } };
    expect(
      planOperation('vm.create', ask(), context({ hosts: [one, two], committed })).title.params.host,
    ).toBe('cna02');
  });

  it('says of each refused host why, and the smallest change that would do', () => {
    const own = context({ hosts: [withMemory(1, 16384, 1000), host(2, { connection: 'unreachable' })] });
    try {
      planOperation('vm.create', ask(), own);
      expect.unreachable();
    } catch (error) {
      if (!(error instanceof VireoError)) throw error;
      expect(error.code).toBe('vm.noHostFits');
      expect(error.fields).toMatchObject([
        {
          field: 'cna01',
          ref: { key: 'placement.memoryShort', params: { needed: 2048, available: 744, missing: 1304 } },
        },
        { field: 'cna02', ref: { key: 'placement.notConnected', params: { connection: 'unreachable' } } },
      ]);
    }
  });

  it('the change that it names really helps', () => {
    const own = context({ hosts: [withMemory(1, 16384, 1000)] });
    expect(planOperation('vm.create', ask({ memoryMiB: 744 }), own).placement[0]?.isAdmitted).toBe(true);
  });

  it('goes where the image is', () => {
    const own = context({ images: [image(2)] });
    expect(planOperation('vm.create', ask({ imageId: image(2).id }), own).title.params.host).toBe('cna02');
  });

  it('finds the same image and datastore on another host', () => {
    const own = context({ hosts: [host(1, { connection: 'unreachable' }), host(2)] });
    const plan = planOperation('vm.create', ask({ imageId: image(1).id, datastoreId: datastore(1).id }), own);
    expect(plan.title.params.host).toBe('cna02');
  });

  it('prefers a datastore that is not for images', () => {
    const path = planOperation('vm.create', ask(), context()).expected.files[0]?.path;
    expect(path).toMatch(/^\/srv\/vms\//);
  });
});

describe('placement, whatever the inventory', () => {
  const anyHost = (n: number) =>
    fc
      .record({
        memoryMiB: fc.integer({ min: 256, max: 65536 }),
        available: fc.integer({ min: 0, max: 65536 }),
        connection: fc.constantFrom(...HOST_CONNECTIONS),
        hasFacts: fc.boolean(),
        space: fc.integer({ min: 0, max: 100 }),
      })
      .map((drawn) => {
        const one = withMemory(n, drawn.memoryMiB, drawn.available, { connection: drawn.connection });
        return {
          host: drawn.hasFacts ? one : { ...one, facts: null },
          stores: [
            datastore(n, { availableBytes: drawn.space * GIB }),
            { ...imageStore(n), isActive: false },
          ],
        };
      });
  const inventories = fc.tuple(anyHost(1), anyHost(2), anyHost(3), anyHost(4));
  const asked = fc.record({
    memoryMiB: fc.integer({ min: 32, max: 70000 }),
    vcpus: fc.integer({ min: 1, max: 12 }),
    start: fc.boolean(),
  });

  it('never chooses a refused host, never a worse one, and always the same', () => {
    fc.assert(
      fc.property(inventories, asked, (drawn, change) => {
        const make = () =>
          context({
            hosts: drawn.map((one) => one.host),
            datastores: drawn.flatMap((one) => one.stores),
            images: [],
          });
        const attempt = () => {
          try {
            return planOperation('vm.create', ask(change), make());
          } catch (error) {
            if (error instanceof VireoError && error.code === 'vm.noHostFits') return error;
            throw error;
          }
        };
        const first = attempt();
        const second = attempt();
        if (first instanceof VireoError || second instanceof VireoError) {
          expect(String(first)).toBe(String(second));
          return;
        }
        expect(first).toEqual(second);
        const chosen = first.placement.find((verdict) => verdict.hostName === first.title.params.host);
        const record = drawn.find((one) => one.host.id === chosen?.hostId)?.host;
        expect(chosen?.isAdmitted).toBe(true);
        expect(record?.connection).toBe('connected');
        expect(record?.facts?.memoryMiB ?? 0).toBeGreaterThanOrEqual(change.memoryMiB);
        for (const verdict of first.placement) {
          if (!verdict.isAdmitted) expect(verdict.reasons.length).toBeGreaterThan(0);
          else expect(chosen?.score ?? -1).toBeGreaterThanOrEqual(verdict.score ?? 0);
        }
      }),
      { numRuns: 300 },
    );
  });
});
