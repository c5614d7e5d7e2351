import { clsx } from 'clsx';
import { Check } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { type ReactElement, type ReactNode, useId } from 'react';

export interface MenuItem {
  id: string;
  label: ReactNode;
  icon?: ReactNode;
  /** Why it can't be chosen now: the item stays, disabled, and says so beneath its name. */
  disabledReason?: string | null | undefined;
  isDanger?: boolean;
  /** A line above it. */
  isSeparated?: boolean;
  /** For choices: whether it is the chosen one. */
  isChecked?: boolean;
  onSelect: () => void;
}

const CONTENT =
  'z-[60] min-w-48 max-w-80 max-h-[var(--radix-dropdown-menu-content-available-height)] overflow-auto rounded-md bg-raised p-1 text-sm shadow-float animate-[fade-in_100ms_ease-out]';

/** A menu that opens from `trigger`. */
export function Menu({
  trigger,
  items,
  header,
  align = 'start',
  staysOpen = false,
}: {
  trigger: ReactElement;
  items: readonly MenuItem[];
  header?: ReactNode;
  align?: 'start' | 'end';
  /** Choices can be ticked one after the other. */
  staysOpen?: boolean;
}) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content align={align} sideOffset={4} collisionPadding={8} className={CONTENT}>
          {header && (
            <DropdownMenu.Label className="px-2 py-1.5 text-xs text-muted">{header}</DropdownMenu.Label>
          )}
          {items.map((item) => (
            <Item key={item.id} item={item} staysOpen={staysOpen} />
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function Item({ item, staysOpen }: { item: MenuItem; staysOpen: boolean }) {
  const reasonId = useId();
  const isOff = Boolean(item.disabledReason);
  const body = (
    <>
      <span className="mt-0.5 flex w-4 shrink-0 justify-center" aria-hidden>
        {item.isChecked ? <Check size={14} /> : item.icon}
      </span>
      <span className="min-w-0">
        <span className={clsx('block', isOff && 'text-muted')}>{item.label}</span>
        {isOff && (
          <span id={reasonId} className="block max-w-64 text-xs text-muted">
            {item.disabledReason}
          </span>
        )}
      </span>
    </>
  );
  const className = clsx(
    'flex cursor-default items-start gap-2 rounded px-2 py-1.5 outline-none select-none data-[highlighted]:bg-hover',
    item.isDanger && !isOff && 'text-danger',
    isOff && 'cursor-not-allowed',
  );
  return (
    <>
      {item.isSeparated && <DropdownMenu.Separator className="my-1 h-px bg-line" />}
      {item.isChecked === undefined ? (
        <DropdownMenu.Item
          className={className}
          // Not `disabled`: Radix would skip it, and nobody could read why.
          aria-disabled={isOff || undefined}
          aria-describedby={isOff ? reasonId : undefined}
          onSelect={(event) => (isOff ? event.preventDefault() : item.onSelect())}
        >
          {body}
        </DropdownMenu.Item>
      ) : (
        <DropdownMenu.CheckboxItem
          className={className}
          checked={item.isChecked}
          onSelect={(event) => {
            if (staysOpen) event.preventDefault();
            item.onSelect();
          }}
        >
          {body}
        </DropdownMenu.CheckboxItem>
      )}
    </>
  );
}
