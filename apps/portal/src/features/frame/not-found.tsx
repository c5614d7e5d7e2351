'use client';

import { Button } from '@vireo/ui/button';
import { EmptyState } from '@vireo/ui/empty-state';
import { Compass } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';

export function NotFound() {
  const t = useTranslations('frame');
  return (
    <EmptyState
      icon={<Compass size={36} strokeWidth={1.5} />}
      title={<h1>{t('notFound')}</h1>}
      actions={
        <Button asChild look="primary">
          <Link href="/">{t('toHome')}</Link>
        </Button>
      }
    >
      <title>{`${t('notFound')} – Vireo`}</title>
      {t('notFoundHint')}
    </EmptyState>
  );
}
