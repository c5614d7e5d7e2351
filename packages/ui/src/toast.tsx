import { lazy, type ReactNode, Suspense, useEffect, useSyncExternalStore } from 'react';

const load = () => import('sonner');
const Sonner = lazy(() => load().then((module) => ({ default: module.Toaster })));

let isWanted = false;
const listeners = new Set<() => void>();
let sayMounted: () => void = () => undefined;
/** A toast that is sent before the place for it stands would be lost. */
const mounted = new Promise<void>((resolve) => {
  sayMounted = resolve;
});
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Where toasts appear. Put one at the app's root; the theme follows the tokens. Its code is read with the first toast. */
export function Toaster({ label }: { label: string }) {
  const isNeeded = useSyncExternalStore(
    subscribe,
    () => isWanted,
    () => false,
  );
  if (!isNeeded) return null;
  return (
    <Suspense>
      <Sonner
        position="bottom-right"
        containerAriaLabel={label}
        visibleToasts={4}
        toastOptions={{
          unstyled: true,
          classNames: {
            toast:
              'flex w-[min(380px,calc(100vw-2rem))] items-start gap-2.5 rounded-md border border-line bg-raised px-3 py-2.5 text-sm text-ink shadow-float',
            title: 'font-medium break-words',
            description: 'text-xs text-muted break-words',
            icon: 'mt-0.5 shrink-0',
            content: 'min-w-0 flex-1',
            actionButton: 'shrink-0 rounded px-1.5 py-0.5 text-xs font-medium text-accent hover:bg-hover',
          },
        }}
      />
      <Mounted />
    </Suspense>
  );
}

/** Its effect runs after that of the sibling before it. */
function Mounted() {
  useEffect(() => sayMounted(), []);
  return null;
}

export interface ToastOptions {
  description?: ReactNode;
  action?: { label: string; onClick: () => void };
  /** Same id: replaces the one shown. */
  id?: string;
}

type Kind = 'success' | 'info' | 'warning' | 'error';

function show(
  kind: Kind,
  title: ReactNode,
  { description, action, id }: ToastOptions,
  durationMs: number,
): void {
  isWanted = true;
  for (const listener of listeners) listener();
  void Promise.all([load(), mounted]).then(([{ toast: sonner }]) =>
    sonner[kind](title, {
      duration: durationMs,
      ...(description !== undefined && { description }),
      ...(action && { action }),
      ...(id && { id }),
    }),
  );
}

export const toast = {
  ok: (title: ReactNode, more: ToastOptions = {}) => show('success', title, more, 4000),
  info: (title: ReactNode, more: ToastOptions = {}) => show('info', title, more, 4000),
  warn: (title: ReactNode, more: ToastOptions = {}) => show('warning', title, more, 8000),
  /** Stays longer: it has to be read. */
  error: (title: ReactNode, more: ToastOptions = {}) => show('error', title, more, 12_000),
};
