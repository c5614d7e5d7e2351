'use client';

import { Button } from '@vireo/ui/button';
import { EmptyState } from '@vireo/ui/empty-state';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useSession } from '@/data/session.tsx';
import { PageHeader } from '../frame/page-header.tsx';
import { useCreateOptions } from './create-options.ts';
import { CreateWizard } from './create-wizard.tsx';

/** The page of the create wizard. `?hostId=` chooses the host. */
export function CreateVmPage() {
  const t = useTranslations('vm.wizard');
  const tVm = useTranslations('vm');
  const session = useSession();
  const params = useSearchParams();
  const options = useCreateOptions();
  if (!session.may('vm.create')) return <EmptyState title={t('notAllowed')} />;
  if (!options.isLoading && options.hosts.length === 0) {
    return (
      <EmptyState
        title={t('noHosts.title')}
        actions={
          <Button look="primary" asChild>
            <Link href="/hosts/new">{t('noHosts.action')}</Link>
          </Button>
        }
      >
        {t('noHosts.text')}
      </EmptyState>
    );
  }
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-auto">
      <PageHeader title={t('title')} crumbs={[{ label: tVm('title'), href: '/vms' }]} />
      <div className="px-4 pb-4">
        <CreateWizard hostId={params.get('hostId') ?? ''} />
      </div>
    </div>
  );
}
