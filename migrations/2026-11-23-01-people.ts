import { sql, type Kysely } from 'kysely';

// Who a person is, what they may do, and how they are recognised.
// Passwords and tokens are kept as hashes only. No disability data is kept at all.
export async function up(db: Kysely<unknown>): Promise<void> {
	await db.schema
		.createTable('person')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('display_name', 'text', (c) => c.notNull())
		.addColumn('sign_in_name', 'text', (c) => c.notNull().unique())
		.addColumn('password_hash', 'text', (c) => c.notNull())
		.addColumn('created_at', 'text', (c) => c.notNull())
		.execute();

	await db.schema
		.createTable('role_grant')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('person_id', 'text', (c) => c.notNull().references('person.id'))
		.addColumn('role', 'text', (c) =>
			c.notNull().check(sql`role in ('trainee', 'instructor', 'staff')`)
		)
		.addColumn('granted_by', 'text', (c) => c.references('person.id'))
		.addColumn('granted_at', 'text', (c) => c.notNull())
		.addColumn('revoked_by', 'text', (c) => c.references('person.id'))
		.addColumn('revoked_at', 'text')
		.execute();
	await db.schema
		.createIndex('role_grant_current')
		.on('role_grant')
		.columns(['person_id', 'role'])
		.unique()
		.where(sql.ref('revoked_at'), 'is', null)
		.execute();

	await db.schema
		.createTable('session')
		.addColumn('id_hash', 'text', (c) => c.primaryKey().notNull())
		.addColumn('person_id', 'text', (c) => c.notNull().references('person.id').onDelete('cascade'))
		.addColumn('expires_at', 'text', (c) => c.notNull())
		.execute();
	await db.schema.createIndex('session_person').on('session').column('person_id').execute();

	await db.schema
		.createTable('invitation')
		.addColumn('token_hash', 'text', (c) => c.primaryKey().notNull())
		.addColumn('role', 'text', (c) =>
			c.notNull().check(sql`role in ('trainee', 'instructor', 'staff')`)
		)
		.addColumn('display_name', 'text', (c) => c.notNull())
		.addColumn('invited_by', 'text', (c) => c.references('person.id'))
		.addColumn('invited_at', 'text', (c) => c.notNull())
		.addColumn('expires_at', 'text', (c) => c.notNull())
		.addColumn('accepted_by', 'text', (c) => c.references('person.id'))
		.addColumn('accepted_at', 'text')
		.execute();

	await db.schema
		.createTable('rate_limit')
		.addColumn('bucket', 'text', (c) => c.primaryKey().notNull())
		.addColumn('count', 'integer', (c) => c.notNull())
		.addColumn('resets_at', 'text', (c) => c.notNull())
		.execute();
}

export async function down(db: Kysely<unknown>): Promise<void> {
	for (const table of ['rate_limit', 'invitation', 'session', 'role_grant', 'person'])
		await db.schema.dropTable(table).execute();
}
