import { clsx } from 'clsx';
import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { IconButton } from './button.tsx';

export interface DialogProps {
  isOpen: boolean;
  onClose: () => void;
  title: ReactNode;
  /** Read out with the title. */
  description?: ReactNode;
  closeLabel: string;
  size?: 'small' | 'medium' | 'large';
  footer?: ReactNode;
  children?: ReactNode;
}

const SIZES = { small: 'max-w-md', medium: 'max-w-2xl', large: 'max-w-5xl' } as const;

/** The first field if there is one; else the dialog itself, so that no button (and its tooltip) is chosen beforehand. */
function focusFirstField(event: Event): void {
  event.preventDefault();
  if (!(event.currentTarget instanceof HTMLElement)) return;
  const field = event.currentTarget.querySelector<HTMLElement>(
    'input:not([type="hidden"], :disabled), textarea:not(:disabled), select:not(:disabled)',
  );
  (field ?? event.currentTarget).focus();
}

/** A modal dialog: traps focus, closes by Escape, gives focus back. */
export function Dialog({
  isOpen,
  onClose,
  title,
  description,
  closeLabel,
  size = 'small',
  footer,
  children,
}: DialogProps) {
  return (
    <Radix.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-50 bg-overlay animate-[fade-in_120ms_ease-out]" />
        <Radix.Content
          onOpenAutoFocus={focusFirstField}
          {...(description ? {} : { 'aria-describedby': undefined })}
          className={clsx(
            'fixed left-1/2 top-[8vh] z-50 flex max-h-[84vh] w-[calc(100vw-2rem)] -translate-x-1/2 flex-col rounded-lg bg-raised shadow-float animate-[fade-in_120ms_ease-out] focus:outline-none',
            SIZES[size],
          )}
        >
          <div className="flex items-start gap-3 border-b border-line px-4 py-3">
            <div className="min-w-0 flex-1">
              <Radix.Title className="text-base font-semibold break-words">{title}</Radix.Title>
              {description && (
                <Radix.Description asChild>
                  <div className="mt-0.5 text-sm text-muted">{description}</div>
                </Radix.Description>
              )}
            </div>
            <IconButton label={closeLabel} icon={<X size={16} />} size="small" onClick={onClose} />
          </div>
          <div className="min-h-0 flex-1 overflow-auto px-4 py-3" tabIndex={-1}>
            {children}
          </div>
          {footer && (
            <div className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-4 py-3">
              {footer}
            </div>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
