/**
 * The tables as Kysely sees them. Kept by hand because the narrow types (states, roles) are the
 * domain's; tests/capabilities/tables.test.ts holds every name and nullability against the
 * migrated database.
 */
import type {
	CaptionLanguage,
	CaptionTier,
	TeachingMode,
	TrackKind,
	TrackState
} from '#lib/domain/lessons.ts';
import type { Role } from '#lib/domain/roles.ts';
import type { SkillLevel } from '#lib/domain/skill-levels.ts';
import type { SkillField } from '#lib/domain/skills.ts';
import type { AftercareTables } from './aftercare-tables.ts';
import type {
	CardDeviceTable,
	CardEventTable,
	CardTable,
	ClassStaffTable,
	ClassTable,
	EnrolmentTable,
	PersonNumberTable,
	RosterTable
} from './class-tables.ts';
import type { CertificateTables } from './certificate-tables.ts';
import type { CourseImportTable } from './exchange-tables.ts';
import type {
	FilmingConsentTable,
	LessonReviewTable,
	PublishExceptionTable,
	ReviewCommentTable
} from './gate-tables.ts';
import type { LessonMaterialTable, LessonYieldTable } from './material-tables.ts';
import type {
	ActionAreaTable,
	CompositeTable,
	GlossaryTermRemovedTable,
	GlossaryTermTable,
	LessonMarksTable,
	LessonStepTable,
	LessonTurnTable,
	PersonPlayerSettingsTable,
	SignPlacingTable,
	SignSectionTable
} from './player-tables.ts';
import type {
	LessonAttachmentTable,
	LessonPracticeTable,
	VersionAttachmentTable
} from './practice-tables.ts';
import type { LessonProgressTable } from './progress-table.ts';
import type { PlacementEventTable, PlacementTable, StorefrontTable } from './placement-tables.ts';
import type { NotificationTables } from './notification-tables.ts';
import type { ProductTables } from './product-tables.ts';
import type { SubmissionTables } from './submission-tables.ts';
import type { TakeTable } from './take-table.ts';
import type { ClassVersionTable, LessonVersionTable } from './version-tables.ts';

/** ISO 8601 in UTC, as `new Date().toISOString()` writes it: sorts as text. */
export type Instant = string;
/** SQLite has no booleans; 0 or 1. */
export type Flag = 0 | 1;

export interface PersonTable {
	id: string;
	display_name: string;
	/** Both are null until she chooses them: she signs in with a card. */
	sign_in_name: string | null;
	password_hash: string | null;
	created_at: Instant;
	/** She has asked for everything to be erased: then. */
	erases_at: Instant | null;
	/** It was; the row has no name since. */
	erased_at: Instant | null;
}

export interface RoleGrantTable {
	id: string;
	person_id: string;
	role: Role;
	granted_by: string | null;
	granted_at: Instant;
	revoked_by: string | null;
	revoked_at: Instant | null;
}

export interface SessionTable {
	id_hash: string;
	person_id: string;
	expires_at: Instant;
}

export interface InvitationTable {
	token_hash: string;
	role: Role;
	display_name: string;
	invited_by: string | null;
	invited_at: Instant;
	expires_at: Instant;
	accepted_by: string | null;
	accepted_at: Instant | null;
}

export interface RateLimitTable {
	bucket: string;
	count: number;
	resets_at: Instant;
}

export interface CourseTable {
	id: string;
	title: string;
	summary: string;
	skill_field: SkillField;
	cover_key: string | null;
	created_by: string;
	created_at: Instant;
	archived_at: Instant | null;
	/** When it was put into the public catalogue; null: it is not in it. */
	listed_at: Instant | null;
	/** What it prepares for, and which level of it; both or neither. */
	occupation: string | null;
	skill_level: SkillLevel | null;
}

export interface CourseUnitTable {
	id: string;
	course_id: string;
	position: number;
	title: string;
}

export interface UnitLessonTable {
	lesson_id: string;
	unit_id: string;
}

export interface CourseInstructorTable {
	course_id: string;
	person_id: string;
	added_at: Instant;
}

