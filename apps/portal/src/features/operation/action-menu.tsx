'use client';

import type { MayDo, OperationName } from '@vireo/contracts';
import { Button, IconButton } from '@vireo/ui/button';
import { Menu, type MenuItem } from '@vireo/ui/menu';
import { ChevronDown, EllipsisVertical } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useSay } from '@/i18n/use-say';

export interface Action {
  operation: OperationName;
  mayDo: MayDo;
  icon?: ReactNode;
  isDanger?: boolean;
  isSeparated?: boolean;
  onSelect: () => void;
}

/** The reason in the reader's words, or null when it may be done. */
export function useReason(): (mayDo: MayDo) => string | null {
  const say = useSay();
  return (mayDo) => (mayDo.isAllowed ? null : say(mayDo.reason));
}

/** One action as a button: disabled with its reason, never hidden. */
export function ActionButton({
  action,
  look,
}: {
  action: Action;
  look?: 'primary' | 'secondary' | 'danger';
}) {
  const say = useSay();
  const reason = useReason();
  return (
    <Button
      icon={action.icon}
      disabledReason={reason(action.mayDo)}
      onClick={action.onSelect}
      {...(look && { look })}
    >
      {say({ key: `operations.${action.operation}` })}
    </Button>
  );
}

/** All actions of an object in a menu; those that can't be done now stay and say why. */
export function ActionMenu({
  actions,
  objectName,
  isCompact = false,
}: {
  actions: readonly Action[];
  objectName: string;
  /** Only three dots (in table rows). */
  isCompact?: boolean;
}) {
  const t = useTranslations('operation');
  const say = useSay();
  const reason = useReason();
  const items: MenuItem[] = actions.map((action) => ({
    id: action.operation,
    label: say({ key: `operations.${action.operation}` }),
    icon: action.icon,
    disabledReason: reason(action.mayDo),
    isDanger: action.isDanger ?? false,
    isSeparated: action.isSeparated ?? false,
    onSelect: action.onSelect,
  }));
  const label = t('actionsFor', { name: objectName });
  return (
    <Menu
      align="end"
      items={items}
      trigger={
        isCompact ? (
          <IconButton label={label} size="small" icon={<EllipsisVertical size={15} />} />
        ) : (
          <Button aria-label={label}>
            {t('actions')}
            <ChevronDown size={14} aria-hidden />
          </Button>
        )
      }
    />
  );
}
