import { type Kysely, sql } from 'kysely';

// What a file of a lesson is for: to be taken along, or an example of a level of its practice task.
export async function up(db: Kysely<unknown>): Promise<void> {
	await db.schema
		.alterTable('lesson_attachment')
		.addColumn('purpose', 'text', (c) =>
			c
				.notNull()
				.defaultTo('file')
				.check(sql`purpose in ('file', 'example')`)
		)
		.execute();
}

export async function down(db: Kysely<unknown>): Promise<void> {
	await db.schema.alterTable('lesson_attachment').dropColumn('purpose').execute();
}
