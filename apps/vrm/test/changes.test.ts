import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Running, randomId, startRunning } from './running.ts';

let running: Running;
let cookie: string;
beforeEach(async () => {
  running = await startRunning();
  await running.addUser('victor', 'readOnly');
  cookie = await running.cookieOf('victor');
});
afterEach(() => running.stop());

function change(): string {
  const objectId = randomId();
  const id = String(running.memory.changes.length + 1);
  running.memory.changes.push({ id, kind: 'vm', objectId, what: 'upserted' });
  return objectId;
}

/** Follows the feed, keeping what came as text until it ends. */
async function follow(
  lastEventId?: string,
): Promise<{ text: () => string; ended: Promise<void>; stop: () => void }> {
  const abort = new AbortController();
  const input = encodeURIComponent(JSON.stringify(lastEventId ? { lastEventId } : {}));
  const answer = await fetch(`${running.url}/api/trpc/change.follow?input=${input}`, {
    headers: { cookie, accept: 'text/event-stream' },
    signal: abort.signal,
  });
  expect(answer.headers.get('content-type')).toContain('text/event-stream');
  let text = '';
  const ended = (async () => {
    const decoder = new TextDecoder();
    try {
      for await (const chunk of answer.body ?? []) text += decoder.decode(chunk, { stream: true });
    } catch (error) {
      if (!abort.signal.aborted) throw error;
    }
  })();
  return { text: () => text, ended, stop: () => abort.abort() };
}

describe('the change feed', () => {
  it('tells where to resume, then what changes, with ids', async () => {
    const feed = await follow();
    await expect.poll(feed.text).toContain('id: 0');
    const objectId = change();
    await expect.poll(feed.text).toContain(objectId);
    expect(feed.text()).toContain('id: 1');
    feed.stop();
    await feed.ended;
  });

  it('replays what came after the last id that was seen', async () => {
    const first = change();
    const second = change();
    const feed = await follow('1');
    await expect.poll(feed.text).toContain(second);
    expect(feed.text()).not.toContain(first);
    feed.stop();
    await feed.ended;
  });

  it('ends within 5 s of the session', async () => {
    const feed = await follow();
    const startedAt = Date.now();
    running.memory.sessions = [];
    await feed.ended;
    expect(Date.now() - startedAt).toBeLessThan(5_500);
  });

  it('is not for those who are not signed in', async () => {
    const answer = await fetch(`${running.url}/api/trpc/change.follow?input=%7B%7D`, {
      headers: { accept: 'text/event-stream' },
    });
    expect(await answer.text()).toContain('auth.required');
  });
});
