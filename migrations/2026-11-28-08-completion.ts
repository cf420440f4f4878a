import { type Kysely, sql } from 'kysely';

// What a lesson asks for before it counts as done, as its instructor says; a version keeps what it
// asked for when it was published. What was watched, what was practised and what is complete are
// told apart: a lesson that was complete stays complete.

type Rows = { lesson_version: { id: string; content: string; needs: string } };

export async function up(db: Kysely<unknown>): Promise<void> {
	await db.schema.alterTable('lesson').addColumn('completion', 'text').execute();
	await db.schema
		.alterTable('lesson_version')
		.addColumn('needs', 'text', (c) => c.notNull().defaultTo('{}'))
		.execute();
	await db.schema.alterTable('lesson_progress').addColumn('watched_at', 'text').execute();
	await db.schema
		.alterTable('lesson_progress')
		.addColumn('practised', 'text', (c) => c.notNull().defaultTo('[]'))
		.execute();
	await sql`update lesson_progress set watched_at = completed_at`.execute(db);

	// A task that is there is to be passed, unless its instructor says otherwise.
	const versions = db as Kysely<Rows>;
	const all = await versions.selectFrom('lesson_version').select(['id', 'content']).execute();
	for (const { id, content } of all) {
		const { practice } = JSON.parse(content) as { practice?: unknown };
		if (practice === undefined) continue;
		const needs = JSON.stringify({ task: true });
		await versions.updateTable('lesson_version').set({ needs }).where('id', '=', id).execute();
	}
}

export async function down(db: Kysely<unknown>): Promise<void> {
	await db.schema.alterTable('lesson_progress').dropColumn('practised').execute();
	await db.schema.alterTable('lesson_progress').dropColumn('watched_at').execute();
	await db.schema.alterTable('lesson_version').dropColumn('needs').execute();
	await db.schema.alterTable('lesson').dropColumn('completion').execute();
}
