import { stat } from 'node:fs/promises';
import {
	DURATION_MAX_MS,
	LAST_PICTURE_MAX_MS,
	PICTURE_MAX_PIXELS,
	PROBE_MEMORY_BYTES,
	PROBE_OUTPUT_BYTES_MAX,
	PROBE_TIMEOUT_MS,
	SCAN_TIMEOUT_MS,
	SIDE_MAX_PIXELS,
	SIDE_MIN_PIXELS,
	SOURCE_BYTES_MAX
} from '../limits.ts';
import type { Probe } from '../transcoder.ts';
import { Unusable } from '../unusable.ts';
import { READING_ONLY_VIDEO_FILES, runConfined, TookTooLong } from './confined.ts';
import { assertContainer } from './container.ts';
import { hasEnd, pictureOf, probeOf, type Report } from './report.ts';

const ENTRIES = [
	'format=duration,start_time',
	'stream=index,codec_type,codec_name,width,height,pix_fmt,channels,field_order,color_space',
	'stream=color_transfer,sample_aspect_ratio,r_frame_rate,avg_frame_rate,start_time,duration',
	'stream_disposition=default,attached_pic',
	'stream_tags=DURATION',
	'stream_side_data=rotation',
	'packet=stream_index,pts_time,flags'
].join(':');

/** Looks at a file on this machine. Throws `Unusable`. */
export async function probeFile(path: string): Promise<Probe> {
	const { size } = await stat(path);
	if (size > SOURCE_BYTES_MAX) throw new Unusable('tooLarge', `${size} bytes`);
	await assertContainer(path);
	// Ten seconds of packets show whether the frame rate varies.
	const asked = ['-read_intervals', '%+10', '-show_entries', ENTRIES, '-of', 'json=compact=1'];
	const report = parsed(await ffprobe(path, asked, PROBE_TIMEOUT_MS));
	assertWithin(report);
	const probe = probeOf(report, hasEnd(report) ? undefined : await scannedEndMs(path, report));
	if (probe.durationMs > DURATION_MAX_MS) throw new Unusable('tooLong', `${probe.durationMs} ms`);
	if (probe.durationMs === 0) throw new Unusable('damaged', 'no duration');
	return probe;
}

function assertWithin(report: Report): void {
	const { index, width = 0, height = 0, codec_name: codec = 'unknown' } = pictureOf(report);
	// A video, but in a way of writing that nothing here knows.
	if (codec === 'unknown' || codec === 'none') throw new Unusable('unreadable', 'no codec');
	const size = `${width}x${height}`;
	if (Math.max(width, height) > SIDE_MAX_PIXELS || width * height > PICTURE_MAX_PIXELS) {
		throw new Unusable('tooLarge', size);
	}
	if (Math.min(width, height) < SIDE_MIN_PIXELS) throw new Unusable('noPicture', size);
	if (!report.packets?.some((packet) => packet.stream_index === index)) {
		throw new Unusable('damaged', 'a video stream without a frame');
	}
}

/** The end of the last frame, by walking through all packets without decoding any. */
async function scannedEndMs(path: string, report: Report): Promise<number> {
	let endMs = 0;
	let lastMs = 0;
	const { index } = pictureOf(report);
	const asked = [
		'-select_streams',
		String(index),
		'-show_entries',
		'packet=pts_time',
		'-of',
		'csv=p=0'
	];
	await ffprobe(path, asked, SCAN_TIMEOUT_MS, (line) => {
		const atMs = Number.parseFloat(line) * 1000;
		if (!(atMs > lastMs)) return;
		// The last frame lasts as long as the one before it; a camera that stalled proves nothing more.
		endMs = atMs + Math.min(atMs - lastMs, LAST_PICTURE_MAX_MS);
		lastMs = atMs;
		if (lastMs > DURATION_MAX_MS * 2) throw new Unusable('tooLong', `${lastMs} ms`);
	});
	return endMs;
}

async function ffprobe(
	path: string,
	asked: string[],
	timeoutMs: number,
	onLine?: (line: string) => void
): Promise<string> {
	const lines: string[] = [];
	let length = 0;
	const keep = (line: string): void => {
		length += line.length;
		if (length > PROBE_OUTPUT_BYTES_MAX) throw new Unusable('damaged', 'endless report');
		lines.push(line);
	};
	try {
		const { isSuccess, said } = await runConfined(
			'ffprobe',
			['-v', 'error', '-hide_banner', ...READING_ONLY_VIDEO_FILES, ...asked, `file:${path}`],
			{
				timeoutMs,
				memoryBytes: PROBE_MEMORY_BYTES,
				onLine: (line) => {
					(onLine ?? keep)(line);
					return true;
				}
			}
		);
		if (!isSuccess) throw refusal(said);
		return lines.join('\n');
	} catch (error) {
		if (error instanceof TookTooLong) throw new Unusable('takesTooLong', error.message);
		throw error;
	}
}

function refusal(said: string): Unusable {
	const detail = said.slice(-300);
	if (said.includes('exceeds specified max pixel count')) return new Unusable('tooLarge', detail);
	if (/not on whitelist/i.test(said)) return new Unusable('notAVideo', detail);
	// Its first bytes said that it is a video; what cannot be opened all the same is broken.
	return new Unusable('damaged', detail);
}

function parsed(json: string): Report {
	try {
		return JSON.parse(json) as Report;
	} catch {
		throw new Unusable('damaged', 'unreadable report');
	}
}
