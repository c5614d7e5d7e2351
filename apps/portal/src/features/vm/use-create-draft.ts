'use client';

import { useCallback, useEffect, useState } from 'react';
import { type CreateDraft, newDraft, parseDraft, suggestName } from './create-draft.ts';

const STORAGE_KEY = 'vireo.vmCreate';

export interface CreateDraftState {
  /** null until the tab's storage was read. */
  draft: CreateDraft | null;
  change(part: Partial<CreateDraft>): void;
  startOver(): void;
  /** The VM is being created: the next one begins afresh. */
  forget(): void;
}

const freshDraft = (hostId: string) => newDraft({ hostId, name: suggestName(Math.random) });

/** The wizard's entries, kept in the tab until the VM is created. `hostId` '' = none was asked for. */
export function useCreateDraft(hostId: string): CreateDraftState {
  const [draft, setDraft] = useState<CreateDraft | null>(null);

  useEffect(() => {
    const stored = parseDraft(sessionStorage.getItem(STORAGE_KEY)) ?? freshDraft(hostId);
    setDraft(hostId ? { ...stored, hostId } : stored);
  }, [hostId]);

  useEffect(() => {
    if (draft) sessionStorage.setItem(STORAGE_KEY, JSON.stringify(draft));
  }, [draft]);

  return {
    draft,
    change: useCallback((part) => setDraft((old) => old && { ...old, ...part }), []),
    startOver: useCallback(() => setDraft(freshDraft(hostId)), [hostId]),
    forget: useCallback(() => sessionStorage.removeItem(STORAGE_KEY), []),
  };
}
