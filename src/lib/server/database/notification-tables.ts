/** The tables of what people are told. */
import type { NotificationKind } from '#lib/domain/notifications.ts';
import type { Instant } from './tables.ts';

interface NotificationTable {
	id: string;
	person_id: string;
	kind: NotificationKind;
	/** What it is about, as the page it leads to is addressed. */
	subject_id: string;
	/** What that was called then. */
	title: string;
	happened_at: Instant;
	read_at: Instant | null;
}

interface NotificationMutedTable {
	person_id: string;
	kind: NotificationKind;
}

export interface NotificationTables {
	notification: NotificationTable;
	notification_muted: NotificationMutedTable;
}
