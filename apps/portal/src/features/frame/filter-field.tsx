'use client';

import { IconButton } from '@vireo/ui/button';
import { TextInput } from '@vireo/ui/field';
import { Search, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';

const SETTLED_MS = 200;

/** A list's filter: takes effect when typing rests, */
export function FilterField({
  value,
  onChange,
  placeholder,
}: {
  value: string;
  onChange: (value: string) => void;
  placeholder?: string;
}) {
  const t = useTranslations('common');
  const [text, setText] = useState(value);
  const sent = useRef(value);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (value === sent.current) return;
    sent.current = value;
    setText(value);
  }, [value]);
  useEffect(() => {
    if (text === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = text;
      onChange(text);
    }, SETTLED_MS);
    return () => clearTimeout(timer);
  }, [text, onChange]);
  return (
    <search className="relative w-full max-w-sm">
      <Search size={14} aria-hidden className="pointer-events-none absolute top-2 left-2.5 text-muted" />
      <TextInput
        ref={input}
        value={text}
        maxLength={500}
        aria-label={t('filter')}
        placeholder={placeholder ?? t('filter')}
        onChange={(event) => setText(event.target.value)}
        className="!px-8"
      />
      {text !== '' && (
        <span className="absolute top-0.5 right-0.5">
          <IconButton
            size="small"
            label={t('clearFilter')}
            icon={<X size={14} />}
            onClick={() => {
              setText('');
              sent.current = '';
              onChange('');
              input.current?.focus();
            }}
          />
        </span>
      )}
    </search>
  );
}
