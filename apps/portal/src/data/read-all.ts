import type { ListInput, Page } from '@vireo/contracts';

const PAGE_ROWS = 500;

/** Reads a list to its end, in pages as large as the API gives. For exports and for selecting all, not for showing. */
export async function readAll<Row>(
  read: (input: ListInput) => Promise<Page<Row>>,
  { filter, sort }: { filter: string; sort: string },
): Promise<Row[]> {
  const rows: Row[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<Row> = await read({ filter, sort, limit: PAGE_ROWS, ...(cursor && { cursor }) });
    rows.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor);
  return rows;
}
