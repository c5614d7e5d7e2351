import { parseFilter } from '@vireo/contracts';

const quoted = (value: string) => (/\s/.test(value) ? `"${value}"` : value);

/** What `field:` asks for in a filter; '' when it doesn't. */
export function termOf(filter: string, field: string): string {
  return parseFilter(filter).find((term) => term.field === field)?.value ?? '';
}

/** The filter with `field:value` in place of what it asked of that field; '' takes it away. */
export function withTerm(filter: string, field: string, value: string): string {
  const others = parseFilter(filter)
    .filter((term) => term.field !== field)
    .map((term) => (term.field ? `${term.field}:${quoted(term.value)}` : quoted(term.value)));
  return [...others, ...(value ? [`${field}:${quoted(value)}`] : [])].join(' ');
}
