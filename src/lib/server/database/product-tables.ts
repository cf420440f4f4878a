/** The tables of what shops sell. */
import type { Availability, SourceKind, SourceProblem } from '#lib/domain/products.ts';
import type { Flag, Instant } from './tables.ts';

interface ProductSourceTable {
	storefront_id: string;
	kind: SourceKind;
	address: string;
	token: string | null;
	/** Which of its jobs counts. */
	turn: number;
	currency: string | null;
	other_currency: string | null;
	doubled: number;
	unusable: number;
	beyond: number;
	good_at: Instant | null;
	tried_at: Instant | null;
	next_at: Instant;
	failures: number;
	failure_code: SourceProblem | null;
	connected_by: string;
	connected_at: Instant;
}

interface ProductTable {
	id: string;
	storefront_id: string;
	/** The shop's own name for it; null: kept by hand. */
	external_id: string | null;
	position: number;
	title: string;
	price_minor: number;
	currency: string;
	availability: Availability;
	address: string;
	picture_address: string | null;
	picture_tried_at: Instant | null;
	picture_file: string | null;
	is_held: Flag;
	seen_at: Instant;
}

export interface ProductTables {
	product_source: ProductSourceTable;
	product: ProductTable;
}
