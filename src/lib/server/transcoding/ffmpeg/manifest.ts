import { stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Storage } from '../../storage/storage.ts';
import type { Prepared, PreparedFile } from '../transcoder.ts';

/** Written last: whoever finds it finds everything it names. */
export const MANIFEST = 'manifest.json';
/** Written when all rungs and the sound are stored; gone once the manifest stands. */
export const LADDER_UNIT = 'ladder.json';

/** The part of the outcome that takes hours, recorded on its own. */
export type Ladder = Omit<Prepared, 'poster' | 'thumbnails'>;
export type Stills = Pick<Prepared, 'poster' | 'thumbnails' | 'files'>;

const TYPES: Record<string, string> = {
	'.m3u8': 'application/vnd.apple.mpegurl',
	'.mp4': 'video/mp4',
	'.m4a': 'audio/mp4',
	'.jpg': 'image/jpeg',
	'.vtt': 'text/vtt'
};

/** What was recorded under a name, or undefined when that unit of work is still to be done. */
export async function finishedUnit<Unit extends Ladder>(
	storage: Storage,
	target: string,
	name: string
): Promise<Unit | undefined> {
	const key = `${target}/${name}`;
	if (!(await storage.stat(key))) return undefined;
	// Only this module writes it, whole or not at all.
	return JSON.parse(await text(await storage.read(key))) as Unit;
}

export async function recordUnit(
	storage: Storage,
	target: string,
	name: string,
	unit: Ladder
): Promise<void> {
	await storage.put(`${target}/${name}`, Buffer.from(JSON.stringify(unit, null, '\t') + '\n'));
}

/** Moves finished files of a folder into storage, and answers what the manifest says of them. */
export async function adoptAll(
	storage: Storage,
	target: string,
	folder: string,
	names: string[]
): Promise<PreparedFile[]> {
	const files: PreparedFile[] = [];
	for (const name of names) {
		const path = join(folder, name);
		const { size } = await stat(path);
		files.push({ name, sizeBytes: size, type: TYPES[extname(name)] ?? 'application/octet-stream' });
		await storage.adopt(`${target}/${name}`, path);
	}
	return files;
}
