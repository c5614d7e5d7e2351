'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ROLES, type UserView } from '@vireo/contracts';
import { Badge, StateBadge } from '@vireo/ui/badge';
import { Button, IconButton } from '@vireo/ui/button';
import { Card } from '@vireo/ui/card';
import { Menu } from '@vireo/ui/menu';
import { SkeletonLines } from '@vireo/ui/skeleton';
import { Table } from '@vireo/ui/table';
import { toast } from '@vireo/ui/toast';
import { EllipsisVertical, Plus } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useSession } from '@/data/session';
import { useTRPC } from '@/data/trpc';
import { failureOf } from '@/data/vireo-failure';
import { PageHeader } from '@/features/frame/page-header';
import { ReadFailure } from '@/features/frame/read-failure';
import { useSay } from '@/i18n/use-say';
import { useUnits } from '@/i18n/use-units';

const CreateUserDialog = dynamic(
  () => import('./create-user-dialog.tsx').then((module) => module.CreateUserDialog),
  { ssr: false },
);
const ResetPasswordDialog = dynamic(
  () => import('./reset-password-dialog.tsx').then((module) => module.ResetPasswordDialog),
  { ssr: false },
);

export function UserListPage() {
  const t = useTranslations('user');
  const common = useTranslations('common');
  const say = useSay();
  const trpc = useTRPC();
  const { dateTime } = useUnits();
  const users = useQuery(trpc.user.list.queryOptions());
  const [isCreating, setIsCreating] = useState(false);
  return (
    <>
      <PageHeader
        title={t('title')}
        actions={
          <Button look="primary" icon={<Plus size={15} aria-hidden />} onClick={() => setIsCreating(true)}>
            {t('create')}
          </Button>
        }
      />
      <div className="min-h-0 flex-1 overflow-auto px-4 pb-6">
        {users.error && <ReadFailure error={users.error} onRetry={() => void users.refetch()} />}
        {!users.error && (
          <Card isFlush>
            {users.isPending && (
              <div className="px-4 py-3">
                <SkeletonLines label={common('loading')} />
              </div>
            )}
            {users.data && (
              <Table
                label={t('title')}
                rows={users.data}
                rowId={(user) => user.id}
                columns={[
                  {
                    id: 'name',
                    header: t('name'),
                    cell: (user) => <span className="font-medium">{user.name}</span>,
                  },
                  { id: 'role', header: t('role'), cell: (user) => say({ key: `roles.${user.role}` }) },
                  {
                    id: 'state',
                    header: t('state'),
                    cell: (user) => (
                      <span className="flex flex-wrap items-center gap-2">
                        <StateBadge tone={user.isDisabled ? 'neutral' : 'ok'}>
                          {user.isDisabled ? t('disabled') : t('enabled')}
                        </StateBadge>
                        {user.mustChangePassword && <Badge tone="warn">{t('mustChange')}</Badge>}
                      </span>
                    ),
                  },
                  {
                    id: 'lastSignIn',
                    header: t('lastSignIn'),
                    cell: (user) => (user.lastSignInAt ? dateTime(user.lastSignInAt) : common('never')),
                  },
                  { id: 'created', header: t('createdAt'), cell: (user) => dateTime(user.createdAt) },
                  {
                    id: 'actions',
                    header: t('actions'),
                    isNumeric: true,
                    cell: (user) => <UserActions user={user} />,
                  },
                ]}
              />
            )}
          </Card>
        )}
      </div>
      {isCreating && <CreateUserDialog onClose={() => setIsCreating(false)} />}
    </>
  );
}

function UserActions({ user }: { user: UserView }) {
  const t = useTranslations('user');
  const operation = useTranslations('operation');
  const say = useSay();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const session = useSession();
  const [isResetting, setIsResetting] = useState(false);
  const update = useMutation(
    trpc.user.update.mutationOptions({
      onSuccess: () => {
        toast.ok(t('saved', { name: user.name }));
        return queryClient.invalidateQueries(trpc.user.list.queryFilter());
      },
      onError: (error) =>
        toast.error(t('notSaved', { name: user.name }), { description: say(failureOf(error).message) }),
    }),
  );
  const ownReason = session.user.id === user.id ? t('notYourself') : null;
  return (
    <>
      <Menu
        align="end"
        trigger={
          <IconButton
            size="small"
            label={operation('actionsFor', { name: user.name })}
            icon={<EllipsisVertical size={15} />}
          />
        }
        items={[
          ...ROLES.map((role) => ({
            id: role,
            label: t('makeRole', { role: say({ key: `roles.${role}` }) }),
            disabledReason: ownReason ?? (role === user.role ? t('isRole') : null),
            onSelect: () => update.mutate({ id: user.id, role }),
          })),
          {
            id: 'password',
            label: t('setPassword'),
            isSeparated: true,
            onSelect: () => setIsResetting(true),
          },
          {
            id: 'disable',
            label: user.isDisabled ? t('enable') : t('disable'),
            isDanger: !user.isDisabled,
            disabledReason: ownReason,
            onSelect: () => update.mutate({ id: user.id, isDisabled: !user.isDisabled }),
          },
        ]}
      />
      {isResetting && <ResetPasswordDialog user={user} onClose={() => setIsResetting(false)} />}
    </>
  );
}
