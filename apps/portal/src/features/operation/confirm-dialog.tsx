'use client';

import type { Danger } from '@vireo/contracts';
import { Button } from '@vireo/ui/button';
import { Callout } from '@vireo/ui/callout';
import { Dialog } from '@vireo/ui/dialog';
import { Field, TextInput } from '@vireo/ui/field';
import { useTranslations } from 'next-intl';
import { type FormEvent, type ReactNode, useId, useState } from 'react';

export interface ConfirmDialogProps {
  isOpen: boolean;
  onClose: () => void;
  title: ReactNode;
  /** What it does, in a sentence. */
  description?: ReactNode;
  danger: Danger;
  /** Has to be typed when `danger` is `destructive`; `onConfirm` gets it. */
  objectName: string;
  confirmLabel: string;
  /** A refusal of the last try. */
  error?: ReactNode;
  /** Other fields of the dialog are not good yet. */
  isBlocked?: boolean;
  isBusy?: boolean;
  size?: 'small' | 'medium' | 'large';
  /** More fields, or the preview of what will happen. */
  children?: ReactNode;
  /** What is long, after the fields: the preview of what will happen. */
  details?: ReactNode;
  onConfirm: (typedName: string) => void;
}

/** Asks before an act as much as its danger demands: a click, or the object's name typed. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  return props.isOpen ? <OpenConfirmDialog {...props} /> : null;
}

function OpenConfirmDialog({
  onClose,
  title,
  description,
  danger,
  objectName,
  confirmLabel,
  error,
  isBlocked = false,
  isBusy = false,
  size = 'small',
  children,
  details,
  onConfirm,
}: ConfirmDialogProps) {
  const t = useTranslations('common');
  const formId = useId();
  const [typed, setTyped] = useState('');
  const mustType = danger === 'destructive';
  const isReady = (!mustType || typed === objectName) && !isBlocked;
  const reason = mustType && typed !== objectName ? t('typeNameFirst', { name: objectName }) : null;
  const confirm = (event: FormEvent) => {
    event.preventDefault();
    if (isReady && !isBusy) onConfirm(typed);
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={title}
      description={description}
      closeLabel={t('close')}
      size={size}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button
            type="submit"
            form={formId}
            look={danger === 'destructive' ? 'danger' : 'primary'}
            disabledReason={reason}
            disabled={isBlocked}
            isBusy={isBusy}
          >
            {confirmLabel}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={confirm} className="flex flex-col gap-4">
        {children}
        {mustType && (
          <Field label={t('typeName', { name: objectName })} isRequired>
            <TextInput
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
            />
          </Field>
        )}
        {error && <Callout tone="danger" title={error} />}
        {details}
      </form>
    </Dialog>
  );
}
