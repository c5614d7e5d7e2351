'use client';

import type { Language } from '@vireo/contracts';
import { createContext } from 'react';

/** The domain's words in the reader's language; the page brings them, so no script carries the other one. */
export const DomainWords = createContext<Language['words']>({});
