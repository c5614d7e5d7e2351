import type { KeyboardEvent } from 'react';

const ITEM = '[role="treeitem"]';

/** Arrow keys in a tree, as people know them: up and down among what is seen, right opens or goes in, left closes or goes out. */
export function moveInTree(root: HTMLElement, event: KeyboardEvent): void {
  const here = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>(ITEM) : null;
  if (!here) return;
  const items = [...root.querySelectorAll<HTMLElement>(ITEM)];
  const at = items.indexOf(here);
  const isOpen = here.getAttribute('aria-expanded');
  const toggle = () => here.querySelector<HTMLElement>('[data-tree-toggle]')?.click();
  const levelOf = (item: HTMLElement) => Number(item.getAttribute('aria-level'));
  const parent = () => items.slice(0, at).findLast((item) => levelOf(item) < levelOf(here));
  const focus = (item: HTMLElement | null | undefined) => item?.focus();
  if (event.key === 'ArrowDown') focus(items[at + 1]);
  else if (event.key === 'ArrowUp') focus(items[at - 1]);
  else if (event.key === 'Home') focus(items[0]);
  else if (event.key === 'End') focus(items.at(-1));
  else if (event.key === 'ArrowRight' && isOpen === 'false') toggle();
  else if (event.key === 'ArrowRight' && isOpen === 'true') focus(items[at + 1]);
  else if (event.key === 'ArrowLeft' && isOpen === 'true') toggle();
  else if (event.key === 'ArrowLeft') focus(parent());
  else if (event.key === 'Enter' || event.key === ' ') {
    const link = here.querySelector<HTMLElement>('a');
    if (link) link.click();
    else toggle();
  } else return;
  event.preventDefault();
}
