'use client';

import { Field, NumberInput, Select } from '@vireo/ui/field';
import { useTranslations } from 'next-intl';
import { type CreateForm, useProblemText } from './create-form.ts';
import { bridgesOf } from './create-options.ts';

/** The bridge that the VM's network adapter joins, and its VLAN. */
export function NetworkStep({ form: { draft, change, problems, options } }: { form: CreateForm }) {
  const t = useTranslations('vm.wizard');
  const tKind = useTranslations('vm.hardware.networkKinds');
  const problemText = useProblemText(problems);
  const bridges = bridgesOf(options.hosts, draft.hostId);
  const first = bridges[0];
  const chosen = bridges.find((bridge) => bridge.name === draft.network) ?? first;
  const canTag = draft.network !== 'none' && chosen?.kind !== 'linuxBridge';
  return (
    <div className="flex flex-col gap-4">
      <Field label={t('network')} hint={t('networkHint')} error={problemText('network')}>
        <Select
          value={draft.network}
          onChange={(event) =>
            change({ network: event.target.value, ...(event.target.value === 'none' && { vlan: '' }) })
          }
        >
          <option value="">{first ? t('networkFirstNamed', { name: first.name }) : t('networkFirst')}</option>
          {bridges.map((bridge) => (
            <option key={bridge.name} value={bridge.name}>
              {bridge.name} – {tKind(bridge.kind)}
            </option>
          ))}
          <option value="none">{t('networkNone')}</option>
        </Select>
      </Field>
      <Field
        label={t('vlan')}
        hint={canTag || draft.network === 'none' ? t('vlanHint') : t('vlanNeedsOvs')}
        error={problemText('vlan')}
      >
        <NumberInput
          className="max-w-40"
          value={draft.vlan}
          disabled={!canTag}
          onChange={(event) => change({ vlan: event.target.value })}
        />
      </Field>
    </div>
  );
}
