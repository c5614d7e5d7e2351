import { domainEvents } from '@vireo/commands';
import { describe, expect, it } from 'vitest';
import { recorded } from './fixture.ts';

const eventsIn = (name: string) =>
  recorded(name)
    .stdout.split('\n')
    .map((line) => domainEvents.parse(line))
    .filter((event) => event !== null);

describe('events', () => {
  it('are read as libvirt 9 words them', () => {
    const events = eventsIn('libvirt-9.0/events.txt');
    expect(new Set(events.map((event) => event.domainName))).toEqual(new Set(["plan 'x' $(id)"]));
    expect(events.filter((event) => event.event === 'lifecycle').map((event) => event.detail)).toEqual([
      'Suspended Paused',
      'Resumed Unpaused',
      'Shutdown Finished after host request',
      'Stopped Destroyed',
      'Resumed Unpaused',
      'Started Booted',
      'Defined Added',
      'Resumed Unpaused',
      'Started Booted',
    ]);
    expect(events[0]).toEqual({ event: 'reboot', domainName: "plan 'x' $(id)", detail: '' });
    expect(events.find((event) => event.event === 'agent-lifecycle')?.detail).toBe(
      "state: 'disconnected' reason: 'domain started'",
    );
  });

  it('are read as older versions word them, without quotes', () => {
    expect(eventsIn('libvirt-7.0/events.txt').slice(0, 2)).toEqual([
      { event: 'lifecycle', domainName: 'web 1', detail: 'Started Booted' },
      { event: 'lifecycle', domainName: '13', detail: 'Stopped Shutdown' },
    ]);
  });

  it('find the name also where it looks like the line itself', () => {
    expect(
      domainEvents.parse("event 'lifecycle' for domain ''x': Started Booted': Stopped Destroyed"),
    ).toEqual({
      event: 'lifecycle',
      domainName: "'x': Started Booted",
      detail: 'Stopped Destroyed',
    });
  });

  it.each(['', 'events received: 4', 'event loop interrupted', '\toperation: 3', '\u001b[31m'])(
    'are hints only: %j tells nothing',
    (line) => {
      expect(domainEvents.parse(line)).toBeNull();
    },
  );
});
