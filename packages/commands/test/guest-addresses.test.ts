import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { guestAddresses, HostOutputError, scriptCall } from '@vireo/commands';
import { VmId } from '@vireo/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recorded } from './fixture.ts';

const idOf = (number: number) => VmId.parse(`addaadda-0000-4000-8000-${String(number).padStart(12, '0')}`);
const [HUNG, ANSWERS, ABSENT] = [idOf(1), idOf(2), idOf(3)];
const NONCE = '66098936-160e-4849-bbab-96c2a0a2f245';

describe('addresses of guests', () => {
  const { command, parse } = guestAddresses([HUNG, ANSWERS, ABSENT]);
  const said = (text: string) =>
    parse({
      stdout: `${NONCE}\n${text}\n${NONCE} interfaces ${ANSWERS} 0\n${NONCE} end 0\n`,
      stderr: '',
      exitCode: 0,
    });
  const saying = (...addresses: unknown[]) =>
    said(JSON.stringify({ return: [{ name: 'a', 'ip-addresses': addresses }, { name: 'b' }] })).get(ANSWERS);
  const at = (address: unknown) => ({ 'ip-address-type': 'ipv4', 'ip-address': address, prefix: 24 });

  it('are asked in one round trip', () => {
    expect(scriptCall(command.argv)).toEqual({ name: 'GUEST_INTERFACES', args: [HUNG, ANSWERS, ABSENT] });
    expect(command.effect).toBe('read');
  });

  it('are those of all interfaces but loopback; who gives no answer is left out', () => {
    expect(parse(recorded('libvirt-9.0/guest-interfaces.txt'))).toEqual(
      new Map([[ANSWERS, ['10.97.0.239', '10.97.0.77', '2001:db8::77']]]),
    );
  });

  it('are IPv4 before IPv6, each once, and only what is of use', () => {
    const useless = ['127.0.0.53', '::1', 'fe80::1', '0.0.0.0', '::'].map(at);
    expect(saying(at('2001:db8::1'), at('10.0.0.2'), ...useless, at('10.0.0.1'), at('10.0.0.2'))).toEqual([
      '10.0.0.2',
      '10.0.0.1',
      '2001:db8::1',
    ]);
    expect(saying()).toEqual([]);
  });

  it('are not what a hostile guest likes to call an address', () => {
    expect(
      saying(
        at('$(id)'),
        at('<b>'),
        at(''),
        at('10.0.0.1; reboot'),
        at('fd00::1%eth0'),
        at('fd00::1\n'),
        at('::ffff:999.1.1.1'),
      ),
    ).toEqual([]);
    expect(saying(...Array.from({ length: 250 }, (_, n) => at(`10.0.0.${n}`)))).toHaveLength(64);
    expect(saying(at(5))).toBeUndefined();
    for (const text of ['', '{}', '[]', '{"return":[{"name":"eth0","ip-addr', '{"error":{"class":"x"}}'])
      expect(said(text)).toEqual(new Map());
  });

  it('are refused as a whole when the output was cut', () => {
    const whole = recorded('libvirt-9.0/guest-interfaces.txt').stdout;
    for (const stdout of [
      '',
      'garbage\n',
      whole.slice(0, 700),
      whole.slice(0, whole.indexOf(`${NONCE} end`)),
    ])
      expect(() => parse({ stdout, stderr: '', exitCode: 0 })).toThrow(HostOutputError);
  });
});

describe('the script that asks guest agents', () => {
  let bin = '';
  beforeAll(() => {
    bin = mkdtempSync(join(tmpdir(), 'vireo-agents-'));
    // Answers at length, so that a lane fills its pipe; the agent of the first hangs.
    const script = `#!/bin/sh
case "$*" in *"${idOf(1)}"*) exec sleep 30 ;; *"${idOf(6)}"*) exit 1 ;; esac
printf '{"return":[{"name":"%60000s","ip-addresses":[{"ip-address":"10.0.0.%s"}]}]}' x "$(printf "%s" "$5" | sed "s/.*-0*//")"\n`;
    writeFileSync(join(bin, 'virsh'), script);
    chmodSync(join(bin, 'virsh'), 0o755);
  });
  afterAll(() => rmSync(bin, { recursive: true }));

  it('hears all the others while one hangs, and mixes nothing up', () => {
    const ids = Array.from({ length: 24 }, (_, index) => idOf(index + 1));
    const { command, parse } = guestAddresses(ids);
    const [program = '', ...args] = command.argv;
    const began = performance.now();
    const done = spawnSync(program, args, {
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
      env: { PATH: `${bin}:${process.env.PATH}`, LC_ALL: 'C' },
    });
    expect(performance.now() - began).toBeLessThan(12_000);
    const heard = parse({ stdout: done.stdout, stderr: done.stderr, exitCode: done.status });
    const silent: VmId[] = [idOf(1), idOf(6)];
    expect([...heard.keys()].sort()).toEqual(ids.filter((id) => !silent.includes(id)));
    for (const [id, addresses] of heard) expect(addresses).toEqual([`10.0.0.${Number(id.slice(-4))}`]);
  });
});
