import { z } from 'zod';

/**
 * One page of a list. `filter` is words and `field:value` terms parted by blanks, all of which must hold:
 * `web state:running host:cna01`; a word matches the name anywhere, without regard to case; `"two words"` quotes.
 * `sort` is a field, with `-` before it for descending. `cursor` is what the last page gave.
 */
export const ListInput = z.strictObject({
  filter: z.string().max(500).default(''),
  sort: z.string().max(40).default('name'),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  cursor: z.string().max(2000).optional(),
});
export type ListInput = z.infer<typeof ListInput>;

/** Shape of every list answer. `total` counts all that the filter leaves. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable(), total: z.number().int() });
}
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
  total: number;
}
