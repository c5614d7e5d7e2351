import { describe, expect, it } from 'vitest';
import {
  byPath,
  newDraft,
  parseDraft,
  readDraft,
  stepsWithProblems,
  suggestName,
} from '../src/features/vm/create-draft.ts';

const HOST_A = '11111111-1111-4111-8111-111111111111';
const HOST_B = '22222222-2222-4222-8222-222222222222';
const IMAGE_A = '33333333-3333-4333-8333-333333333333';
const IMAGE_B = '44444444-4444-4444-8444-444444444444';
const PATH = '/srv/images/guest.qcow2';
const known = {
  images: [
    { id: IMAGE_A, hostId: HOST_A, path: PATH },
    { id: IMAGE_B, hostId: HOST_B, path: PATH },
  ],
  datastores: [],
};
const draft = { ...newDraft({ hostId: '', name: 'vm-test' }), imagePath: PATH };

describe('the draft of a new VM', () => {
  it('is good as it begins, once there is an image', () => {
    const { input, problems } = readDraft(draft, known);
    expect(problems).toEqual({});
    expect(input).toMatchObject({ name: 'vm-test', vcpus: 1, memoryMiB: 512, imageId: IMAGE_A, start: true });
    expect(input?.hostId).toBeUndefined();
  });

  it('takes the chosen host’s own copy of an image', () => {
    expect(readDraft({ ...draft, hostId: HOST_B }, known).input?.imageId).toBe(IMAGE_B);
  });

  it('reads GiB', () => {
    expect(readDraft({ ...draft, memory: '1.5', memoryUnit: 'GiB' }, known).input?.memoryMiB).toBe(1536);
  });

  it('refuses beside the field', () => {
    const { input, problems } = readDraft(
      { ...draft, name: 'a/b', vcpus: '0', memory: 'much', vlan: '5000' },
      known,
    );
    expect(input).toBeNull();
    expect(Object.keys(problems).toSorted()).toEqual(['memory', 'name', 'vcpus', 'vlan']);
    expect(problems.vcpus).toEqual({ code: 'too_small', params: { limit: 1 } });
    expect([...stepsWithProblems(problems)].toSorted()).toEqual(['compute', 'network', 'placement']);
  });

  it('asks for a size where there is no image to take it from', () => {
    expect(readDraft({ ...draft, source: 'blank' }, known).problems.diskGiB?.code).toBe('missing');
    expect(readDraft({ ...draft, source: 'blank', diskGiB: '4' }, known).input).toMatchObject({ diskGiB: 4 });
  });

  it('drops the VLAN of a network that was taken away', () => {
    expect(readDraft({ ...draft, network: 'none', vlan: '12' }, known).input?.vlan).toBeUndefined();
  });

  it('survives a reload and nothing else', () => {
    expect(parseDraft(JSON.stringify(draft))).toEqual(draft);
    expect(parseDraft('{"name":"x"}')).toBeNull();
    expect(parseDraft('{')).toBeNull();
    expect(parseDraft(null)).toBeNull();
  });

  it('shows a shared file once', () => {
    expect(byPath(known.images, '')).toEqual([{ ...known.images[0], hostCount: 2 }]);
    expect(byPath(known.images, HOST_B)).toEqual([{ ...known.images[1], hostCount: 1 }]);
  });

  it('suggests a name', () => {
    expect(suggestName(() => 0)).toBe('vm-aaaa');
  });
});
