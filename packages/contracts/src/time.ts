import { z } from 'zod';

/** A moment as the API gives it: ISO 8601 in UTC. */
export const IsoTime = z.iso.datetime();
