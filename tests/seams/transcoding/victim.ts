import { join } from 'node:path';
import { diskStorage } from '#lib/server/storage/disk.ts';
import { ffmpegTranscoder } from '#lib/server/transcoding/ffmpeg/transcoder.ts';
import type { Plan } from '#lib/server/transcoding/transcoder.ts';

// A worker to be killed: it prepares what it is sent and tells of each progress.
const folder = process.argv[2] ?? '';
const transcoder = ffmpegTranscoder({
	storage: diskStorage(join(folder, 'media')),
	workFolder: join(folder, 'work')
});
process.once('message', (work: { source: string; plan: Plan; target: string }) => {
	const tell = (progress: unknown): void => void process.send?.(progress);
	void transcoder.prepare(work.source, work.plan, work.target, tell);
});
