import { z } from 'zod';
import { hostOutputError } from '../host-output-error.ts';
import { jsonOf } from '../json.ts';

/** The OVSDB table format of `ovs-vsctl --format=json` (RFC 7047 values). */
const OvsTable = z.object({ headings: z.array(z.string()), data: z.array(z.array(z.unknown())) });

/** Values of one column of strings. */
export function ovsColumn(text: string, column: string): string[] {
  const parsed = OvsTable.safeParse(jsonOf('ovs-vsctl', text));
  if (!parsed.success) throw hostOutputError('ovs-vsctl', 'unexpected JSON', parsed.error.message);
  const index = parsed.data.headings.indexOf(column);
  return parsed.data.data.map((row) => row[index]).filter((value) => typeof value === 'string');
}
