/**
 * What becomes of every column of every table when a course leaves in an archive. A new column does
 * not compile until somebody has decided about it here; tests/capabilities/inventory.test.ts holds
 * the list against the migrated database.
 */
import type { Tables } from '../database/tables.ts';

/**
 * `kept`: stands in the archive, by value or by the order of a list. `anew`: means nothing elsewhere,
 * or follows from what is kept, and is made by the installation that takes the course in.
 */
type Fate = 'kept' | 'anew';
/** A table that stays behind as a whole, and why. */
type Stays = { staysBecause: string };
type Inventory = {
	[T in keyof Tables]: { [C in keyof Tables[T]]: Fate } | Stays;
};

const PEOPLE: Stays = { staysBecause: 'it is about people, who agreed to nothing elsewhere' };
const MACHINERY: Stays = { staysBecause: 'it is work or bookkeeping of this installation' };
const TEACHING: Stays = { staysBecause: 'it is about a class, which is held here' };
const SHOPS: Stays = { staysBecause: 'it is about shops, not about a course' };
const GIVEN_ANEW: Stays = {
	staysBecause: 'whoever publishes a lesson is answerable for it: it has to be given anew'
};

export const INVENTORY: Inventory = {
	course: {
		id: 'anew',
		title: 'kept',
		summary: 'kept',
		skill_field: 'kept',
		cover_key: 'kept',
		created_by: 'anew',
		created_at: 'anew',
		archived_at: 'anew',
		listed_at: 'anew',
		occupation: 'kept',
		skill_level: 'kept'
	},
	course_unit: { id: 'anew', course_id: 'kept', position: 'kept', title: 'kept' },
	unit_lesson: { lesson_id: 'kept', unit_id: 'kept' },
	lesson: {
		id: 'anew',
		course_id: 'kept',
		position: 'kept',
		title: 'kept',
		summary: 'kept',
		teaching_mode: 'kept',
		sign_offset_ms: 'kept',
		completion: 'kept',
		created_at: 'anew'
	},
	track: {
		id: 'anew',
		lesson_id: 'kept',
		kind: 'kept',
		upload_id: 'anew',
		file_name: 'kept',
		size_bytes: 'kept',
		// All that is measured follows from the original.
		state: 'anew',
		progress_permille: 'anew',
		failure_code: 'anew',
		digest: 'anew',
		early_digest: 'anew',
		duration_ms: 'anew',
		width: 'anew',
		height: 'anew',
		has_sound: 'anew',
		frame_rate_millihertz: 'anew',
		prepared_bytes: 'anew',
		created_by: 'anew',
		created_at: 'anew',
		// Earlier videos are an undo of this installation.
		replaced_at: 'anew'
	},
	upload: {
		id: 'anew',
		lesson_id: 'kept',
		kind: 'kept',
		person_id: 'anew',
		file_name: 'kept',
		size_bytes: 'kept',
		created_at: 'anew',
		finished_at: 'anew'
	},
	take: {
		id: 'anew',
		lesson_id: 'kept',
		upload_id: 'kept',
		start_ms: 'kept',
		end_ms: 'kept',
		align_ms: 'kept',
		trim_start_ms: 'kept',
		trim_end_ms: 'kept',
		state: 'anew',
		failure_code: 'anew',
		duration_ms: 'anew',
		width: 'anew',
		height: 'anew',
		track_id: 'kept',
		created_at: 'anew',
		replaced_at: 'anew'
	},
	caption_track: {
		id: 'anew',
		lesson_id: 'kept',
		language: 'kept',
		tier: 'kept',
		revision: 'anew',
		webvtt: 'kept',
		cue_count: 'anew',
		file_name: 'kept',
		uploaded_by: 'anew',
		uploaded_at: 'anew'
	},
	lesson_step: {
		id: 'anew',
		lesson_id: 'kept',
		position: 'kept',
		title: 'kept',
		start_ms: 'kept',
		end_ms: 'kept',
		picture_at_ms: 'kept',
		picture_track_id: 'anew',
		note: 'kept',
		hazards: 'kept',
		timer_label: 'kept',
		timer_ms: 'kept'
	},
	lesson_turn: {
		lesson_id: 'kept',
		start_ms: 'kept',
		end_ms: 'kept',
		sign_start_ms: 'kept',
		sign_end_ms: 'kept',
		hands_start_ms: 'kept',
		hands_end_ms: 'kept'
	},
	action_area: {
		lesson_id: 'kept',
		start_ms: 'kept',
		end_ms: 'kept',
		x: 'kept',
		y: 'kept',
		width: 'kept',
		height: 'kept'
	},
	sign_section: { lesson_id: 'kept', lesson_ms: 'kept', media_ms: 'kept', length_ms: 'kept' },
	glossary_term: {
		id: 'anew',
		course_id: 'kept',
		position: 'kept',
		term: 'kept',
		variants: 'kept',
		explanation: 'kept',
		clip_id: 'kept',
		clip_state: 'anew',
		clip_failure_code: 'anew',
		clip_digest: 'anew',
		clip_width: 'anew',
		clip_height: 'anew',
		clip_bytes: 'anew'
	},
	lesson_marks: MACHINERY,
	sign_placing: MACHINERY,
	glossary_term_removed: { staysBecause: 'it is an undo of this installation' },
	lesson_yield: { lesson_id: 'kept', count: 'kept', product: 'kept' },
	lesson_material: {
		id: 'anew',
		lesson_id: 'kept',
		position: 'kept',
		kind: 'kept',
		name: 'kept',
		amount_thousandths: 'kept',
		unit: 'kept',
		note: 'kept'
	},
	lesson_practice: {
		lesson_id: 'kept',
		revision: 'anew',
		task: 'kept',
		saved_by: 'anew',
		saved_at: 'anew'
	},
	lesson_attachment: {
		id: 'anew',
		lesson_id: 'kept',
		position: 'kept',
		name: 'kept',
		kind: 'kept',
		purpose: 'kept',
		size_bytes: 'kept',
		added_by: 'anew',
		added_at: 'anew',
		// What was taken out is an undo of this installation.
		removed_at: 'anew'
	},
	composite: { staysBecause: 'it is made of both videos, and is made anew of them' },
	course_instructor: PEOPLE,
	person: PEOPLE,
	person_number: PEOPLE,
	role_grant: PEOPLE,
	session: PEOPLE,
	invitation: PEOPLE,
	rate_limit: MACHINERY,
	person_player_settings: PEOPLE,
	notification: PEOPLE,
	notification_muted: PEOPLE,
	job: MACHINERY,
	course_import: MACHINERY,
	lesson_publication: GIVEN_ANEW,
	lesson_version: { staysBecause: 'it is what trainees of this installation were shown' },
	version_attachment: { staysBecause: 'it is of versions, which stay' },
	class_version: TEACHING,
	lesson_review: GIVEN_ANEW,
	review_comment: GIVEN_ANEW,
	filming_consent: GIVEN_ANEW,
	publish_exception: GIVEN_ANEW,
	class: TEACHING,
	class_staff: TEACHING,
	enrolment: TEACHING,
	roster: PEOPLE,
	card: PEOPLE,
	card_device: PEOPLE,
	card_event: PEOPLE,
	lesson_progress: TEACHING,
	practice_submission: PEOPLE,
	practice_work: PEOPLE,
	practice_assessment: PEOPLE,
	practice_opinion: PEOPLE,
	practice_appointment: PEOPLE,
	practice_appeal: PEOPLE,
	certificate: TEACHING,
	certificate_event: TEACHING,
	signing_key: MACHINERY,
	skill_record: PEOPLE,
	storefront: SHOPS,
	placement: SHOPS,
	placement_event: SHOPS,
	placement_ending: SHOPS,
	work_month: SHOPS,
	check_in: SHOPS,
	check_in_care: SHOPS,
	income_consent: SHOPS,
	check_in_income: SHOPS,
	placement_alarm: SHOPS,
	product: SHOPS,
	product_source: SHOPS
};
