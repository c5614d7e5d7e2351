'use client';

import { type HostView, mayDoNow, operationFacts } from '@vireo/contracts';
import { Button } from '@vireo/ui/button';
import { Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useSession } from '@/data/session';
import { useReason } from '@/features/operation/action-menu';
import { useSay } from '@/i18n/use-say';

/** Leads to the create wizard with this host chosen. */
export function CreateVmButton({ host }: { host: HostView }) {
  const say = useSay();
  const reason = useReason();
  const router = useRouter();
  const { user } = useSession();
  const { connection } = host;
  const mayDo = mayDoNow(operationFacts('vm.create'), { role: user.role, connection, busy: null });
  return (
    <Button
      icon={<Plus size={15} aria-hidden />}
      disabledReason={reason(mayDo)}
      onClick={() => router.push(`/vms/new?hostId=${host.id}`)}
    >
      {say({ key: 'operations.vm.create' })}
    </Button>
  );
}
