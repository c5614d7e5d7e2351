'use client';

import { Select } from '@vireo/ui/field';
import { termOf, withTerm } from './filter-terms.ts';

/** One field of the filter as a choice; the text field shows the same filter. */
export function TermSelect({
  field,
  label,
  anyLabel,
  choices,
  filter,
  onFilter,
}: {
  field: string;
  label: string;
  anyLabel: string;
  choices: readonly { value: string; label: string }[];
  filter: string;
  onFilter: (filter: string) => void;
}) {
  return (
    <Select
      aria-label={label}
      className="!w-auto"
      value={termOf(filter, field)}
      onChange={(event) => onFilter(withTerm(filter, field, event.target.value))}
    >
      <option value="">{anyLabel}</option>
      {choices.map((choice) => (
        <option key={choice.value} value={choice.value}>
          {choice.label}
        </option>
      ))}
    </Select>
  );
}
