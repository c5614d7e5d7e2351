import { parseFilter } from '@vireo/contracts';

/** The value of the filter's term `field`; '' when it has none. */
export function filterValue(filter: string, field: string): string {
  return parseFilter(filter).find((term) => term.field === field)?.value ?? '';
}

const written = (text: string): string => (/\s/.test(text) ? `"${text}"` : text);

/** The filter with its term `field` replaced; '' takes the term away. */
export function withFilterValue(filter: string, field: string, value: string): string {
  const kept = parseFilter(filter)
    .filter((term) => term.field !== field)
    .map((term) => (term.field ? `${term.field}:${written(term.value)}` : written(term.value)));
  return [...kept, ...(value ? [`${field}:${written(value)}`] : [])].join(' ');
}
