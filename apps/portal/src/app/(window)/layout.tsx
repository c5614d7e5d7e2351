import type { ReactNode } from 'react';
import { BareWindow } from '@/features/console/bare-window';

export default function WindowLayout({ children }: { children: ReactNode }) {
  return <BareWindow>{children}</BareWindow>;
}
