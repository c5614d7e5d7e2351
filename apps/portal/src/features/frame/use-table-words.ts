'use client';

import type { DataTableWords } from '@vireo/ui/data-table';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';

/** The words that every `DataTable` needs. */
export function useTableWords(): DataTableWords {
  const t = useTranslations('common');
  return useMemo(
    () => ({
      columns: t('columns'),
      resetColumns: t('resetColumns'),
      selectAll: t('selectAll'),
      selectRow: (name) => t('selectRow', { name }),
      sortBy: (column) => t('sortBy', { column }),
      loadingMore: t('loadingMore'),
      loading: t('loading'),
    }),
    [t],
  );
}
