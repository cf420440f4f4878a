import { statfs } from 'node:fs/promises';

/**
 * The disk has no room left: nobody who asked did anything wrong, nothing of it was kept, and the
 * same works again once there is room.
 */
export class DiskFull extends Error {
	override readonly name = 'DiskFull';
}

/** As file systems (also by quota), SQLite and PostgreSQL say it; SHMSIZE is SQLite's WAL index. */
const CODES = ['ENOSPC', 'EDQUOT', 'SQLITE_FULL', 'SQLITE_IOERR_SHMSIZE', '53100'];

/** Whether that is what an error is about, whoever threw it. */
export const isDiskFull = (error: unknown): boolean =>
	error instanceof DiskFull ||
	(error instanceof Error && 'code' in error && CODES.includes(String(error.code)));

/** Why something could not be made of what was sent, when that was no fault of it. */
export const faultOf = (error: unknown): 'diskFull' | 'ourFault' =>
	isDiskFull(error) ? 'diskFull' : 'ourFault';

/** How much room the disk of a folder has left. */
export async function freeBytesOf(folder: string): Promise<number> {
	const { bavail, bsize } = await statfs(folder);
	return bavail * bsize;
}
