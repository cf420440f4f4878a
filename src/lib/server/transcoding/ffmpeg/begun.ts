/** Which work a folder was begun with, and what nobody came back for. */
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Rung } from '../transcoder.ts';
import type { Film } from './encode.ts';

const PLAN = 'plan.json';
/** A job is tried again within minutes; a machine may be off over a holiday. */
const KEEP_MS = 14 * 24 * 60 * 60 * 1000;

type Begun = { asked: unknown; smallest: Rung };

/** Empties a folder that was begun with other work, and notes what it is begun with. */
export async function beginIn(folder: string, film: Film): Promise<void> {
	const { sources, durationMs, hasSound, rungs } = film;
	const smallest = rungs.at(-1);
	if (!smallest) throw new Error('a film without rungs');
	// ffmpeg's arguments too: a later version of ours may ask for other pictures.
	const asked = { sources, durationMs, hasSound, rungs, args: film.argumentsFor(sources, 0) };
	const plan = JSON.stringify({ asked, smallest });
	const before = await readFile(join(folder, PLAN), 'utf8').catch(() => undefined);
	if (before === plan) return;
	await rm(folder, { recursive: true, force: true });
	await mkdir(folder, { recursive: true });
	await writeFile(join(folder, 'plan.new'), plan);
	await rename(join(folder, 'plan.new'), join(folder, PLAN));
}

/** The smallest rung of what is being made in a folder; undefined when nothing is. */
export async function smallestIn(folder: string): Promise<Rung | undefined> {
	const plan = await readFile(join(folder, PLAN), 'utf8').catch(() => undefined);
	// Only this module writes it, whole or not at all.
	return plan === undefined ? undefined : (JSON.parse(plan) as Begun).smallest;
}

/** Removes the folders of work that was begun and left long ago. */
export async function removeOld(workFolder: string): Promise<void> {
	for (const name of await readdir(workFolder).catch(() => [])) {
		const path = join(workFolder, name);
		const found = await stat(path).catch(() => undefined);
		if (found && Date.now() - found.mtimeMs > KEEP_MS)
			await rm(path, { recursive: true, force: true });
	}
}
