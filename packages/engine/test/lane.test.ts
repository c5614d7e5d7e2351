import { expect, it, vi } from 'vitest';
import { Lane } from '../src/watch/lane.ts';

function gated() {
  let open: () => void = () => undefined;
  let runs = 0;
  let most = 0;
  let now = 0;
  const lane = new Lane(async () => {
    runs += 1;
    now += 1;
    most = Math.max(most, now);
    await new Promise<void>((resolve) => {
      open = resolve;
    });
    now -= 1;
  });
  return { lane, open: () => open(), runs: () => runs, most: () => most };
}

it('puts requests together and never runs twice at once', async () => {
  const { lane, open, runs, most } = gated();
  const first = [lane.request(), lane.request(5), lane.request(1000)];
  await vi.waitFor(() => expect(runs()).toBe(1));
  const later = lane.request();
  const laterToo = lane.request(50);
  open();
  await Promise.all(first);
  await vi.waitFor(() => expect(runs()).toBe(2));
  open();
  await Promise.all([later, laterToo]);
  expect([runs(), most()]).toEqual([2, 1]);
});

it('answers a request that came during a run by the next run only', async () => {
  const { lane, open, runs } = gated();
  void lane.request();
  await vi.waitFor(() => expect(runs()).toBe(1));
  let isServed = false;
  const second = lane.request().then(() => {
    isServed = true;
  });
  open();
  await vi.waitFor(() => expect(runs()).toBe(2));
  expect(isServed).toBe(false);
  open();
  await second;
});

it('lets everybody go when it is stopped', async () => {
  const { lane, runs } = gated();
  const waiting = lane.request(1000);
  lane.stop();
  await waiting;
  await lane.request();
  expect(runs()).toBe(0);
});
