import { sql, type Kysely } from 'kysely';

// What the player shows beside the pictures: steps, turns, the place of the hands, where the sign
// track belongs, the words of the trade, both pictures in one video, and what a person chose.

/** Two hours, in milliseconds: no lesson is longer. */
const LONGEST_MS = 7_200_000;
const isSpan = sql`start_ms >= 0 and end_ms > start_ms and end_ms <= ${sql.lit(LONGEST_MS)}`;
/** A part of a turn: both ends or none, and inside the turn. */
const isWithinTurn = (part: 'sign' | 'hands') => {
	const [start, end] = [sql.ref(`${part}_start_ms`), sql.ref(`${part}_end_ms`)];
	return sql`(${start} is null and ${end} is null) or (${start} is not null and ${end} is not null
		and ${start} >= start_ms and ${end} > ${start} and ${end} <= end_ms)`;
};

export async function up(db: Kysely<unknown>): Promise<void> {
	await db.schema
		.alterTable('lesson')
		.addColumn('sign_offset_ms', 'integer', (c) =>
			c
				.notNull()
				.defaultTo(0)
				.check(sql`sign_offset_ms between ${sql.lit(-LONGEST_MS)} and ${sql.lit(LONGEST_MS)}`)
		)
		.execute();

	// Work nobody waits for stands behind all other work.
	await db.schema
		.alterTable('job')
		.addColumn('is_background', 'integer', (c) =>
			c
				.notNull()
				.defaultTo(0)
				.check(sql`is_background in (0, 1)`)
		)
		.execute();

	await db.schema
		.createTable('lesson_step')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('lesson_id', 'text', (c) => c.notNull().references('lesson.id'))
		.addColumn('position', 'integer', (c) => c.notNull())
		.addColumn('title', 'text', (c) => c.notNull())
		.addColumn('start_ms', 'integer', (c) => c.notNull())
		.addColumn('end_ms', 'integer', (c) => c.notNull())
		.addColumn('picture_at_ms', 'integer', (c) => c.notNull())
		.addColumn('picture_track_id', 'text', (c) => c.references('track.id'))
		.addColumn('note', 'text', (c) => c.notNull())
		.addColumn('timer_label', 'text')
		.addColumn('timer_ms', 'integer', (c) => c.check(sql`timer_ms between 1000 and 86400000`))
		.addUniqueConstraint('lesson_step_position', ['lesson_id', 'position'])
		.addCheckConstraint('lesson_step_span', isSpan)
		.addCheckConstraint(
			'lesson_step_picture',
			sql`picture_at_ms >= start_ms and picture_at_ms < end_ms`
		)
		.addCheckConstraint('lesson_step_timer', sql`(timer_label is null) = (timer_ms is null)`)
		.execute();

	await db.schema
		.createTable('lesson_turn')
		.addColumn('lesson_id', 'text', (c) => c.notNull().references('lesson.id'))
		.addColumn('start_ms', 'integer', (c) => c.notNull())
		.addColumn('end_ms', 'integer', (c) => c.notNull())
		.addColumn('sign_start_ms', 'integer')
		.addColumn('sign_end_ms', 'integer')
		.addColumn('hands_start_ms', 'integer')
		.addColumn('hands_end_ms', 'integer')
		.addPrimaryKeyConstraint('lesson_turn_pk', ['lesson_id', 'start_ms'])
		.addCheckConstraint('lesson_turn_span', isSpan)
		.addCheckConstraint('lesson_turn_sign', isWithinTurn('sign'))
		.addCheckConstraint('lesson_turn_hands', isWithinTurn('hands'))
		.execute();

	// Where in the demonstration the hands work: thousandths of its width and height.
	await db.schema
		.createTable('action_area')
		.addColumn('lesson_id', 'text', (c) => c.notNull().references('lesson.id'))
		.addColumn('start_ms', 'integer', (c) => c.notNull())
		.addColumn('end_ms', 'integer', (c) => c.notNull())
		.addColumn('x', 'integer', (c) => c.notNull())
		.addColumn('y', 'integer', (c) => c.notNull())
		.addColumn('width', 'integer', (c) => c.notNull())
		.addColumn('height', 'integer', (c) => c.notNull())
		.addPrimaryKeyConstraint('action_area_pk', ['lesson_id', 'start_ms'])
		.addCheckConstraint('action_area_span', isSpan)
		.addCheckConstraint(
			'action_area_in_picture',
			sql`x >= 0 and y >= 0 and width > 0 and height > 0 and x + width <= 1000 and y + height <= 1000`
		)
		.execute();

	await db.schema
		.createTable('sign_section')
		.addColumn('lesson_id', 'text', (c) => c.notNull().references('lesson.id'))
		.addColumn('lesson_ms', 'integer', (c) => c.notNull().check(sql`lesson_ms >= 0`))
		.addColumn('media_ms', 'integer', (c) => c.notNull().check(sql`media_ms >= 0`))
		.addColumn('length_ms', 'integer', (c) => c.notNull().check(sql`length_ms > 0`))
		.addPrimaryKeyConstraint('sign_section_pk', ['lesson_id', 'lesson_ms'])
		.addCheckConstraint(
			'sign_section_within_two_hours',
			sql`lesson_ms + length_ms <= ${sql.lit(LONGEST_MS)} and media_ms + length_ms <= ${sql.lit(LONGEST_MS)}`
		)
		.execute();

	await db.schema
		.createTable('composite')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('lesson_id', 'text', (c) => c.notNull().references('lesson.id'))
		.addColumn('layout', 'text', (c) => c.notNull().check(sql`layout in ('side', 'corner')`))
		.addColumn('state', 'text', (c) =>
			c.notNull().check(sql`state in ('waiting', 'preparing', 'ready', 'failed')`)
		)
		.addColumn('digest', 'text')
		.addColumn('demonstration_digest', 'text')
		.addColumn('sign_digest', 'text')
		.addColumn('width', 'integer')
		.addColumn('height', 'integer')
		.addUniqueConstraint('composite_layout', ['lesson_id', 'layout'])
		.addCheckConstraint(
			'composite_ready_is_measured',
			sql`state <> 'ready' or (digest is not null and demonstration_digest is not null
				and sign_digest is not null and width is not null and height is not null)`
		)
		.execute();

	await db.schema
		.createTable('glossary_term')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('course_id', 'text', (c) => c.notNull().references('course.id'))
		.addColumn('position', 'integer', (c) => c.notNull())
		.addColumn('term', 'text', (c) => c.notNull())
		.addColumn('variants', 'text', (c) => c.notNull())
		.addColumn('explanation', 'text', (c) => c.notNull())
		.addColumn('clip_id', 'text', (c) => c.unique())
		.addColumn('clip_state', 'text', (c) =>
			c.check(sql`clip_state in ('waiting', 'preparing', 'ready', 'failed')`)
		)
		.addColumn('clip_failure_code', 'text')
		.addColumn('clip_digest', 'text')
		.addColumn('clip_width', 'integer')
		.addColumn('clip_height', 'integer')
		.addUniqueConstraint('glossary_term_once', ['course_id', 'term'])
		.addCheckConstraint('glossary_term_clip', sql`(clip_id is null) = (clip_state is null)`)
		.addCheckConstraint(
			'glossary_term_clip_is_measured',
			sql`clip_state <> 'ready' or (clip_digest is not null and clip_width is not null
				and clip_height is not null)`
		)
		.execute();

	await db.schema
		.createTable('person_player_settings')
		.addColumn('person_id', 'text', (c) =>
			c.primaryKey().notNull().references('person.id').onDelete('cascade')
		)
		.addColumn('settings', 'text', (c) => c.notNull().check(sql`length(settings) <= 8192`))
		.addColumn('updated_at', 'text', (c) => c.notNull())
		.execute();
}

export async function down(db: Kysely<unknown>): Promise<void> {
	for (const table of [
		'person_player_settings',
		'glossary_term',
		'composite',
		'sign_section',
		'action_area',
		'lesson_turn',
		'lesson_step'
	])
		await db.schema.dropTable(table).execute();
	await db.schema.alterTable('job').dropColumn('is_background').execute();
	await db.schema.alterTable('lesson').dropColumn('sign_offset_ms').execute();
}
