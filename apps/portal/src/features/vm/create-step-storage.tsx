'use client';

import { Callout } from '@vireo/ui/callout';
import { Field, NumberInput, RadioCards, Select } from '@vireo/ui/field';
import { useTranslations } from 'next-intl';
import { useUnits } from '@/i18n/use-units.ts';
import { byPath, CreateDraft } from './create-draft.ts';
import { type CreateForm, useProblemText } from './create-form.ts';

const SOURCES = CreateDraft.shape.source.options;

const NEW_DISK_GIB = '20';

/** What the VM starts from, and where and how large its disk is. */
export function StorageStep({ form }: { form: CreateForm }) {
  const { draft, change, problems, options } = form;
  const t = useTranslations('vm.wizard');
  const units = useUnits();
  const problemText = useProblemText(problems);
  const image = options.images.find(({ path }) => path === draft.imagePath);
  const datastores = byPath(
    options.datastores.filter((datastore) => datastore.isActive),
    draft.hostId,
  );
  // A copy is as large as its image unless somebody says otherwise; a new disk needs a size.
  const chooseSource = (source: CreateDraft['source']) =>
    change({
      source,
      imagePath: '',
      ...(source !== 'disk' && draft.diskGiB.trim() === '' && { diskGiB: NEW_DISK_GIB }),
      ...(source === 'disk' && draft.diskGiB === NEW_DISK_GIB && { diskGiB: '' }),
    });
  return (
    <div className="flex flex-col gap-4">
      <RadioCards
        legend={t('source')}
        name="source"
        value={draft.source}
        onChange={(value) => chooseSource(CreateDraft.shape.source.parse(value))}
        choices={SOURCES.map((source) => ({
          value: source,
          label: t(`sources.${source}`),
          hint: t(`sourceHints.${source}`),
        }))}
      />
      {draft.source !== 'blank' && <ImageChoice form={form} kind={draft.source} />}
      <Field
        label={t('datastore')}
        hint={draft.hostId === '' ? t('datastoreNeedsHost') : t('datastoreHint')}
        error={problemText('datastorePath')}
      >
        <Select
          value={draft.datastorePath}
          disabled={draft.hostId === ''}
          onChange={(event) => change({ datastorePath: event.target.value })}
        >
          <option value="">{t('datastoreAutomatic')}</option>
          {draft.hostId !== '' &&
            datastores.map((datastore) => (
              <option key={datastore.id} value={datastore.path}>
                {datastore.name}
                {' – '}
                {t('datastoreFree', {
                  free: units.bytes(datastore.availableBytes),
                  total: units.bytes(datastore.capacityBytes),
                })}
              </option>
            ))}
        </Select>
      </Field>
      <Field
        label={t('diskSize')}
        hint={
          draft.source === 'disk' && image
            ? t('diskSizeHint', { size: units.bytes(image.virtualBytes) })
            : t('diskSizeHintPlain')
        }
        error={problemText('diskGiB')}
      >
        <NumberInput
          className="max-w-40"
          suffix="GiB"
          value={draft.diskGiB}
          onChange={(event) => change({ diskGiB: event.target.value })}
        />
      </Field>
    </div>
  );
}

function ImageChoice({ form, kind }: { form: CreateForm; kind: 'disk' | 'iso' }) {
  const { draft, change, problems, options } = form;
  const t = useTranslations('vm.wizard');
  const units = useUnits();
  const problemText = useProblemText(problems);
  const images = byPath(
    options.images.filter((image) => image.kind === kind),
    draft.hostId,
  );
  if (images.length === 0 && !options.isLoading) {
    return <Callout tone="warn" title={t(kind === 'iso' ? 'noIsos' : 'noImages')} />;
  }
  return (
    <Field label={t(kind === 'iso' ? 'iso' : 'image')} error={problemText('imagePath')}>
      <Select value={draft.imagePath} onChange={(event) => change({ imagePath: event.target.value })}>
        {images.map((image) => (
          <option key={image.id} value={image.path}>
            {[
              image.name,
              t('imageDetail', { format: image.format, size: units.bytes(image.virtualBytes) }),
              ...(draft.hostId === '' ? [t('onHosts', { count: image.hostCount })] : []),
            ].join(' – ')}
          </option>
        ))}
      </Select>
    </Field>
  );
}
