/** The tables of certificates of completion, and of what they are signed with. */
import type { AttachmentKind } from '#lib/domain/attachments.ts';
import type { CertificateEventKind } from '#lib/domain/certificates.ts';
import type { RecordKind } from '#lib/domain/skill-levels.ts';
import type { Flag, Instant } from './tables.ts';

interface CertificateTable {
	id: string;
	number: string;
	person_id: string;
	course_id: string;
	/** Null where it was issued before certificates were issued in classes. */
	class_id: string | null;
	issued_by: string | null;
	/** As on the day it was issued, and so the course's title and the association. */
	holder_name: string;
	course_title: string;
	association: string;
	issued_at: Instant;
	revoked_at: Instant | null;
	revoked_reason: string | null;
	/** What its holder lets anybody see who has the number. */
	shows_name: Flag;
	shown_work_id: string | null;
	/** Which bit of which status list says that it is revoked. */
	status_list: number;
	status_index: number;
}

interface CertificateEventTable {
	id: string;
	certificate_id: string;
	kind: CertificateEventKind;
	done_by: string;
	at: Instant;
	/** Why it was revoked; what is shown from then on. */
	note: string;
}

interface SigningKeyTable {
	id: string;
	/** JSON: a JWK without its private half. */
	public_key: string;
	made_at: Instant;
	/** From then on it signs nothing; what it has signed stays good. */
	retired_at: Instant | null;
}

interface SkillRecordTable {
	id: string;
	person_id: string;
	kind: RecordKind;
	/** The occupation, or the honour. */
	title: string;
	/** Of a skill level, 1 to 8. */
	level: number | null;
	/** Who assessed or awarded it. */
	body: string;
	/** Empty where the document has none. */
	number: string;
	/** A day without an hour. */
	awarded_on: string;
	copy_kind: AttachmentKind;
	recorded_by: string;
	recorded_at: Instant;
	removed_by: string | null;
	/** It was recorded in error: its copy is gone, that it was here is kept. */
	removed_at: Instant | null;
}

export interface CertificateTables {
	skill_record: SkillRecordTable;
	certificate: CertificateTable;
	certificate_event: CertificateEventTable;
	signing_key: SigningKeyTable;
}
