/** The whole server as one plain object; each function is given only the part it needs. */
import type { Kysely } from 'kysely';
import { MAX_ARCHIVE_BYTES } from '#lib/domain/archive-limits.ts';
import { MAX_FILM_BYTES } from '#lib/domain/handing-in.ts';
import { openSqlite, ping } from './database/database.ts';
import { migrateToLatest } from './database/migrate.ts';
import type { Tables } from './database/tables.ts';
import { archiveReceiver, ARCHIVES_PATH } from './exchange/imports.ts';
import { handlersFor } from './handlers.ts';
import { releaseAll } from './jobs/jobs.ts';
import { type Runner, startRunner } from './jobs/runner.ts';
import { TusUploads } from './media/tus-uploads.ts';
import { WORKS_PATH, workReceiver } from './practice/receiving.ts';
import { adopt } from './publication/versions.ts';
import type { Settings } from './settings.ts';
import { diskStorage } from './storage/disk.ts';
import type { Storage } from './storage/storage.ts';
import { type Outside, outside } from './storefronts/outside/outside.ts';
import { ffmpegTranscoder } from './transcoding/ffmpeg/transcoder.ts';
import type { Transcoder } from './transcoding/transcoder.ts';

export type App = {
	settings: Settings;
	db: Kysely<Tables>;
	storage: Storage;
	transcoder: Transcoder;
	uploads: TusUploads;
	archives: TusUploads;
	works: TusUploads;
	/** Asks other servers; see there what it does not ask. */
	outside: Outside;
	/** Tells the runner that there may be work; without effect where a separate worker runs. */
	wakeWorker(): void;
	/** Resolves while the database answers. */
	ping(): Promise<void>;
	close(): Promise<void>;
};

/**
 * Opens the database (and brings it up to date), the storage and, where it is to work itself,
 * the job runner.
 */
export async function openApp(settings: Settings): Promise<App> {
	const db = openSqlite(settings.databaseFile);
	await migrateToLatest(db, settings.migrationsFolder);
	await adopt(db);
	const storage = diskStorage(settings.mediaFolder);
	const transcoder = ffmpegTranscoder({ storage, workFolder: settings.workFolder });
	let runner: Runner | undefined;
	const app: App = {
		settings,
		db,
		storage,
		transcoder,
		uploads: new TusUploads(settings.uploadsFolder),
		archives: new TusUploads(settings.archivesFolder, {
			path: ARCHIVES_PATH,
			maxBytes: MAX_ARCHIVE_BYTES,
			receiver: archiveReceiver
		}),
		works: new TusUploads(settings.worksFolder, {
			path: WORKS_PATH,
			maxBytes: MAX_FILM_BYTES,
			receiver: workReceiver(storage, settings.worksFolder)
		}),
		outside: outside({ mayLoopback: settings.mayAskLoopback }),
		wakeWorker: () => runner?.wake(),
		ping: () => ping(db),
		close: async () => {
			await runner?.stop();
			await db.destroy();
		}
	};
	if (settings.worksHere) runner = await startWorking(app);
	return app;
}

/** Starts the runner. Whoever held leases on this database before is gone: it is one machine's. */
export async function startWorking(app: App): Promise<Runner> {
	await releaseAll(app.db);
	return startRunner(app.db, handlersFor(app));
}
