import { readdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Kysely, SqliteAdapter } from 'kysely';
import { type Migration, type MigrationProvider, Migrator } from 'kysely/migration';
import { StrictTables } from './strict-tables.ts';
import type { Tables } from './tables.ts';

const MIGRATION_NAME = /^\d{4}-\d{2}-\d{2}-\d{2}-[a-z-]+\.ts$/;

/** Migrations as they lie in the folder; plain Node runs their TypeScript as it is. */
class FolderOfMigrations implements MigrationProvider {
	readonly #folder: string;
	constructor(folder: string) {
		this.#folder = folder;
	}

	async getMigrations(): Promise<Record<string, Migration>> {
		const migrations: Record<string, Migration> = {};
		for (const name of (await readdir(this.#folder)).filter((file) => MIGRATION_NAME.test(file))) {
			const address = pathToFileURL(resolve(this.#folder, name)).href;
			migrations[name.slice(0, -3)] = (await import(/* @vite-ignore */ address)) as Migration;
		}
		return migrations;
	}
}

/** A migrator over the folder; on SQLite every table it makes is STRICT. */
export function migratorFor(db: Kysely<Tables>, folder: string): Migrator {
	const isSqlite = db.getExecutor().adapter instanceof SqliteAdapter;
	return new Migrator({
		db: isSqlite ? db.withPlugin(new StrictTables()) : db,
		provider: new FolderOfMigrations(folder)
	});
}

/**
 * Applies every migration that is still missing.
 * @returns the names applied
 * @throws the first migration's error; what came before it stays applied
 */
export async function migrateToLatest(db: Kysely<Tables>, folder: string): Promise<string[]> {
	const { error, results } = await migratorFor(db, folder).migrateToLatest();
	if (error) throw error;
	return (results ?? []).map((result) => result.migrationName);
}
