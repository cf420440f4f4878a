import { sql, type Kysely } from 'kysely';

// What stands between a lesson and a trainee: reviewers (聋人审校) and what they said, the consent of
// everybody filmed, exceptions that staff let through, and how many pictures a second a video has.

/** A check cannot be altered in SQLite: the table is made anew, its rows go over. */
async function letRolesBe(db: Kysely<unknown>, roles: readonly string[]): Promise<void> {
	const isKnown = sql`role in (${sql.join(roles.map((role) => sql.lit(role)))})`;
	await setRowsAside(db, 'role_grant');
	await db.schema
		.createTable('role_grant')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('person_id', 'text', (c) => c.notNull().references('person.id'))
		.addColumn('role', 'text', (c) => c.notNull().check(isKnown))
		.addColumn('granted_by', 'text', (c) => c.references('person.id'))
		.addColumn('granted_at', 'text', (c) => c.notNull())
		.addColumn('revoked_by', 'text', (c) => c.references('person.id'))
		.addColumn('revoked_at', 'text')
		.execute();
	await putRowsBack(db, 'role_grant', [
		...['id', 'person_id', 'role', 'granted_by', 'granted_at', 'revoked_by', 'revoked_at']
	]);
	await db.schema
		.createIndex('role_grant_current')
		.on('role_grant')
		.columns(['person_id', 'role'])
		.unique()
		.where(sql.ref('revoked_at'), 'is', null)
		.execute();

	await setRowsAside(db, 'invitation');
	await db.schema
		.createTable('invitation')
		.addColumn('token_hash', 'text', (c) => c.primaryKey().notNull())
		.addColumn('role', 'text', (c) => c.notNull().check(isKnown))
		.addColumn('display_name', 'text', (c) => c.notNull())
		.addColumn('invited_by', 'text', (c) => c.references('person.id'))
		.addColumn('invited_at', 'text', (c) => c.notNull())
		.addColumn('expires_at', 'text', (c) => c.notNull())
		.addColumn('accepted_by', 'text', (c) => c.references('person.id'))
		.addColumn('accepted_at', 'text')
		.execute();
	await putRowsBack(db, 'invitation', [
		...['token_hash', 'role', 'display_name', 'invited_by', 'invited_at', 'expires_at'],
		...['accepted_by', 'accepted_at']
	]);
}

async function setRowsAside(db: Kysely<unknown>, table: string) {
	const before = sql.table(`${table}_before`);
	await sql`create table ${before} as select * from ${sql.table(table)}`.execute(db);
	await db.schema.dropTable(table).execute();
}

async function putRowsBack(db: Kysely<unknown>, table: string, columns: readonly string[]) {
	const names = sql.join(columns.map((column) => sql.ref(column)));
	const before = sql.table(`${table}_before`);
	await sql`insert into ${sql.table(table)} (${names}) select ${names} from ${before}`.execute(db);
	await db.schema.dropTable(`${table}_before`).execute();
}

export async function up(db: Kysely<unknown>): Promise<void> {
	await letRolesBe(db, ['trainee', 'instructor', 'staff', 'reviewer']);
	await db.schema
		.alterTable('track')
		.addColumn('frame_rate_millihertz', 'integer', (c) => c.check(sql`frame_rate_millihertz > 0`))
		.execute();

	await db.schema
		.createTable('lesson_review')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('lesson_id', 'text', (c) => c.notNull().references('lesson.id'))
		.addColumn('asked_by', 'text', (c) => c.notNull().references('person.id'))
		.addColumn('asked_at', 'text', (c) => c.notNull())
		.addColumn('decided_by', 'text', (c) => c.references('person.id'))
		.addColumn('decided_at', 'text')
		.addColumn('verdict', 'text', (c) => c.check(sql`verdict in ('approved', 'changes_requested')`))
		.addColumn('content_digest', 'text')
		.addCheckConstraint(
			'lesson_review_decision',
			sql`(decided_at is null) = (verdict is null) and (decided_at is null) = (decided_by is null)
				and (decided_at is null) = (content_digest is null)`
		)
		.execute();
	await db.schema
		.createIndex('lesson_review_open')
		.on('lesson_review')
		.column('lesson_id')
		.unique()
		.where(sql.ref('decided_at'), 'is', null)
		.execute();

	await db.schema
		.createTable('review_comment')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('review_id', 'text', (c) => c.notNull().references('lesson_review.id'))
		.addColumn('at_ms', 'integer', (c) => c.notNull().check(sql`at_ms >= 0`))
		.addColumn('about', 'text', (c) =>
			c.notNull().check(sql`about in ('sign', 'captions', 'demonstration', 'steps')`)
		)
		.addColumn('text', 'text', (c) => c.notNull())
		.addColumn('written_by', 'text', (c) => c.notNull().references('person.id'))
		.addColumn('written_at', 'text', (c) => c.notNull())
		.addColumn('mended_at', 'text')
		.execute();
	await db.schema
		.createIndex('review_comment_review')
		.on('review_comment')
		.column('review_id')
		.execute();

	await db.schema
		.createTable('filming_consent')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('lesson_id', 'text', (c) => c.notNull().references('lesson.id'))
		.addColumn('who', 'text', (c) => c.notNull().check(sql`who in ('myself', 'other', 'nobody')`))
		.addColumn('person_name', 'text', (c) => c.notNull())
		.addColumn('means', 'text', (c) =>
			c.notNull().check(sql`means in ('account', 'paper', 'sign_video')`)
		)
		.addColumn('given_on', 'text', (c) => c.notNull())
		.addColumn('recorded_by', 'text', (c) => c.notNull().references('person.id'))
		.addColumn('recorded_at', 'text', (c) => c.notNull())
		.addColumn('withdrawn_by', 'text', (c) => c.references('person.id'))
		.addColumn('withdrawn_at', 'text')
		.execute();
	await db.schema
		.createIndex('filming_consent_lesson')
		.on('filming_consent')
		.column('lesson_id')
		.execute();

	await db.schema
		.createTable('publish_exception')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('lesson_id', 'text', (c) => c.notNull().references('lesson.id'))
		.addColumn('topic', 'text', (c) =>
			c.notNull().check(sql`topic in ('sign', 'captions', 'steps', 'review')`)
		)
		.addColumn('reason', 'text', (c) => c.notNull())
		.addColumn('allowed_by', 'text', (c) => c.notNull().references('person.id'))
		.addColumn('allowed_at', 'text', (c) => c.notNull())
		.addColumn('revoked_by', 'text', (c) => c.references('person.id'))
		.addColumn('revoked_at', 'text')
		.execute();
	await db.schema
		.createIndex('publish_exception_current')
		.on('publish_exception')
		.columns(['lesson_id', 'topic'])
		.unique()
		.where(sql.ref('revoked_at'), 'is', null)
		.execute();
}

export async function down(db: Kysely<unknown>): Promise<void> {
	for (const table of ['publish_exception', 'filming_consent', 'review_comment', 'lesson_review'])
		await db.schema.dropTable(table).execute();
	await db.schema.alterTable('track').dropColumn('frame_rate_millihertz').execute();
	for (const table of ['role_grant', 'invitation'])
		await sql`delete from ${sql.table(table)} where role = 'reviewer'`.execute(db);
	await letRolesBe(db, ['trainee', 'instructor', 'staff']);
}
