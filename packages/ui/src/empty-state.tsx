import type { ReactNode } from 'react';

/** Says that there is nothing, and what to do first. */
export function EmptyState({
  icon,
  title,
  children,
  actions,
}: {
  icon?: ReactNode;
  title: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <div className="mx-auto flex max-w-md flex-col items-center gap-2 px-6 py-12 text-center">
      {icon && (
        <span className="mb-1 text-muted" aria-hidden>
          {icon}
        </span>
      )}
      <div className="text-base font-semibold">{title}</div>
      {children && <div className="text-sm text-muted">{children}</div>}
      {actions && <div className="mt-3 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  );
}
