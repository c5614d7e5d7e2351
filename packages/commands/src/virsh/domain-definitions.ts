import { VmId } from '@vireo/contracts';
import { readingCommand, scriptArgv } from '../command.ts';
import { parseDomainXml } from '../domain-xml/parse.ts';
import { DOMAIN_DEFINITIONS } from '../scripts.ts';
import { type Section, sectionsOf } from '../sections.ts';
import { type DomainDefinition, HostOutputError, type ReadCommand } from '../types.ts';

/** Rows of `virsh domblkinfo --all`: target, capacity, allocation, physical, in bytes; `-` where unknown. */
function blockSizes(
  section: Section | undefined,
): Map<string, { sizeBytes: number; allocatedBytes: number }> {
  const sizes = new Map<string, { sizeBytes: number; allocatedBytes: number }>();
  for (const line of section?.text.split('\n') ?? []) {
    const row = /^ *(\S+) +(\d+) +(\d+) +\d+ *$/.exec(line);
    if (row) sizes.set(row[1] ?? '', { sizeBytes: Number(row[2]), allocatedBytes: Number(row[3]) });
  }
  return sizes;
}

function withSizes(definition: DomainDefinition, section: Section | undefined): DomainDefinition {
  const sizes = blockSizes(section);
  const disks = definition.hardware.disks.map((disk) => ({ ...disk, ...sizes.get(disk.target) }));
  return { ...definition, hardware: { ...definition.hardware, disks } };
}

/** null: XML that is not what libvirt promises. One such domain must not hide the others of its host. */
function definitionOf(xml: string): DomainDefinition | null {
  try {
    return parseDomainXml(xml.trim());
  } catch (error) {
    if (error instanceof HostOutputError) return null;
    throw error;
  }
}

/**
 * Definitions of many domains in one round trip: what their next start uses, with the disks' sizes. A domain that
 * vanished meanwhile, or whose XML makes no sense, is left out.
 */
export function domainDefinitions(ids: readonly VmId[]): ReadCommand<DomainDefinition[]> {
  const uuids = ids.map((id) => VmId.parse(id));
  return {
    command: readingCommand(scriptArgv(DOMAIN_DEFINITIONS, ...uuids), 30_000 + uuids.length * 500),
    parse({ stdout }) {
      const sections = new Map(
        sectionsOf('domain definitions', stdout).map((section) => [section.name, section]),
      );
      const autostart = new Set(sections.get('autostart -')?.text.split(/\s+/));
      const found: DomainDefinition[] = [];
      for (const id of uuids) {
        const xml = sections.get(`xml ${id}`);
        if (xml?.exitCode !== 0) continue;
        const parsed = definitionOf(xml.text);
        if (parsed?.id !== id) continue;
        const definition = withSizes(parsed, sections.get(`blocks ${id}`));
        found.push({
          ...definition,
          hardware: { ...definition.hardware, isAutostart: autostart.has(id) },
        });
      }
      return found;
    },
  };
}
