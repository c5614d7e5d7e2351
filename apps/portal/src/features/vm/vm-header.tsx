'use client';

import type { VmView } from '@vireo/contracts';
import { Button, IconButton } from '@vireo/ui/button';
import { Menu } from '@vireo/ui/menu';
import { ChevronDown, ListChecks, Monitor } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useSession } from '@/data/session.tsx';
import { useSay } from '@/i18n/use-say.ts';
import { PageHeader } from '../frame/page-header.tsx';
import { useVmActions } from './use-vm-actions.tsx';
import { VM_ACTION_ICONS } from './vm-action-icon.tsx';
import { VM_ACTIONS, type VmAction } from './vm-actions.ts';
import { VmStateBadge } from './vm-state-badge.tsx';

const MAIN: readonly VmAction[] = ['vm.start', 'vm.shutdown'];

/** Where the VM is, its name with its state, and what can be done with it. */
export function VmHeader({ vm, onConsole }: { vm: VmView; onConsole: () => void }) {
  const t = useTranslations('vm');
  const say = useSay();
  const session = useSession();
  const actions = useVmActions();
  return (
    <>
      <PageHeader
        title={vm.name}
        crumbs={[
          { label: t('title'), href: '/vms' },
          { label: vm.hostName, href: `/hosts/${vm.hostId}` },
        ]}
        state={<VmStateBadge state={vm.state} isBusy={vm.busy !== null} />}
        actions={
          <>
            {MAIN.map((action) => (
              <Button
                key={action}
                icon={VM_ACTION_ICONS[action]}
                disabledReason={actions.reasonAgainst(action, vm)}
                onClick={() => actions.run(action, vm)}
              >
                {say({ key: `operations.${action}` })}
              </Button>
            ))}
            <Button
              icon={<Monitor size={14} />}
              disabledReason={session.may('vm.console') ? null : t('consoleNotAllowed')}
              onClick={onConsole}
            >
              {t('openConsole')}
            </Button>
            <Menu
              align="end"
              items={actions.menuItems(
                vm,
                VM_ACTIONS.filter((action) => !MAIN.includes(action)),
              )}
              trigger={
                <Button aria-label={t('actionsOf', { name: vm.name })}>
                  {t('columns.actions')}
                  <ChevronDown size={14} aria-hidden />
                </Button>
              }
            />
            <Menu
              align="end"
              header={t('action.preview')}
              items={VM_ACTIONS.map((action) => ({
                id: action,
                label: say({ key: `operations.${action}` }),
                icon: VM_ACTION_ICONS[action],
                disabledReason: actions.reasonAgainst(action, vm),
                onSelect: () => actions.preview(action, vm),
              }))}
              trigger={<IconButton label={t('action.preview')} icon={<ListChecks size={16} />} />}
            />
          </>
        }
      />
      {actions.dialog}
    </>
  );
}
