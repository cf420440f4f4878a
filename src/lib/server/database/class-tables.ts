/** The tables of classes: how each is run, who is in it, and the cards people sign in with. */
import type { CardEventKind } from '#lib/domain/cards.ts';
import type { ClassPart } from '#lib/domain/classes.ts';
import type { Flag, Instant } from './tables.ts';

export interface ClassTable {
	id: string;
	course_id: string;
	title: string;
	join_code: string;
	created_by: string;
	created_at: Instant;
	closed_at: Instant | null;
	/** Days without an hour, 2026-12-01; null where nothing is said. */
	starts_on: string | null;
	ends_on: string | null;
	is_online: Flag;
	place: string | null;
	/** How many may be enrolled; null: as many as come. */
	seats: number | null;
}

export interface ClassStaffTable {
	class_id: string;
	person_id: string;
	part: ClassPart;
	added_by: string;
	added_at: Instant;
}

export interface EnrolmentTable {
	id: string;
	class_id: string;
	person_id: string;
	enrolled_at: Instant;
}

/** The number a school or the association knows a person by; hers alone, whatever the class. */
export interface PersonNumberTable {
	person_id: string;
	number: string;
	given_by: string;
	given_at: Instant;
}

/** A roster that was read and looked at, and perhaps imported. */
export interface RosterTable {
	id: string;
	class_id: string;
	file_name: string;
	/** JSON: `RosterLine`s of `domain/roster.ts`. */
	lines: string;
	/** JSON: headers of columns that were not read. */
	left_out: string;
	uploaded_by: string;
	uploaded_at: Instant;
	imported_by: string | null;
	imported_at: Instant | null;
	new_count: number | null;
	joined_count: number | null;
}

/** A printed card. Its secret stands on paper only; here is its hash. */
export interface CardTable {
	id: string;
	class_id: string;
	person_id: string;
	secret_hash: string;
	devices_allowed: number;
	made_at: Instant;
	revoked_at: Instant | null;
}

export interface CardDeviceTable {
	card_id: string;
	device_hash: string;
	bound_at: Instant;
	/** Kind and system, as `keptDevice` writes them; null of uses from before this was asked. */
	device: string | null;
	last_used_at: Instant | null;
}

export interface CardEventTable {
	id: string;
	card_id: string;
	kind: CardEventKind;
	/** The member of staff who did it; null where it was whoever holds the card. */
	done_by: string | null;
	at: Instant;
}
