import { z } from 'zod';

/** A sentence by key and numbers: stored and sent like this, put into words where a person reads it. */
export const MessageRef = z.object({
  key: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
});
export interface MessageRef {
  key: string;
  params?: Readonly<Record<string, string | number>> | undefined;
}
