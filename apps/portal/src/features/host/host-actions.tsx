'use client';

import type { HostView } from '@vireo/contracts';
import { KeyRound, PencilLine, Trash2 } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { useSession } from '@/data/session';
import { type Action, ActionMenu } from '@/features/operation/action-menu';
import { mayDoHost } from './may-do-host.ts';

const RemoveHostDialog = dynamic(
  () => import('./remove-host-dialog.tsx').then((module) => module.RemoveHostDialog),
  { ssr: false },
);
const RenameHostDialog = dynamic(
  () => import('./rename-host-dialog.tsx').then((module) => module.RenameHostDialog),
  { ssr: false },
);
const TrustKeyDialog = dynamic(
  () => import('./trust-key-dialog.tsx').then((module) => module.TrustKeyDialog),
  { ssr: false },
);

type Asking = 'host.rename' | 'host.trustKey' | 'host.remove';

/** What can be done to a host, with the dialogs that ask for it. */
export function HostActions({ host, isCompact = false }: { host: HostView; isCompact?: boolean }) {
  const { user } = useSession();
  const [asking, setAsking] = useState<Asking | null>(null);
  const close = () => setAsking(null);
  const action = (operation: Asking, more: Partial<Action>): Action => ({
    operation,
    mayDo: mayDoHost(operation, host, user.role),
    onSelect: () => setAsking(operation),
    ...more,
  });
  return (
    <>
      <ActionMenu
        objectName={host.name}
        isCompact={isCompact}
        actions={[
          action('host.rename', { icon: <PencilLine size={14} /> }),
          action('host.trustKey', { icon: <KeyRound size={14} /> }),
          action('host.remove', { icon: <Trash2 size={14} />, isDanger: true, isSeparated: true }),
        ]}
      />
      {asking === 'host.rename' && <RenameHostDialog host={host} onClose={close} />}
      {asking === 'host.trustKey' && <TrustKeyDialog host={host} onClose={close} />}
      {asking === 'host.remove' && <RemoveHostDialog host={host} onClose={close} />}
    </>
  );
}