export interface LessonTable {
	id: string;
	course_id: string;
	position: number;
	title: string;
	summary: string;
	teaching_mode: TeachingMode;
	sign_offset_ms: number;
	/** JSON: a `Completion`; null: the usual. */
	completion: string | null;
	created_at: Instant;
}

export interface LessonPublicationTable {
	id: string;
	lesson_id: string;
	published_by: string;
	published_at: Instant;
	withdrawn_by: string | null;
	withdrawn_at: Instant | null;
}

export interface UploadTable {
	id: string;
	lesson_id: string;
	kind: TrackKind;
	person_id: string;
	file_name: string;
	size_bytes: number;
	created_at: Instant;
	finished_at: Instant | null;
}

export interface TrackTable {
	id: string;
	lesson_id: string;
	kind: TrackKind;
	upload_id: string;
	file_name: string;
	size_bytes: number;
	state: TrackState;
	progress_permille: number;
	failure_code: string | null;
	digest: string | null;
	/** Of what is being made, and not whole yet. */
	early_digest: string | null;
	duration_ms: number | null;
	width: number | null;
	height: number | null;
	has_sound: Flag;
	/** Pictures in 1,000 seconds as they were filmed; null of tracks from before this was asked. */
	frame_rate_millihertz: number | null;
	prepared_bytes: number | null;
	created_by: string;
	created_at: Instant;
	replaced_at: Instant | null;
}

export interface CaptionTrackTable {
	id: string;
	lesson_id: string;
	language: CaptionLanguage;
	tier: CaptionTier;
	/** Counts every saving, from 1. */
	revision: number;
	webvtt: string;
	cue_count: number;
	file_name: string;
	uploaded_by: string;
	uploaded_at: Instant;
}

export interface JobTable {
	id: string;
	kind: string;
	payload: string;
	state: 'waiting' | 'running' | 'done' | 'failed';
	attempts: number;
	run_at: Instant;
	lease: string | null;
	leased_until: Instant | null;
	last_error: string | null;
	created_at: Instant;
	finished_at: Instant | null;
	is_background: Flag;
	/** Whose work it is; null: nobody's, or from before this was asked. */
	owner_id: string | null;
	/** When it was last begun. */
	started_at: Instant | null;
}

export interface Tables
	extends SubmissionTables, CertificateTables, NotificationTables, AftercareTables, ProductTables {
	person: PersonTable;
	person_number: PersonNumberTable;
	role_grant: RoleGrantTable;
	session: SessionTable;
	invitation: InvitationTable;
	rate_limit: RateLimitTable;
	course: CourseTable;
	course_instructor: CourseInstructorTable;
	course_import: CourseImportTable;
	course_unit: CourseUnitTable;
	unit_lesson: UnitLessonTable;
	lesson: LessonTable;
	lesson_publication: LessonPublicationTable;
	lesson_version: LessonVersionTable;
	class_version: ClassVersionTable;
	upload: UploadTable;
	track: TrackTable;
	take: TakeTable;
	caption_track: CaptionTrackTable;
	job: JobTable;
	lesson_step: LessonStepTable;
	lesson_marks: LessonMarksTable;
	sign_placing: SignPlacingTable;
	lesson_turn: LessonTurnTable;
	action_area: ActionAreaTable;
	sign_section: SignSectionTable;
	composite: CompositeTable;
	glossary_term: GlossaryTermTable;
	glossary_term_removed: GlossaryTermRemovedTable;
	lesson_yield: LessonYieldTable;
	lesson_material: LessonMaterialTable;
	lesson_practice: LessonPracticeTable;
	lesson_attachment: LessonAttachmentTable;
	version_attachment: VersionAttachmentTable;
	person_player_settings: PersonPlayerSettingsTable;
	class: ClassTable;
	class_staff: ClassStaffTable;
	enrolment: EnrolmentTable;
	roster: RosterTable;
	card: CardTable;
	card_device: CardDeviceTable;
	card_event: CardEventTable;
	lesson_progress: LessonProgressTable;
	storefront: StorefrontTable;
	placement: PlacementTable;
	placement_event: PlacementEventTable;
	lesson_review: LessonReviewTable;
	review_comment: ReviewCommentTable;
	filming_consent: FilmingConsentTable;
	publish_exception: PublishExceptionTable;
}
