import { type Kysely, sql } from 'kysely';

type Row = {
	id: string;
	number: string;
	person_id: string;
	course_id: string;
	holder_name: string;
	course_title: string;
	issued_at: string;
	revoked_at: string | null;
	revoked_reason: string | null;
};
type Before = { certificate: Row };
type Now = { certificate: Row & { status_list: number; status_index: number } };

const AT_ONCE = 50;

const rowsOf = (db: Kysely<unknown>) =>
	(db as Kysely<Before>)
		.selectFrom('certificate')
		.select(['id', 'number', 'person_id', 'course_id', 'holder_name', 'course_title'])
		.select(['issued_at', 'revoked_at', 'revoked_reason'])
		// One that holds stays, whatever was revoked before it.
		.orderBy((eb) => eb.case().when('revoked_at', 'is', null).then(0).else(1).end())
		.orderBy('issued_at', 'desc')
		.execute();

// Certificates are issued by staff, may be revoked and issued anew, and show what their holder
// agreed to. A constraint cannot be dropped everywhere, so the table is made anew.
export async function up(db: Kysely<unknown>): Promise<void> {
	const rows = await rowsOf(db);
	await db.schema.dropTable('certificate').execute();
	await db.schema
		.createTable('certificate')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('number', 'text', (c) => c.notNull().unique())
		.addColumn('person_id', 'text', (c) => c.notNull().references('person.id'))
		.addColumn('course_id', 'text', (c) => c.notNull().references('course.id'))
		// Null where it was issued before there were classes to issue it in, by nobody.
		.addColumn('class_id', 'text', (c) => c.references('class.id'))
		.addColumn('issued_by', 'text', (c) => c.references('person.id'))
		.addColumn('holder_name', 'text', (c) => c.notNull())
		.addColumn('course_title', 'text', (c) => c.notNull())
		.addColumn('association', 'text', (c) => c.notNull().defaultTo(''))
		.addColumn('issued_at', 'text', (c) => c.notNull())
		.addColumn('revoked_at', 'text')
		.addColumn('revoked_reason', 'text')
		.addColumn('shows_name', 'integer', (c) => c.notNull().defaultTo(0))
		// No reference: what is handed in can be erased, and is then shown no longer.
		.addColumn('shown_work_id', 'text')
		// Its bit in a status list that anybody may fetch.
		.addColumn('status_list', 'integer', (c) => c.notNull().check(sql`status_list > 0`))
		.addColumn('status_index', 'integer', (c) => c.notNull().check(sql`status_index >= 0`))
		.addUniqueConstraint('certificate_status', ['status_list', 'status_index'])
		.execute();
	await db.schema
		.createIndex('certificate_once')
		.on('certificate')
		.columns(['person_id', 'course_id'])
		.unique()
		.where(sql<boolean>`revoked_at is null`)
		.execute();
	// Numbers are random: neighbours in the list are then no neighbours in a class.
	const inList = [...rows].sort((a, b) => (a.number < b.number ? -1 : 1));
	for (let from = 0; from < inList.length; from += AT_ONCE)
		await (db as Kysely<Now>)
			.insertInto('certificate')
			.values(
				inList
					.slice(from, from + AT_ONCE)
					.map((row, i) => ({ ...row, status_list: 1, status_index: from + i }))
			)
			.execute();

	await db.schema
		.createTable('certificate_event')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('certificate_id', 'text', (c) => c.notNull().references('certificate.id'))
		.addColumn('kind', 'text', (c) =>
			c.notNull().check(sql`kind in ('issued', 'revoked', 'showing')`)
		)
		.addColumn('done_by', 'text', (c) => c.notNull().references('person.id'))
		.addColumn('at', 'text', (c) => c.notNull())
		.addColumn('note', 'text', (c) => c.notNull())
		.execute();
	await db.schema
		.createIndex('certificate_event_certificate')
		.on('certificate_event')
		.columns(['certificate_id', 'at'])
		.execute();

	// What credentials are signed with. The private half is a file, and goes when a new key comes.
	await db.schema
		.createTable('signing_key')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('public_key', 'text', (c) => c.notNull())
		.addColumn('made_at', 'text', (c) => c.notNull())
		.addColumn('retired_at', 'text')
		.execute();

	// What others have awarded: recorded from a document that staff have looked at, never issued here.
	await db.schema
		.createTable('skill_record')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('person_id', 'text', (c) => c.notNull().references('person.id'))
		.addColumn('kind', 'text', (c) => c.notNull().check(sql`kind in ('skill_level', 'honour')`))
		.addColumn('title', 'text', (c) => c.notNull())
		.addColumn('level', 'integer', (c) => c.check(sql`level between 1 and 8`))
		.addColumn('body', 'text', (c) => c.notNull())
		.addColumn('number', 'text', (c) => c.notNull())
		.addColumn('awarded_on', 'text', (c) => c.notNull())
		.addColumn('copy_kind', 'text', (c) =>
			c.notNull().check(sql`copy_kind in ('pdf', 'jpeg', 'png', 'webp')`)
		)
		.addColumn('recorded_by', 'text', (c) => c.notNull().references('person.id'))
		.addColumn('recorded_at', 'text', (c) => c.notNull())
		.addColumn('removed_by', 'text', (c) => c.references('person.id'))
		.addColumn('removed_at', 'text')
		.addCheckConstraint('skill_record_level', sql`(kind = 'skill_level') = (level is not null)`)
		.execute();
	await db.schema
		.createIndex('skill_record_person')
		.on('skill_record')
		.columns(['person_id', 'awarded_on'])
		.execute();
}

export async function down(db: Kysely<unknown>): Promise<void> {
	const rows = await rowsOf(db);
	for (const table of ['skill_record', 'signing_key', 'certificate_event', 'certificate'])
		await db.schema.dropTable(table).execute();
	await db.schema
		.createTable('certificate')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('number', 'text', (c) => c.notNull().unique())
		.addColumn('person_id', 'text', (c) => c.notNull().references('person.id'))
		.addColumn('course_id', 'text', (c) => c.notNull().references('course.id'))
		.addColumn('holder_name', 'text', (c) => c.notNull())
		.addColumn('course_title', 'text', (c) => c.notNull())
		.addColumn('issued_at', 'text', (c) => c.notNull())
		.addColumn('revoked_at', 'text')
		.addColumn('revoked_reason', 'text')
		.addUniqueConstraint('certificate_once', ['person_id', 'course_id'])
		.execute();
	for (let from = 0; from < rows.length; from += AT_ONCE)
		await (db as Kysely<Before>)
			.insertInto('certificate')
			.values(rows.slice(from, from + AT_ONCE))
			.onConflict((conflict) => conflict.doNothing())
			.execute();
}
