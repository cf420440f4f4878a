import { createHash } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Missing } from '../../storage/key.ts';
import type { Storage } from '../../storage/storage.ts';
import type { Place, Prepared, Progress, Transcoder } from '../transcoder.ts';
import { makeClip } from './clip.ts';
import { compositeArguments, rungFor } from './composite.ts';
import { encodeLadder, type Film } from './encode.ts';
import { joinFilms } from './join.ts';
import { ladderArguments } from './ladder.ts';
import { finishedUnit, LADDER_UNIT, MANIFEST, recordUnit } from './manifest.ts';
import type { Ladder } from './manifest.ts';
import { probeFile } from './probe.ts';
import { progressReports } from './progress.ts';
import { makeStills, takeStill } from './make-stills.ts';

/** Encoding takes nearly all of the time; the rest is stills. */
const ENCODING_SHARE = 0.97;

/**
 * Transcoding by ffmpeg on this machine. `workFolder` holds unfinished files; on the file system
 * of the storage they are moved, else copied. It needs room for one outcome at a time.
 */
export function ffmpegTranscoder(given: { storage: Storage; workFolder: string }): Transcoder {
	const { storage } = given;

	/** Makes a film and its manifest under a target, or answers what is there. */
	async function make(
		film: Film,
		target: string,
		report: (progress: Progress) => void,
		signal?: AbortSignal
	): Promise<Prepared> {
		const finished = await finishedUnit<Prepared>(storage, target, MANIFEST);
		if (finished) return finished;

		const reports = progressReports(report);
		return inFolder(target, async (folder) => {
			let ladder = await finishedUnit<Ladder>(storage, target, LADDER_UNIT);
			if (!ladder) {
				// What stands there is half of something.
				await storage.remove(target);
				const moved = (share: number): void => reports('encoding', share * ENCODING_SHARE);
				ladder = await encodeLadder({ storage, film, target, folder, moved, signal });
				await recordUnit(storage, target, LADDER_UNIT, ladder);
			}
			reports('stills', ENCODING_SHARE);
			const stills = await makeStills({ storage, ladder, target, folder, signal });
			signal?.throwIfAborted();
			const prepared = { ...ladder, ...stills, files: [...ladder.files, ...stills.files] };
			await recordUnit(storage, target, MANIFEST, prepared);
			await storage.remove(`${target}/${LADDER_UNIT}`);
			reports('finished', 1);
			return prepared;
		});
	}

	/** Works in an empty folder of its own, of which nothing is left. */
	async function inFolder<Outcome>(name: string, work: (folder: string) => Promise<Outcome>) {
		const folder = resolve(given.workFolder, nameOf(name));
		await rm(folder, { recursive: true, force: true });
		await mkdir(folder, { recursive: true });
		try {
			return await work(folder);
		} finally {
			await rm(folder, { recursive: true, force: true });
		}
	}

	async function prepared(target: string): Promise<Prepared> {
		const finished = await finishedUnit<Prepared>(storage, target, MANIFEST);
		if (!finished) throw new Missing(`${target}/${MANIFEST}`);
		return finished;
	}

	return {
		async probe(source) {
			const copy = await storage.localCopy(source);
			try {
				return await probeFile(copy.path);
			} finally {
				await copy.release();
			}
		},
		prepared,
		prepare(source, plan, target, report, signal) {
			const film: Film = {
				...plan,
				sources: [source],
				hasSound: plan.decoding.soundStream !== null,
				argumentsFor: ([path = '']) => ladderArguments(path, plan)
			};
			return make(film, target, report, signal);
		},
		async compose(targets, plan, target, signal) {
			const film: Film = {
				...plan,
				sources: [
					await mediaFor(targets.demonstration, plan.places.demonstration),
					await mediaFor(targets.sign, plan.places.sign)
				],
				hasSound: false,
				argumentsFor: (paths) => compositeArguments(paths, plan)
			};
			return make(film, target, () => undefined, signal);
		},
		clip: (source, plan, target, signal) =>
			inFolder(target, (folder) => makeClip({ storage, source, plan, target, folder, signal })),
		join: (plan, target, signal) =>
			inFolder(target, (folder) => joinFilms({ storage, plan, target, folder, signal })),
		still: async (target, atMs, key, signal) => {
			const film = await prepared(target);
			await inFolder(key, (folder) =>
				takeStill({ storage, film, target, atMs, key, folder, signal })
			);
		}
	};

	async function mediaFor(target: string, place: Place): Promise<string> {
		return `${target}/${rungFor(await prepared(target), place).media}`;
	}
}

/** The same folder after a crash, so that its leftovers are found and removed. */
function nameOf(target: string): string {
	return createHash('sha256').update(target).digest('hex').slice(0, 32);
}
