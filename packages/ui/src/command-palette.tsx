import { Command } from 'cmdk';
import { Search } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import { type ReactNode, useState } from 'react';

export interface PaletteItem {
  id: string;
  label: ReactNode;
  detail?: ReactNode;
  icon?: ReactNode;
  disabledReason?: string | null;
  onSelect: () => void;
}

export interface PaletteGroup {
  id: string;
  heading: string;
  items: readonly PaletteItem[];
}

/** What was typed already stays; what comes goes behind it. */
function focusAtEnd(event: Event): void {
  event.preventDefault();
  if (!(event.currentTarget instanceof HTMLElement)) return;
  const input = event.currentTarget.querySelector('input');
  input?.focus();
  input?.setSelectionRange(input.value.length, input.value.length);
}

/** A search field with its findings, reached by keyboard alone. The caller searches; nothing is filtered here. */
export function CommandPalette({
  isOpen,
  onClose,
  title,
  placeholder,
  text,
  onText,
  groups,
  nothing,
}: {
  isOpen: boolean;
  onClose: () => void;
  title: string;
  placeholder: string;
  text: string;
  onText: (text: string) => void;
  groups: readonly PaletteGroup[];
  nothing: ReactNode;
}) {
  const ids = groups.flatMap((group) => group.items.map((item) => item.id));
  const isEmpty = ids.length === 0;
  const [chosen, setChosen] = useState('');
  // Findings come and go: there is always one that Enter takes.
  const value = ids.includes(chosen) ? chosen : (ids[0] ?? '');
  return (
    <Radix.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-50 bg-overlay" />
        <Radix.Content
          aria-describedby={undefined}
          onOpenAutoFocus={focusAtEnd}
          className="fixed top-[12vh] left-1/2 z-50 w-[min(640px,calc(100vw-2rem))] -translate-x-1/2 overflow-hidden rounded-lg bg-raised shadow-float focus:outline-none"
        >
          <Radix.Title className="sr-only">{title}</Radix.Title>
          <Command shouldFilter={false} label={title} value={value} onValueChange={setChosen}>
            <div className="flex items-center gap-2 border-b border-line px-3">
              <Search size={16} className="shrink-0 text-muted" aria-hidden />
              <Command.Input
                value={text}
                onValueChange={onText}
                placeholder={placeholder}
                className="h-11 w-full bg-transparent text-base outline-none"
              />
            </div>
            <Command.List className="max-h-[56vh] overflow-auto p-1">
              {isEmpty && <p className="px-3 py-6 text-center text-sm text-muted">{nothing}</p>}
              {groups
                .filter((group) => group.items.length > 0)
                .map((group) => (
                  <Command.Group
                    key={group.id}
                    heading={group.heading}
                    className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-muted"
                  >
                    {group.items.map((item) => (
                      <PaletteRow key={item.id} item={item} />
                    ))}
                  </Command.Group>
                ))}
            </Command.List>
          </Command>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function PaletteRow({ item }: { item: PaletteItem }) {
  return (
    <Command.Item
      value={item.id}
      disabled={Boolean(item.disabledReason)}
      onSelect={item.onSelect}
      className="flex items-center gap-2.5 rounded px-2 py-1.5 text-sm data-[disabled=true]:text-muted data-[selected=true]:bg-selected"
    >
      <span className="flex w-4 shrink-0 justify-center text-muted" aria-hidden>
        {item.icon}
      </span>
      <span className="min-w-0 flex-1 truncate">{item.label}</span>
      <span className="max-w-64 shrink-0 truncate text-xs text-muted">
        {item.disabledReason ?? item.detail}
      </span>
    </Command.Item>
  );
}
