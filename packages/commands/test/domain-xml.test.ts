import { readFileSync, writeFileSync } from 'node:fs';
import { HostOutputError, parseDomainXml, renderDomainXml } from '@vireo/commands';
import { Description, type VmHardware, VmId, VmName } from '@vireo/contracts';
import { HOSTILE_STRINGS } from '@vireo/contracts/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GOLDEN_VMS, plainHardware } from './golden-vms.ts';

const id = VmId.parse('0a1b2c3d-0000-4000-8000-000000000001');

/** Writes the golden files anew: for a change that is meant, looked at in the diff. */
const isUpdating = process.env.VIREO_UPDATE_GOLDEN === '1';

describe('domain XML', () => {
  it.each(GOLDEN_VMS)('of "$file" is the golden one, and reads back as the model', ({ file, vm }) => {
    const url = new URL(`./golden/${file}.xml`, import.meta.url);
    const xml = renderDomainXml(vm);
    if (isUpdating) writeFileSync(url, xml);
    expect(xml).toBe(readFileSync(url, 'utf8'));
    const read = parseDomainXml(xml);
    expect(read).toEqual({ ...vm, xml });
  });

  const names = HOSTILE_STRINGS.filter((text) => VmName.safeParse(text).success);
  const descriptions = HOSTILE_STRINGS.filter((text) => Description.safeParse(text).success);

  it('gives hostile names and descriptions back word for word', () => {
    expect(names.length + descriptions.length).toBeGreaterThan(200);
    for (const text of new Set([...names, ...descriptions])) {
      const name = VmName.safeParse(text).success ? text : 'x';
      const description = Description.safeParse(text).success ? text : '';
      const read = parseDomainXml(renderDomainXml({ id, name, description, hardware: plainHardware }));
      expect({ name: read.name, description: read.description }).toEqual({ name, description });
      expect(read.hardware).toEqual(plainHardware);
    }
  });

  it('gives any text back, and nothing in it changes the hardware', () => {
    const text = fc
      .array(fc.oneof(fc.constantFrom(...descriptions), fc.string({ unit: 'grapheme' })), { maxLength: 5 })
      .map((parts) => parts.join(''))
      .filter((joined) => Description.safeParse(joined).success);
    fc.assert(
      fc.property(text, (description) => {
        const read = parseDomainXml(renderDomainXml({ id, name: 'x', description, hardware: plainHardware }));
        expect(read.description).toBe(description);
        expect(read.hardware).toEqual(plainHardware);
      }),
      { numRuns: 200 },
    );
  });

  it('of hostile paths and bridges keeps them inert', () => {
    for (const text of HOSTILE_STRINGS.filter((one) => one !== '' && Description.safeParse(one).success)) {
      const hardware: VmHardware = {
        ...plainHardware,
        disks: plainHardware.disks.map((disk) => ({ ...disk, path: `/x/${text}` })),
        nics: plainHardware.nics.map((nic) => ({ ...nic, network: text })),
      };
      expect(parseDomainXml(renderDomainXml({ id, name: 'x', description: '', hardware })).hardware).toEqual(
        hardware,
      );
    }
  });

  it.each(['\u0000', '\u0007', '\uffff', '\ud800'])(
    'is not made of text that XML cannot hold: %j',
    (text) => {
      expect(() =>
        renderDomainXml({ id, name: `x${text}`, description: '', hardware: plainHardware }),
      ).toThrow();
    },
  );
});

describe('domain XML from a host', () => {
  const good = renderDomainXml({ id, name: 'x', description: '', hardware: plainHardware });

  it.each([
    ['empty', ''],
    ['not XML', 'error: failed'],
    ['cut', good.slice(0, 400)],
    ['another root', '<network><name>x</name></network>'],
    ['two roots', `${good}${good}`],
    ['a DOCTYPE', `<!DOCTYPE domain>${good}`],
    [
      'an entity of its own',
      `<!DOCTYPE domain [<!ENTITY e SYSTEM "file:///etc/passwd">]>${good.replace('>x<', '>&e;<')}`,
    ],
    ['an unknown entity', good.replace('<name>x<', '<name>&e;<')],
    ['no uuid', good.replace(/<uuid>.*<\/uuid>/, '')],
    ['a uuid that is none', good.replace(/<uuid>.*<\/uuid>/, '<uuid>13</uuid>')],
    ['too long', good.replace('<name>x<', `<name>${'x'.repeat(9_000_000)}<`)],
  ])('is refused: %s', (_what, xml) => {
    expect(() => parseDomainXml(xml)).toThrow(HostOutputError);
  });

  it('may hold what looks like a DOCTYPE as text', () => {
    const xml = good.replace('<name>x<', '<name><![CDATA[<!DOCTYPE x>]]>&#x41;&lt;<');
    expect(parseDomainXml(xml).name).toBe('<!DOCTYPE x>A<');
  });

  it('knows the backing chain of a running VM', () => {
    const live = readFileSync(new URL('./fixtures/libvirt-9.0/domain-live.xml', import.meta.url), 'utf8');
    expect(parseDomainXml(live.trim()).hardware.disks[0]?.backingPaths).toEqual([
      '/srv/shared/images/vireo-guest.qcow2',
    ]);
  });
});
