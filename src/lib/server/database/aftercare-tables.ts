/** The tables of what comes after the yes to a shop. */
import type {
	AlarmKind,
	CheckInDay,
	Feeling,
	MoneyAsked,
	Paid,
	Worked
} from '#lib/domain/aftercare.ts';
import type { EndReason } from '#lib/domain/placements.ts';
import type { Instant } from './tables.ts';

export interface PlacementEndingTable {
	placement_id: string;
	reason: EndReason;
	note: string;
}

export interface WorkMonthTable {
	placement_id: string;
	month: string;
	worked: Worked;
	paid: Paid;
	money_asked: MoneyAsked;
	note: string;
	answered_at: Instant;
}

export interface CheckInTable {
	placement_id: string;
	day: CheckInDay;
	feeling: Feeling;
	/** Codes, as JSON. */
	helps: string;
	note: string;
	answered_at: Instant;
}

export interface CheckInCareTable {
	placement_id: string;
	day: CheckInDay;
	note: string;
	done_by: string;
	done_at: Instant;
}

export interface IncomeConsentTable {
	id: string;
	placement_id: string;
	given_at: Instant;
	withdrawn_at: Instant | null;
}

export interface CheckInIncomeTable {
	placement_id: string;
	day: CheckInDay;
	income_yuan: number | null;
	hours: number | null;
	kept_at: Instant;
}

export interface PlacementAlarmTable {
	id: string;
	placement_id: string;
	kind: AlarmKind;
	about: string;
	raised_at: Instant;
	raised_to: string | null;
	closed_at: Instant | null;
	closed_by: string | null;
	closed_note: string | null;
}

export interface AftercareTables {
	placement_ending: PlacementEndingTable;
	work_month: WorkMonthTable;
	check_in: CheckInTable;
	check_in_care: CheckInCareTable;
	income_consent: IncomeConsentTable;
	check_in_income: CheckInIncomeTable;
	placement_alarm: PlacementAlarmTable;
}
