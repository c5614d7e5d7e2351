'use client';

import { clsx } from 'clsx';
import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';

interface Node {
  label: string;
  href?: string;
  icon?: ReactNode;
  /** A dot for its state, and what it says. */
  sign?: ReactNode;
  signText?: string;
  level: number;
}

const STEP_PX = 12;

/** A node that can be opened. `isFirst`: it is the one in the tab order. */
export function TreeBranch({
  id,
  isOpen,
  onToggle,
  isFirst = false,
  children,
  ...node
}: Node & {
  id: string;
  isOpen: boolean;
  onToggle: (id: string) => void;
  isFirst?: boolean;
  children: ReactNode;
}) {
  return (
    <>
      <Row node={node} isFirst={isFirst} isOpen={isOpen}>
        <button
          type="button"
          data-tree-toggle
          tabIndex={-1}
          aria-hidden
          onClick={() => onToggle(id)}
          className="flex size-5 shrink-0 items-center justify-center rounded text-muted hover:bg-hover"
        >
          <ChevronRight size={13} className={clsx('transition-transform', isOpen && 'rotate-90')} />
        </button>
      </Row>
      {isOpen && children}
    </>
  );
}

export function TreeLeaf(node: Node) {
  return (
    <Row node={node}>
      <span className="w-5 shrink-0" />
    </Row>
  );
}

function Row({
  node,
  isFirst = false,
  isOpen,
  children,
}: {
  node: Node;
  isFirst?: boolean;
  isOpen?: boolean;
  children: ReactNode;
}) {
  const isHere = usePathname() === node.href;
  const body = (
    <>
      <span className="shrink-0 text-muted" aria-hidden>
        {node.icon}
      </span>
      <span className="truncate">{node.label}</span>
      {node.sign && (
        <span className="ml-auto shrink-0 scale-75" title={node.signText}>
          {node.sign}
          <span className="sr-only">, {node.signText}</span>
        </span>
      )}
    </>
  );
  const className = 'flex h-full min-w-0 flex-1 items-center gap-1.5 pr-1.5';
  return (
    <div
      role="treeitem"
      aria-level={node.level}
      aria-expanded={isOpen}
      aria-current={isHere ? 'page' : undefined}
      tabIndex={isFirst ? 0 : -1}
      className={clsx(
        'flex h-7 items-center rounded-md text-sm',
        isHere ? 'bg-selected font-medium text-accent' : 'hover:bg-hover',
      )}
      style={{ paddingLeft: (node.level - 1) * STEP_PX }}
    >
      {children}
      {node.href ? (
        <Link href={node.href} tabIndex={-1} className={className} prefetch={false}>
          {body}
        </Link>
      ) : (
        <span className={clsx(className, !node.icon && 'text-muted')}>{body}</span>
      )}
    </div>
  );
}
