'use client';

import { mayDoNow, operationFacts } from '@vireo/contracts';
import { Button } from '@vireo/ui/button';
import { Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useSession } from '@/data/session';
import { useReason } from '@/features/operation/action-menu';

export function AddHostButton() {
  const t = useTranslations('frame');
  const router = useRouter();
  const reason = useReason();
  const { user } = useSession();
  const mayDo = mayDoNow(operationFacts('host.add'), {
    role: user.role,
    connection: 'connected',
    busy: null,
  });
  return (
    <Button
      look="primary"
      icon={<Plus size={15} aria-hidden />}
      disabledReason={reason(mayDo)}
      onClick={() => router.push('/hosts/new')}
    >
      {t('addHost')}
    </Button>
  );
}
