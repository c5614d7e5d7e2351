'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from '@vireo/ui/button';
import { Dialog } from '@vireo/ui/dialog';
import { Menu } from '@vireo/ui/menu';
import { toast } from '@vireo/ui/toast';
import { CircleUser, KeyRound, LogOut } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useSession } from '@/data/session';
import { useTRPC } from '@/data/trpc';
import { PasswordForm } from '@/features/login/password-form';
import { useSay } from '@/i18n/use-say';

export function UserMenu() {
  const t = useTranslations('frame');
  const common = useTranslations('common');
  const say = useSay();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { user } = useSession();
  const [isChanging, setIsChanging] = useState(false);
  const signOut = useMutation(
    trpc.session.signOut.mutationOptions({
      onSettled: () => {
        queryClient.clear();
        window.location.assign('/login');
      },
    }),
  );
  return (
    <>
      <Menu
        align="end"
        header={`${user.name} · ${say({ key: `roles.${user.role}` })}`}
        trigger={
          <Button
            look="quiet"
            aria-label={t('userMenu', { name: user.name })}
            icon={<CircleUser size={16} />}
          >
            <span className="max-w-32 truncate max-md:hidden">{user.name}</span>
          </Button>
        }
        items={[
          {
            id: 'password',
            label: t('changePassword'),
            icon: <KeyRound size={14} />,
            onSelect: () => setIsChanging(true),
          },
          {
            id: 'signOut',
            label: t('signOut'),
            icon: <LogOut size={14} />,
            isSeparated: true,
            onSelect: () => signOut.mutate(),
          },
        ]}
      />
      <Dialog
        isOpen={isChanging}
        onClose={() => setIsChanging(false)}
        title={t('changePassword')}
        closeLabel={common('close')}
      >
        <PasswordForm
          submitLabel={t('changePassword')}
          onDone={() => {
            setIsChanging(false);
            toast.ok(t('passwordChanged'));
          }}
        />
      </Dialog>
    </>
  );
}
