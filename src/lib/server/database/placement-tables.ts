/** The tables of shops and of the way from graduate to shop. */
import type {
	PlacementAction,
	PlacementRole,
	PlacementState,
	Showing
} from '#lib/domain/placements.ts';
import type { Platform } from '#lib/domain/storefronts.ts';
import type { Instant } from './tables.ts';

export interface StorefrontTable {
	id: string;
	name: string;
	platform: Platform;
	address: string;
	wares: string;
	help_needed: string;
	revision: number;
	created_by: string;
	created_at: Instant;
	suspended_by: string | null;
	suspended_at: Instant | null;
}

export interface PlacementTable {
	id: string;
	person_id: string;
	storefront_id: string;
	role: PlacementRole;
	state: PlacementState;
	showing: Showing;
	revision: number;
	created_at: Instant;
}

export interface PlacementEventTable {
	id: string;
	placement_id: string;
	revision: number;
	action: PlacementAction;
	from_state: PlacementState | null;
	to_state: PlacementState;
	by_person_id: string;
	happened_at: Instant;
}
