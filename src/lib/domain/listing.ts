/** A long list in pages, and what is looked for in it, as an address says it. */
import { MAX_NAME } from './fields.ts';

export const ROWS_A_PAGE = 50;
/** Shorter lists are seen at a glance: nothing to look for in them. */
export const WORTH_FINDING_IN = 12;

export type Listing = {
	/** Part of a name or number; '' for all. */
	find: string;
	/** From 1. */
	page: number;
};

/** The first page of all. */
export const EVERYBODY: Listing = { find: '', page: 1 };

/** What an address asks for; whatever is odd asks for nothing. */
export function listingOf(asked: URLSearchParams): Listing {
	const page = Number(asked.get('page'));
	const find = (asked.get('find') ?? '').replaceAll(/\p{Cc}/gu, ' ').trim();
	return {
		find: find.slice(0, MAX_NAME),
		page: Number.isSafeInteger(page) && page >= 1 ? Math.min(page, 1_000_000) : 1
	};
}

/** Part of a name as a pattern of SQL; the characters that patterns are written with are left out. */
export const patternOf = (find: string): string =>
	`%${find.toLowerCase().replaceAll(/[%_\\]/g, '')}%`;

/** The address of a page of the same list. */
export const pageHref = (find: string, page: number): string =>
	`?${new URLSearchParams({ ...(find && { find }), page: String(page) })}`;

export type Paged<Row> = { rows: Row[]; count: number; find: string; page: number; pages: number };

/** The page that is asked for, or the last one where there are fewer. */
export function placeOf({ page }: Pick<Listing, 'page'>, count: number) {
	const pages = Math.max(1, Math.ceil(count / ROWS_A_PAGE));
	const shown = Math.min(page, pages);
	return { page: shown, pages, offset: (shown - 1) * ROWS_A_PAGE, limit: ROWS_A_PAGE };
}

/** The same of a list that is all there, in its order. */
export function paged<Row>(
	all: readonly Row[],
	listing: Listing,
	nameOf: (row: Row) => string
): Paged<Row> {
	const looked = listing.find.toLowerCase();
	const found = all.filter((row) => nameOf(row).toLowerCase().includes(looked));
	const { page, pages, offset, limit } = placeOf(listing, found.length);
	const rows = found.slice(offset, offset + limit);
	return { rows, count: found.length, find: listing.find, page, pages };
}
