import type { QueueColumn } from './queue-filter.ts';
import { readColumns, USUAL_COLUMNS } from './queue-filter.ts';

/** What a person has chosen for this browser. */
const COLUMNS_KEY = 'watchfloor.queue.columns';
const PAGES_KEY = 'watchfloor.queue.pages';

export function keptColumns(): readonly QueueColumn[] {
  const columns = readColumns((localStorage.getItem(COLUMNS_KEY) ?? '').split(',').filter((word) => word !== ''));
  return columns.length === 0 ? USUAL_COLUMNS : columns;
}

export function keepColumns(columns: readonly QueueColumn[]): void {
  localStorage.setItem(COLUMNS_KEY, columns.join(','));
}

export function wantsPages(): boolean {
  return localStorage.getItem(PAGES_KEY) === 'on';
}

export function switchPages(on: boolean): void {
  localStorage.setItem(PAGES_KEY, on ? 'on' : 'off');
}
