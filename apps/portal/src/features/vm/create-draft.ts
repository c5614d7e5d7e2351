import { VmCreateInput } from '@vireo/contracts';
import { z } from 'zod';

export const CREATE_STEPS = ['placement', 'compute', 'storage', 'network', 'review'] as const;
export type CreateStep = (typeof CREATE_STEPS)[number];

/** What the wizard's fields hold, numbers as typed. Choices name files and bridges, not ids: the same image has one id per host. */
export const CreateDraft = z.strictObject({
  name: z.string(),
  description: z.string(),
  /** '' = automatic. */
  hostId: z.string(),
  vcpus: z.string(),
  memory: z.string(),
  memoryUnit: z.enum(['MiB', 'GiB']),
  source: z.enum(['disk', 'iso', 'blank']),
  imagePath: z.string(),
  /** '' = automatic. */
  datastorePath: z.string(),
  /** '' = as large as the image. */
  diskGiB: z.string(),
  /** '' = the host's first bridge. */
  network: z.string(),
  vlan: z.string(),
  firmware: z.enum(['bios', 'uefi', 'uefiSecureBoot']),
  start: z.boolean(),
});
export type CreateDraft = z.infer<typeof CreateDraft>;

const NAME_LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';

/** A name that is most likely free. `random` gives numbers in [0, 1). */
export function suggestName(random: () => number): string {
  const letters = Array.from({ length: 4 }, () => NAME_LETTERS[Math.floor(random() * NAME_LETTERS.length)]);
  return `vm-${letters.join('')}`;
}

export function newDraft({ hostId, name }: { hostId: string; name: string }): CreateDraft {
  return {
    name,
    description: '',
    hostId,
    vcpus: '1',
    memory: '512',
    memoryUnit: 'MiB',
    source: 'disk',
    imagePath: '',
    datastorePath: '',
    diskGiB: '',
    network: '',
    vlan: '',
    firmware: 'bios',
    start: true,
  };
}

/** A draft as sessionStorage kept it; null when it is absent or of another make. */
export function parseDraft(stored: string | null): CreateDraft | null {
  if (!stored) return null;
  try {
    const parsed = CreateDraft.safeParse(JSON.parse(stored));
    return parsed.success ? parsed.data : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

export interface PathOnHost {
  id: string;
  hostId: string;
  path: string;
}

/** The id that a path has on the chosen host, or on any host when placement is automatic. */
export function idOfPath(options: readonly PathOnHost[], path: string, hostId: string): string | undefined {
  return options.find((option) => option.path === path && (hostId === '' || option.hostId === hostId))?.id;
}

/** One entry per path, of the chosen host only or of all; `hostCount` = on how many hosts it is. */
export function byPath<Option extends PathOnHost>(
  options: readonly Option[],
  hostId: string,
): (Option & { hostCount: number })[] {
  const paths = new Map<string, Option & { hostCount: number }>();
  for (const option of options) {
    if (hostId !== '' && option.hostId !== hostId) continue;
    const known = paths.get(option.path);
    if (known) known.hostCount += 1;
    else paths.set(option.path, { ...option, hostCount: 1 });
  }
  return [...paths.values()];
}

/**
 * The draft with the image it would take: the chosen one where it exists, else the first of its kind on the host.
 * So the wizard begins with a good VM, and changing the host never leaves an image behind that it lacks.
 */
export function withImage(
  draft: CreateDraft,
  images: readonly (PathOnHost & { kind: 'disk' | 'iso' })[],
): CreateDraft {
  if (draft.source === 'blank') return draft;
  const offered = byPath(
    images.filter((image) => image.kind === draft.source),
    draft.hostId,
  );
  if (offered.some((image) => image.path === draft.imagePath)) return draft;
  return { ...draft, imagePath: offered[0]?.path ?? '' };
}

/** `undefined` for an empty field, NaN for what is no number. */
function numberIn(text: string): number | undefined {
  return text.trim() === '' ? undefined : Number(text);
}

export type CreateField = keyof CreateDraft;

/** A refused field: by zod's issue code, so that the page can word it in the reader's language. */
export interface DraftProblem {
  code: string;
  params: Record<string, string | number>;
}

export interface DraftReading {
  /** null while a field is refused. */
  input: VmCreateInput | null;
  problems: Partial<Record<CreateField, DraftProblem>>;
}

const FIELD_OF_INPUT: Readonly<Record<string, CreateField>> = {
  memoryMiB: 'memory',
  imageId: 'imagePath',
  datastoreId: 'datastorePath',
};

function problemOf(issue: z.core.$ZodIssue): DraftProblem {
  if (issue.code === 'too_small') return { code: 'too_small', params: { limit: Number(issue.minimum) } };
  if (issue.code === 'too_big') return { code: 'too_big', params: { limit: Number(issue.maximum) } };
  return { code: issue.code, params: {} };
}

/** Reads the draft with the operation's own schema. */
export function readDraft(
  draft: CreateDraft,
  known: { images: readonly PathOnHost[]; datastores: readonly PathOnHost[] },
): DraftReading {
  const memory = numberIn(draft.memory);
  const imageId =
    draft.source === 'blank' ? undefined : idOfPath(known.images, draft.imagePath, draft.hostId);
  const candidate = {
    name: draft.name,
    description: draft.description,
    vcpus: numberIn(draft.vcpus) ?? Number.NaN,
    memoryMiB: memory === undefined ? Number.NaN : memory * (draft.memoryUnit === 'GiB' ? 1024 : 1),
    hostId: draft.hostId || undefined,
    imageId,
    diskGiB: numberIn(draft.diskGiB),
    datastoreId: draft.datastorePath
      ? idOfPath(known.datastores, draft.datastorePath, draft.hostId)
      : undefined,
    network: draft.network || undefined,
    vlan: draft.network === 'none' ? undefined : numberIn(draft.vlan),
    firmware: draft.firmware,
    start: draft.start,
  };
  const parsed = VmCreateInput.safeParse(candidate);
  const problems: DraftReading['problems'] = {};
  for (const issue of parsed.success ? [] : parsed.error.issues) {
    const field = String(issue.path[0] ?? 'name');
    const draftField = FIELD_OF_INPUT[field] ?? CreateDraft.keyof().safeParse(field).data;
    if (draftField && !problems[draftField]) problems[draftField] = problemOf(issue);
  }
  if (draft.source !== 'blank' && !imageId) problems.imagePath = { code: 'missing', params: {} };
  if (draft.source !== 'disk' && draft.diskGiB.trim() === '')
    problems.diskGiB = { code: 'missing', params: {} };
  const isGood = parsed.success && Object.keys(problems).length === 0;
  return { input: isGood ? parsed.data : null, problems };
}

const STEP_OF_FIELD: Record<CreateField, CreateStep> = {
  name: 'placement',
  description: 'placement',
  hostId: 'placement',
  vcpus: 'compute',
  memory: 'compute',
  memoryUnit: 'compute',
  firmware: 'compute',
  source: 'storage',
  imagePath: 'storage',
  datastorePath: 'storage',
  diskGiB: 'storage',
  network: 'network',
  vlan: 'network',
  start: 'review',
};

/** The steps that hold a refused field. */
export function stepsWithProblems(problems: DraftReading['problems']): Set<CreateStep> {
  const fields = CreateDraft.keyof().options.filter((field) => problems[field]);
  return new Set(fields.map((field) => STEP_OF_FIELD[field]));
}
