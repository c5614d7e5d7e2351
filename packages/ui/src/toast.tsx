import type { ReactNode } from 'react';
import { Toaster as Sonner, toast as sonner } from 'sonner';

/** Where toasts appear. Put one at the app's root; the theme follows the tokens. */
export function Toaster({ label }: { label: string }) {
  return (
    <Sonner
      position="bottom-right"
      containerAriaLabel={label}
      visibleToasts={4}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            'font-sans flex w-[min(380px,calc(100vw-2rem))] items-start gap-2.5 rounded-md border border-line bg-raised px-3 py-2.5 text-sm text-ink shadow-float',
          title: 'font-medium break-words',
          description: 'text-xs text-muted break-words',
          icon: 'mt-0.5 shrink-0',
          content: 'min-w-0 flex-1',
          actionButton: 'shrink-0 rounded px-1.5 py-0.5 text-xs font-medium text-accent hover:bg-hover',
        },
      }}
    />
  );
}

export interface ToastOptions {
  description?: ReactNode;
  action?: { label: string; onClick: () => void };
  /** Same id: replaces the one shown. */
  id?: string;
}

const options = ({ description, action, id }: ToastOptions, durationMs: number) => ({
  duration: durationMs,
  ...(description !== undefined && { description }),
  ...(action && { action }),
  ...(id && { id }),
});

export const toast = {
  ok: (title: ReactNode, more: ToastOptions = {}) => sonner.success(title, options(more, 4000)),
  info: (title: ReactNode, more: ToastOptions = {}) => sonner.info(title, options(more, 4000)),
  warn: (title: ReactNode, more: ToastOptions = {}) => sonner.warning(title, options(more, 8000)),
  /** Stays longer: it has to be read. */
  error: (title: ReactNode, more: ToastOptions = {}) => sonner.error(title, options(more, 12_000)),
};
