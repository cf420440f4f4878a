import { type Kysely, sql } from 'kysely';

// What shops sell: asked from the shop every hour, or kept by hand where its platform is closed.
export async function up(db: Kysely<unknown>): Promise<void> {
	await db.schema
		.createTable('product_source')
		.addColumn('storefront_id', 'text', (c) => c.primaryKey().notNull().references('storefront.id'))
		.addColumn('kind', 'text', (c) =>
			c
				.notNull()
				.check(sql`kind in ('woocommerce', 'shopify', 'medusa', 'vendure', 'feed', 'page')`)
		)
		.addColumn('address', 'text', (c) => c.notNull())
		.addColumn('token', 'text')
		// Which of its jobs counts: whatever was queued before the last change is none any more.
		.addColumn('turn', 'integer', (c) => c.notNull())
		// What its prices are in, once it has given some; and what it was found to give besides.
		.addColumn('currency', 'text')
		.addColumn('other_currency', 'text')
		.addColumn('doubled', 'integer', (c) => c.notNull().defaultTo(0))
		.addColumn('unusable', 'integer', (c) => c.notNull().defaultTo(0))
		.addColumn('beyond', 'integer', (c) => c.notNull().defaultTo(0))
		.addColumn('good_at', 'text')
		.addColumn('tried_at', 'text')
		.addColumn('next_at', 'text', (c) => c.notNull())
		// In a row; what went wrong the last time.
		.addColumn('failures', 'integer', (c) => c.notNull().defaultTo(0))
		.addColumn('failure_code', 'text')
		.addColumn('connected_by', 'text', (c) => c.notNull().references('person.id'))
		.addColumn('connected_at', 'text', (c) => c.notNull())
		.addCheckConstraint('product_source_failing', sql`(failures > 0) = (failure_code is not null)`)
		.execute();

	await db.schema
		.createTable('product')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('storefront_id', 'text', (c) => c.notNull().references('storefront.id'))
		// The shop's own name for it; null where it is kept by hand.
		.addColumn('external_id', 'text')
		.addColumn('position', 'integer', (c) => c.notNull())
		.addColumn('title', 'text', (c) => c.notNull())
		.addColumn('price_minor', 'bigint', (c) => c.notNull().check(sql`price_minor > 0`))
		.addColumn('currency', 'text', (c) => c.notNull())
		.addColumn('availability', 'text', (c) =>
			c.notNull().check(sql`availability in ('in_stock', 'out_of_stock', 'pre_order', 'unknown')`)
		)
		.addColumn('address', 'text', (c) => c.notNull())
		// Where the shop has its picture, when that was last fetched, and our own copy of it.
		.addColumn('picture_address', 'text')
		.addColumn('picture_tried_at', 'text')
		.addColumn('picture_file', 'text')
		// The shop gives it in another currency now: it stays as it was until staff have looked.
		.addColumn('is_held', 'integer', (c) => c.notNull().defaultTo(0))
		.addColumn('seen_at', 'text', (c) => c.notNull())
		.execute();
	await db.schema
		.createIndex('product_once')
		.on('product')
		.columns(['storefront_id', 'external_id'])
		.unique()
		.execute();
}

export async function down(db: Kysely<unknown>): Promise<void> {
	await db.schema.dropTable('product').execute();
	await db.schema.dropTable('product_source').execute();
}
