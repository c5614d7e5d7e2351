'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { SearchHit } from '@vireo/contracts';
import { CommandPalette, type PaletteItem } from '@vireo/ui/command-palette';
import { Disc3, ListChecks, type LucideIcon, Monitor, Plus, Server } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useDeferredValue } from 'react';
import { useSession } from '@/data/session';
import { useTRPC } from '@/data/trpc';
import { useSay } from '@/i18n/use-say';
import { PLACES, pageOf } from './places.ts';

const KIND_ICONS: Record<SearchHit['kind'], LucideIcon> = {
  vm: Monitor,
  host: Server,
  task: ListChecks,
  image: Disc3,
};

const ACTIONS = [
  { id: 'createVm', href: '/vms/new', permission: 'vm.create' },
  { id: 'addHost', href: '/hosts/new', permission: 'host.manage' },
] as const;

/** Ctrl/Cmd-K: objects, pages and actions by name. */
export function SearchPalette({
  text,
  onText,
  onClose,
}: {
  text: string;
  onText: (text: string) => void;
  onClose: () => void;
}) {
  const t = useTranslations('frame');
  const say = useSay();
  const trpc = useTRPC();
  const router = useRouter();
  const { may } = useSession();
  const asked = useDeferredValue(text.trim());
  const hits = useQuery(
    trpc.inventory.search.queryOptions(
      { text: asked },
      { enabled: asked !== '', placeholderData: keepPreviousData, staleTime: 2000 },
    ),
  );
  const go = (href: string) => () => {
    onClose();
    router.push(href);
  };
  const matches = (label: string) => label.toLowerCase().includes(asked.toLowerCase());
  const objects = (asked === '' ? [] : (hits.data ?? [])).map((hit): PaletteItem => {
    const Icon = KIND_ICONS[hit.kind];
    return {
      id: `${hit.kind}:${hit.id}`,
      label: hit.name,
      detail: `${t(`kind_${hit.kind}`)} · ${hit.kind === 'task' ? say({ key: `operations.${hit.detail}` }) : hit.detail}`,
      icon: <Icon size={15} />,
      onSelect: go(pageOf(hit.kind, hit.id) ?? '/'),
    };
  });
  const actions = ACTIONS.filter((action) => may(action.permission) && matches(t(action.id))).map(
    (action): PaletteItem => ({
      id: action.id,
      label: t(action.id),
      icon: <Plus size={15} />,
      onSelect: go(action.href),
    }),
  );
  const pages = PLACES.filter((place) => may(place.permission) && matches(t(place.id))).map(
    (place): PaletteItem => ({
      id: `page:${place.id}`,
      label: t(place.id),
      icon: <place.icon size={15} />,
      onSelect: go(place.href),
    }),
  );
  return (
    <CommandPalette
      isOpen
      onClose={onClose}
      title={t('search')}
      placeholder={t('searchHint')}
      text={text}
      onText={onText}
      nothing={hits.isFetching ? t('searchType') : t('searchNothing', { text: asked })}
      groups={[
        { id: 'objects', heading: t('searchObjects'), items: objects },
        { id: 'actions', heading: t('searchActions'), items: actions },
        { id: 'pages', heading: t('searchPages'), items: pages },
      ]}
    />
  );
}
