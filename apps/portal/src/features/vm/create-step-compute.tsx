'use client';

import { Field, NumberInput, RadioCards, Select } from '@vireo/ui/field';
import { useTranslations } from 'next-intl';
import { CreateDraft } from './create-draft.ts';
import { type CreateForm, useProblemText } from './create-form.ts';

const FIRMWARES = CreateDraft.shape.firmware.options;

/** Processors, memory and firmware. */
export function ComputeStep({ form: { draft, change, problems, options } }: { form: CreateForm }) {
  const t = useTranslations('vm.wizard');
  const tFirmware = useTranslations('vm.hardware.firmwares');
  const problemText = useProblemText(problems);
  const host = options.hosts.find(({ id }) => id === draft.hostId);
  const isOffered = (firmware: CreateDraft['firmware']) =>
    !host?.facts || host.facts.firmware.includes(firmware);
  return (
    <div className="flex flex-col gap-4">
      <Field label={t('vcpus')} hint={t('vcpusHint')} error={problemText('vcpus')}>
        <NumberInput
          className="max-w-40"
          value={draft.vcpus}
          onChange={(event) => change({ vcpus: event.target.value })}
        />
      </Field>
      <div className="flex items-start gap-2">
        <Field label={t('memory')} hint={t('memoryHint')} error={problemText('memory')}>
          <NumberInput
            className="w-40"
            value={draft.memory}
            onChange={(event) => change({ memory: event.target.value })}
          />
        </Field>
        <Field label={t('unit')}>
          <Select
            className="!w-24"
            value={draft.memoryUnit}
            onChange={(event) => change({ memoryUnit: event.target.value === 'GiB' ? 'GiB' : 'MiB' })}
          >
            <option value="MiB">MiB</option>
            <option value="GiB">GiB</option>
          </Select>
        </Field>
      </div>
      <RadioCards
        legend={t('firmware')}
        name="firmware"
        value={draft.firmware}
        onChange={(value) => change({ firmware: CreateDraft.shape.firmware.parse(value) })}
        choices={FIRMWARES.map((firmware) => ({
          value: firmware,
          label: tFirmware(firmware),
          hint: isOffered(firmware) ? undefined : t('firmwareNotOffered'),
          isDisabled: !isOffered(firmware),
        }))}
      />
      <p className="text-xs text-muted">{t('firmwareHint')}</p>
    </div>
  );
}
