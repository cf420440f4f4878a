import { createHash } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { DiskFull, freeBytesOf, isDiskFull } from '../../disk-full.ts';
import { Missing } from '../../storage/key.ts';
import type { Storage } from '../../storage/storage.ts';
import type { Place, Prepared, Progress, Transcoder } from '../transcoder.ts';
import { FREE_BYTES_MIN } from '../limits.ts';
import { Unusable } from '../unusable.ts';
import { beginIn, removeOld } from './begun.ts';
import { makeClip } from './clip.ts';
import { compositeArguments, rungFor } from './composite.ts';
import { earlyOf } from './early.ts';
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
export function ffmpegTranscoder(given: {
	storage: Storage;
	workFolder: string;
	/** How much room the disk of a folder has left. */
	freeBytes?: (folder: string) => Promise<number>;
}): Transcoder {
	const { storage, freeBytes = freeBytesOf } = given;

	/** What fails while there is no room fails for that reason: files that end early look damaged. */
	const inFull = async (folder: string, error: unknown): Promise<unknown> =>
		isDiskFull(error) || (await freeBytes(folder)) >= FREE_BYTES_MIN
			? error
			: new DiskFull(error instanceof Error ? error.message : String(error));

	/** The same after a crash, so that what was left in it is found. */
	const folderOf = (name: string): string =>
		resolve(given.workFolder, createHash('sha256').update(name).digest('hex').slice(0, 32));

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
		return inKeptFolder(target, async (folder) => {
			await beginIn(folder, film);
			let ladder = await finishedUnit<Ladder>(storage, target, LADDER_UNIT);
			if (!ladder) {
				// What stands there is half of something.
				await storage.remove(target);
				const moved = (share: number): void => reports('encoding', share * ENCODING_SHARE);
				ladder = await encodeLadder({ storage, film, target, folder, moved, signal });
				await recordUnit(storage, target, LADDER_UNIT, ladder);
			}
			const encoded = ladder;
			reports('stills', ENCODING_SHARE);
			const stills = await inEmpty(join(folder, 'stills'), (bench) =>
				makeStills({ storage, ladder: encoded, target, folder: bench, signal })
			);
			signal?.throwIfAborted();
			const prepared = { ...ladder, ...stills, files: [...ladder.files, ...stills.files] };
			await recordUnit(storage, target, MANIFEST, prepared);
			await storage.remove(`${target}/${LADDER_UNIT}`);
			reports('finished', 1);
			return prepared;
		});
	}

	const inFolder = <Outcome>(name: string, work: (folder: string) => Promise<Outcome>) =>
		inEmpty(folderOf(name), work);

	/** Works in an empty folder, of which nothing is left. */
	async function inEmpty<Outcome>(folder: string, work: (folder: string) => Promise<Outcome>) {
		await rm(folder, { recursive: true, force: true });
		await mkdir(folder, { recursive: true });
		try {
			return await work(folder);
		} catch (thrown) {
			throw await inFull(folder, thrown);
		} finally {
			await rm(folder, { recursive: true, force: true });
		}
	}

	/** Works in a folder that stays, with all that is in it, when trying again may help. */
	async function inKeptFolder<Outcome>(name: string, work: (folder: string) => Promise<Outcome>) {
		const folder = folderOf(name);
		await removeOld(given.workFolder);
		await mkdir(folder, { recursive: true });
		try {
			const outcome = await work(folder);
			await rm(folder, { recursive: true, force: true });
			return outcome;
		} catch (thrown) {
			const error = await inFull(folder, thrown);
			// On a full disk it would hold the room that everything else needs, the database first.
			if (error instanceof Unusable || isDiskFull(error))
				await rm(folder, { recursive: true, force: true });
			throw error;
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
		early: (target) => earlyOf({ storage, target, folder: folderOf(target) }),
		forget: (target) => rm(folderOf(target), { recursive: true, force: true }),
		prepare(source, plan, target, report, signal) {
			const film: Film = {
				...plan,
				sources: [source],
				hasSound: plan.decoding.soundStream !== null,
				argumentsFor: ([path = ''], fromFrame) => ladderArguments(path, plan, fromFrame)
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
				argumentsFor: (paths, fromFrame) => compositeArguments(paths, plan, fromFrame)
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
