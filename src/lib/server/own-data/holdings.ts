/**
 * Which rows of every table are about a person, and which columns of them she is given. A new table
 * does not compile until somebody has decided about it here. Left out is what names somebody else,
 * and what is a secret even where it is hers (its hash lets nobody in, and tells her nothing).
 */
import type { Topic } from '#lib/domain/own-data.ts';
import type { Tables } from '../database/tables.ts';

type Columns<T extends keyof Tables> = keyof Tables[T] & string;
/** Tables whose rows belong to a row of hers. */
type Parent = 'card' | 'certificate' | 'placement' | 'practice_submission';
type Hers<T extends keyof Tables> = {
	topic: Topic;
	/** The column that names her, or, with `of`, a row of hers in that table. */
	by: Columns<T>;
	of?: Parent;
	without?: readonly Columns<T>[];
	/** Why it stays when she has everything erased; it says nothing of who it was. */
	kept?: string;
};
type NotHers = { notHers: string };
type Holdings = { [T in keyof Tables]: Hers<T> | NotHers };

const CONTENT: NotHers = { notHers: 'it is about a course; her name stands in it as its maker' };
const CLASS: NotHers = { notHers: 'it is about a class' };
const SHOP: NotHers = { notHers: 'it is about a shop' };
const TAUGHT = 'it is part of a course that others learn from';
const REPORTED = 'how many found work is counted';
const MACHINERY: NotHers = { notHers: 'it is bookkeeping of this installation' };

export const HOLDINGS: Holdings = {
	person: {
		...{ topic: 'account', by: 'id', without: ['password_hash'] },
		kept: 'what stays hangs on it; its name and what she signs in with go'
	},
	person_number: { topic: 'account', by: 'person_id', without: ['given_by'] },
	role_grant: { topic: 'account', by: 'person_id', without: ['granted_by', 'revoked_by'] },
	session: { topic: 'account', by: 'person_id', without: ['id_hash'] },
	invitation: { topic: 'account', by: 'accepted_by', without: ['token_hash', 'invited_by'] },
	card: { topic: 'account', by: 'person_id', without: ['secret_hash'] },
	card_device: { topic: 'account', by: 'card_id', of: 'card', without: ['device_hash'] },
	card_event: { topic: 'account', by: 'card_id', of: 'card', without: ['done_by'] },

	enrolment: { topic: 'classes', by: 'person_id' },
	class_staff: { topic: 'classes', by: 'person_id', without: ['added_by'], kept: TAUGHT },
	class: CLASS,
	class_version: CLASS,
	roster: { notHers: 'a file about many, which is not kept once it is imported or refused' },

	lesson_progress: { topic: 'learning', by: 'person_id' },

	practice_submission: { topic: 'work', by: 'person_id', without: ['looking_by', 'removed_at'] },
	practice_work: { topic: 'work', by: 'person_id' },
	practice_assessment: {
		...{ topic: 'work', by: 'submission_id', of: 'practice_submission' },
		without: ['assessed_by']
	},
	practice_appeal: {
		...{ topic: 'work', by: 'submission_id', of: 'practice_submission' },
		without: ['looking_by']
	},
	practice_opinion: {
		notHers: 'what several think before they decide is theirs; the decision is an assessment'
	},
	practice_appointment: { notHers: 'it says who may assess, and nothing of whose work it is' },

	certificate: {
		...{ topic: 'certificates', by: 'person_id', without: ['issued_by'] },
		kept: 'whoever has its number can see that it is real; its name goes'
	},
	certificate_event: {
		...{ topic: 'certificates', by: 'certificate_id', of: 'certificate' },
		without: ['done_by'],
		kept: 'it tells why a certificate holds or not'
	},
	skill_record: { topic: 'certificates', by: 'person_id', without: ['recorded_by', 'removed_by'] },
	signing_key: MACHINERY,

	placement: { topic: 'placements', by: 'person_id', kept: REPORTED },
	placement_event: {
		...{ topic: 'placements', by: 'placement_id', of: 'placement' },
		without: ['by_person_id'],
		kept: REPORTED
	},
	placement_ending: { topic: 'placements', by: 'placement_id', of: 'placement' },
	storefront: SHOP,
	product: SHOP,
	product_source: SHOP,

	work_month: { topic: 'placements', by: 'placement_id', of: 'placement' },
	check_in: { topic: 'placements', by: 'placement_id', of: 'placement' },
	check_in_care: {
		...{ topic: 'placements', by: 'placement_id', of: 'placement' },
		without: ['done_by']
	},
	income_consent: { topic: 'placements', by: 'placement_id', of: 'placement' },
	check_in_income: { topic: 'placements', by: 'placement_id', of: 'placement' },
	placement_alarm: {
		...{ topic: 'placements', by: 'placement_id', of: 'placement' },
		without: ['raised_to', 'closed_by']
	},

	course_instructor: { topic: 'teaching', by: 'person_id', kept: TAUGHT },
	upload: { topic: 'teaching', by: 'person_id', kept: TAUGHT },
	filming_consent: {
		...{ topic: 'teaching', by: 'recorded_by', without: ['withdrawn_by'] },
		kept: 'it is about whoever was filmed'
	},
	lesson_review: { topic: 'teaching', by: 'decided_by', without: ['asked_by'], kept: TAUGHT },
	review_comment: { topic: 'teaching', by: 'written_by', kept: TAUGHT },

	person_player_settings: { topic: 'settings', by: 'person_id' },
	notification: { topic: 'settings', by: 'person_id' },
	notification_muted: { topic: 'settings', by: 'person_id' },

	course: CONTENT,
	course_import: CONTENT,
	course_unit: CONTENT,
	unit_lesson: CONTENT,
	lesson: CONTENT,
	lesson_publication: CONTENT,
	lesson_version: CONTENT,
	publish_exception: CONTENT,
	track: CONTENT,
	take: CONTENT,
	caption_track: CONTENT,
	lesson_step: CONTENT,
	lesson_marks: CONTENT,
	lesson_turn: CONTENT,
	action_area: CONTENT,
	sign_section: CONTENT,
	sign_placing: CONTENT,
	composite: CONTENT,
	glossary_term: CONTENT,
	glossary_term_removed: CONTENT,
	lesson_yield: CONTENT,
	lesson_material: CONTENT,
	lesson_practice: CONTENT,
	lesson_attachment: CONTENT,
	version_attachment: CONTENT,
	job: MACHINERY,
	rate_limit: MACHINERY
};

export type Holding = { table: keyof Tables } & Pick<Hers<keyof Tables>, 'topic'> & {
		by: string;
		of?: Parent;
		without?: readonly string[];
		kept?: string;
	};

/** Those that hold something about people, in the order of their topics above. */
export const HELD: readonly Holding[] = Object.entries(HOLDINGS).flatMap(([table, holding]) =>
	'notHers' in holding ? [] : [{ table: table as keyof Tables, ...holding }]
);
