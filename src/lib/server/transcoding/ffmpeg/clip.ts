import type { Storage } from '../../storage/storage.ts';
import {
	ENCODING_MEMORY_BYTES,
	ENCODING_STALL_MS,
	ENCODING_TIMEOUT_FACTOR,
	ENCODING_TIMEOUT_MIN_MS,
	OUTPUT_BYTES_MAX
} from '../limits.ts';
import type { Plan } from '../transcoder.ts';
import { Unusable } from '../unusable.ts';
import { runConfined, TookTooLong } from './confined.ts';
import { failureOf } from './encode.ts';
import { CLIP_FILE, clipArguments } from './ladder.ts';
import { run } from './make-stills.ts';
import { adoptAll } from './manifest.ts';
import { encodedMsOf } from './progress.ts';
import { POSTER_FILE, posterArguments } from './stills.ts';

type Work = {
	storage: Storage;
	source: string;
	plan: Plan;
	target: string;
	/** Empty, for unfinished files. */
	folder: string;
	signal: AbortSignal | undefined;
};

/** Makes a clip and its poster; the poster is stored last, so that it says that both are there. */
export async function makeClip(work: Work): Promise<{ width: number; height: number }> {
	const { storage, plan, target, folder } = work;
	const [rung] = plan.rungs;
	if (!rung) throw new Error('a plan without rungs');
	const size = { width: rung.width, height: rung.height };
	if (await storage.stat(`${target}/${POSTER_FILE}`)) return size;
	const copy = await storage.localCopy(work.source);
	try {
		await encode(clipArguments(copy.path, plan), work);
	} finally {
		await copy.release();
	}
	await run(posterArguments(`${folder}/${CLIP_FILE}`), work);
	await adoptAll(storage, target, folder, [CLIP_FILE, POSTER_FILE]);
	return size;
}

async function encode(args: string[], { plan, folder, signal }: Work): Promise<void> {
	try {
		const outcome = await runConfined('ffmpeg', args, {
			cwd: folder,
			signal,
			timeoutMs: Math.max(ENCODING_TIMEOUT_MIN_MS, plan.durationMs * ENCODING_TIMEOUT_FACTOR),
			stallMs: ENCODING_STALL_MS,
			memoryBytes: ENCODING_MEMORY_BYTES,
			fileBytesMax: OUTPUT_BYTES_MAX,
			onLine: (line) => encodedMsOf(line) !== undefined
		});
		if (!outcome.isSuccess) throw failureOf(outcome);
	} catch (error) {
		if (error instanceof TookTooLong) throw new Unusable('takesTooLong', error.message);
		throw error;
	}
}
