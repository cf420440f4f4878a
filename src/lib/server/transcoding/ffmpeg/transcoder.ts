import { createHash } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Storage } from '../../storage/storage.ts';
import type { Plan, Prepared, Progress, Transcoder } from '../transcoder.ts';
import { encodeLadder } from './encode.ts';
import { finishedUnit, LADDER_UNIT, MANIFEST, recordUnit } from './manifest.ts';
import type { Ladder } from './manifest.ts';
import { probeFile } from './probe.ts';
import { progressReports } from './progress.ts';
import { makeStills } from './make-stills.ts';

/** Encoding takes nearly all of the time; the rest is stills. */
const ENCODING_SHARE = 0.97;

/**
 * Transcoding by ffmpeg on this machine. `workFolder` holds unfinished files; on the file system
 * of the storage they are moved, else copied. It needs room for one outcome at a time.
 */
export function ffmpegTranscoder(given: { storage: Storage; workFolder: string }): Transcoder {
	const { storage } = given;

	async function prepare(
		source: string,
		plan: Plan,
		target: string,
		report: (progress: Progress) => void,
		signal?: AbortSignal
	): Promise<Prepared> {
		const finished = await finishedUnit<Prepared>(storage, target, MANIFEST);
		if (finished) return finished;

		const reports = progressReports(report);
		const folder = resolve(given.workFolder, nameOf(target));
		await rm(folder, { recursive: true, force: true });
		await mkdir(folder, { recursive: true });
		try {
			let ladder = await finishedUnit<Ladder>(storage, target, LADDER_UNIT);
			if (!ladder) {
				// What stands there is half of something.
				await storage.remove(target);
				const moved = (share: number): void => reports('encoding', share * ENCODING_SHARE);
				ladder = await encodeLadder({ storage, source, plan, target, folder, moved, signal });
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
		} finally {
			await rm(folder, { recursive: true, force: true });
		}
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
		prepare
	};
}

/** The same folder after a crash, so that its leftovers are found and removed. */
function nameOf(target: string): string {
	return createHash('sha256').update(target).digest('hex').slice(0, 32);
}
