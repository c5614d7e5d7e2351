import type { CycleReading, VmReading } from '@vireo/commands';
import { VmId } from '@vireo/contracts';
import { describe, expect, it } from 'vitest';
import { hostUsage, vmUsage } from '../src/watch/rates.ts';

const before: VmReading = {
  id: VmId.parse('00000000-0000-4000-8000-0000000000aa'),
  name: 'web',
  state: 'running',
  stateReason: null,
  isPersistent: true,
  vcpus: 2,
  cpuTimeNs: 10e9,
  memoryMiB: 512,
  memoryUsedMiB: 100,
  diskReadBytes: 1000,
  diskWriteBytes: 2000,
  netReceiveBytes: 3000,
  netTransmitBytes: 4000,
};

describe('vmUsage', () => {
  it('counts of all vCPUs, and per second', () => {
    const after = { ...before, cpuTimeNs: 15e9, diskReadBytes: 6000, netTransmitBytes: 5000 };
    expect(vmUsage(before, after, 5000)).toEqual({
      cpuPercent: 50,
      memoryUsedMiB: 100,
      diskReadBytesPerSecond: 1000,
      diskWriteBytesPerSecond: 0,
      netReceiveBytesPerSecond: 0,
      netTransmitBytesPerSecond: 200,
    });
  });
  it('says nothing of a VM that was restarted or is off', () => {
    expect(vmUsage(before, { ...before, cpuTimeNs: 1e9 }, 5000)).toBeNull();
    expect(vmUsage(before, { ...before, state: 'shutOff' }, 5000)).toBeNull();
    expect(vmUsage(before, before, 0)).toBeNull();
  });
  it('never reads above 100 when vCPUs went, nor below 0 when a device went', () => {
    const after = { ...before, vcpus: 1, cpuTimeNs: 20e9, diskReadBytes: 0 };
    expect(vmUsage(before, after, 5000)).toMatchObject({ cpuPercent: 100, diskReadBytesPerSecond: 0 });
    expect(vmUsage({ ...before, vcpus: 1 }, { ...before, cpuTimeNs: 15e9 }, 5000)?.cpuPercent).toBe(50);
    expect(vmUsage(before, { ...before, cpuTimeNs: 40e9 }, 5000)?.cpuPercent).toBe(100);
  });
});

describe('hostUsage', () => {
  const host: CycleReading['host'] = {
    cpuTotalTicks: 1000,
    cpuIdleTicks: 800,
    memoryTotalMiB: 4096,
    memoryAvailableMiB: 1024,
    uptimeSeconds: 60,
  };
  it('is the share of ticks that were not idle', () => {
    expect(hostUsage(host, { ...host, cpuTotalTicks: 1200, cpuIdleTicks: 950 })).toEqual({
      cpuPercent: 25,
      memoryUsedMiB: 3072,
      memoryAvailableMiB: 1024,
      uptimeSeconds: 60,
    });
  });
  it('says nothing across a restart', () => {
    expect(hostUsage(host, { ...host, cpuTotalTicks: 10, cpuIdleTicks: 5 })).toBeNull();
    expect(hostUsage(host, host)).toBeNull();
  });
});
