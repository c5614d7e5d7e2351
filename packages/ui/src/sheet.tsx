import { clsx } from 'clsx';
import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { IconButton } from './button.tsx';

export interface SheetProps {
  isOpen: boolean;
  onClose: () => void;
  title: ReactNode;
  closeLabel: string;
  side?: 'left' | 'right';
  /** Modal: the page behind can't be used meanwhile. A task drawer isn't. */
  isModal?: boolean;
  className?: string;
  actions?: ReactNode;
  children: ReactNode;
}

/** A panel that comes in from the side. */
export function Sheet({
  isOpen,
  onClose,
  title,
  closeLabel,
  side = 'right',
  isModal = true,
  className,
  actions,
  children,
}: SheetProps) {
  return (
    <Radix.Root open={isOpen} modal={isModal} onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        {isModal && <Radix.Overlay className="fixed inset-0 z-40 bg-overlay" />}
        <Radix.Content
          aria-describedby={undefined}
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus();
          }}
          onInteractOutside={(event) => !isModal && event.preventDefault()}
          className={clsx(
            'fixed inset-y-0 z-40 flex w-[min(560px,100vw)] flex-col bg-raised shadow-float focus:outline-none',
            side === 'right' ? 'right-0 animate-[slide-in-right_140ms_ease-out]' : 'left-0',
            className,
          )}
        >
          <div className="flex items-center gap-2 border-b border-line px-4 py-2.5">
            <Radix.Title className="min-w-0 flex-1 truncate text-base font-semibold">{title}</Radix.Title>
            {actions}
            <IconButton label={closeLabel} icon={<X size={16} />} size="small" onClick={onClose} />
          </div>
          <div className="min-h-0 flex-1 overflow-auto">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
