'use client';

import { IconButton } from '@vireo/ui/button';
import { Tooltip } from '@vireo/ui/tooltip';
import { clsx } from 'clsx';
import { PanelLeftClose, PanelLeftOpen } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useSession } from '@/data/session';
import { PLACES, type Place } from './places.ts';
import { ResourceTree } from './resource-tree.tsx';

const SECTIONS: readonly {
  id: 'sectionInventory' | 'sectionMonitoring' | 'sectionSystem' | null;
  places: readonly Place['id'][];
}[] = [
  { id: null, places: ['home'] },
  { id: 'sectionInventory', places: ['vms', 'hosts', 'storage'] },
  { id: 'sectionMonitoring', places: ['tasks', 'events'] },
  { id: 'sectionSystem', places: ['users'] },
];

/** The navigation at the left: pages, and the resource pool as a tree. `onCollapse` absent: it can't be. */
export function SideNav({
  isCollapsed,
  onCollapse,
}: {
  isCollapsed: boolean;
  onCollapse?: (isCollapsed: boolean) => void;
}) {
  const t = useTranslations('frame');
  const { may } = useSession();
  return (
    <div className={clsx('flex h-full flex-col', isCollapsed ? 'w-12' : 'w-60 max-md:w-full')}>
      <nav aria-label={t('navigation')} className="flex min-h-0 flex-1 flex-col gap-3 overflow-auto p-2">
        {SECTIONS.map((section) => {
          const places = PLACES.filter((place) => section.places.includes(place.id) && may(place.permission));
          if (places.length === 0) return null;
          return (
            <div key={section.places.join()}>
              {section.id && !isCollapsed && (
                <p className="px-2 pb-1 text-2xs font-medium tracking-wide text-muted uppercase">
                  {t(section.id)}
                </p>
              )}
              <ul className="flex flex-col gap-px">
                {places.map((place) => (
                  <li key={place.id}>
                    <PlaceLink place={place} isCollapsed={isCollapsed} />
                  </li>
                ))}
              </ul>
              {section.id === 'sectionInventory' && !isCollapsed && <ResourceTree />}
            </div>
          );
        })}
      </nav>
      {onCollapse && (
        <div
          className={clsx('flex border-t border-line p-1.5', isCollapsed ? 'justify-center' : 'justify-end')}
        >
          <IconButton
            size="small"
            label={isCollapsed ? t('expand') : t('collapse')}
            icon={isCollapsed ? <PanelLeftOpen size={16} /> : <PanelLeftClose size={16} />}
            onClick={() => onCollapse(!isCollapsed)}
          />
        </div>
      )}
    </div>
  );
}

function PlaceLink({ place, isCollapsed }: { place: Place; isCollapsed: boolean }) {
  const t = useTranslations('frame');
  const pathname = usePathname();
  const isHere = place.href === '/' ? pathname === '/' : pathname.startsWith(place.href);
  const Icon = place.icon;
  const link = (
    <Link
      href={place.href}
      aria-current={isHere ? 'page' : undefined}
      aria-label={isCollapsed ? t(place.id) : undefined}
      className={clsx(
        'flex h-8 items-center gap-2.5 rounded-md px-2 text-sm',
        isHere ? 'bg-selected font-medium text-accent' : 'hover:bg-hover',
      )}
    >
      <Icon size={16} aria-hidden className="shrink-0" />
      {!isCollapsed && <span className="truncate">{t(place.id)}</span>}
    </Link>
  );
  return isCollapsed ? (
    <Tooltip text={t(place.id)} side="right">
      {link}
    </Tooltip>
  ) : (
    link
  );
}
