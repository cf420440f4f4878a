import { type Kysely, sql } from 'kysely';

// Which occupation and level of the skill ladder a course prepares for, where its instructors say so.
export async function up(db: Kysely<unknown>): Promise<void> {
	await db.schema.alterTable('course').addColumn('occupation', 'text').execute();
	await db.schema
		.alterTable('course')
		.addColumn('skill_level', 'integer', (c) => c.check(sql`skill_level between 1 and 8`))
		.execute();
}

export async function down(db: Kysely<unknown>): Promise<void> {
	await db.schema.alterTable('course').dropColumn('skill_level').execute();
	await db.schema.alterTable('course').dropColumn('occupation').execute();
}
