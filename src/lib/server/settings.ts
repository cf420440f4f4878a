/** Everything that differs between one installation and another, read once from the environment. */
import { join, resolve } from 'node:path';

export type Settings = {
	/** Holds the database, the media and unfinished uploads. */
	dataFolder: string;
	databaseFile: string;
	mediaFolder: string;
	uploadsFolder: string;
	/** Courses that come in as one file, until they are read. */
	archivesFolder: string;
	/** Pictures and films of practice tasks on their way. */
	worksFolder: string;
	/** Half-made renditions, so that a crash repeats no finished one. */
	workFolder: string;
	migrationsFolder: string;
	/** True for the demo installation only: demo people exist, and pages say so. */
	isDemo: boolean;
	/** Whether this process takes jobs; else `npm run worker` does. */
	worksHere: boolean;
	/**
	 * For tests alone: shops may stand on this machine. Whoever may connect a shop could else read what
	 * listens here for this machine only.
	 */
	mayAskLoopback: boolean;
	/** Who issues certificates, as it is written on them. */
	association: string;
	/** Holds what credentials are signed with, readable by this process's user alone. */
	keysFolder: string;
};

export function settingsFrom(environment: NodeJS.ProcessEnv): Settings {
	const dataFolder = resolve(environment.DATA_FOLDER ?? 'data/main');
	return {
		dataFolder,
		databaseFile: join(dataFolder, 'yun-wusheng.sqlite'),
		mediaFolder: join(dataFolder, 'media'),
		uploadsFolder: join(dataFolder, 'uploads'),
		archivesFolder: join(dataFolder, 'archives'),
		worksFolder: join(dataFolder, 'works'),
		workFolder: join(dataFolder, 'work'),
		migrationsFolder: resolve(environment.MIGRATIONS_FOLDER ?? 'migrations'),
		isDemo: environment.DEMO === '1',
		worksHere: environment.WORKER !== 'separate',
		mayAskLoopback: environment.ASK_LOOPBACK === '1',
		association: environment.ASSOCIATION?.trim() || '云无声',
		keysFolder: join(dataFolder, 'keys')
	};
}
