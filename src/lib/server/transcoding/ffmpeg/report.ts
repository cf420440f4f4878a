import { Unusable } from '../unusable.ts';
import type { Decoding, Probe } from '../transcoder.ts';

/** The part of `ffprobe -of json` that we ask for; numbers come as text there. */
export type Report = {
	format?: { duration?: string; start_time?: string };
	streams?: ReportedStream[];
	packets?: ReportedPacket[];
};

export type ReportedStream = {
	index: number;
	codec_type?: string;
	codec_name?: string;
	width?: number;
	height?: number;
	pix_fmt?: string;
	channels?: number;
	field_order?: string;
	color_space?: string;
	color_transfer?: string;
	sample_aspect_ratio?: string;
	r_frame_rate?: string;
	avg_frame_rate?: string;
	start_time?: string;
	duration?: string;
	disposition?: { default?: number; attached_pic?: number };
	tags?: Record<string, string>;
	side_data_list?: { rotation?: number }[];
};

export type ReportedPacket = { stream_index?: number; pts_time?: string; flags?: string };

/** An interval this much off the usual one makes the frame rate variable. */
const UNEVEN_FROM = 0.1;
/** Sources without a colour tag: HD is BT.709 by custom, smaller ones BT.601. */
const HD_HEIGHT = 720;

/** The stream people see: the default one, never a cover picture. Throws `Unusable`. */
export function pictureOf(report: Report): ReportedStream {
	const pictures = (report.streams ?? []).filter(
		(stream) =>
			stream.codec_type === 'video' && stream.disposition?.attached_pic !== 1 && stream.width
	);
	const chosen = pictures.find((stream) => stream.disposition?.default === 1) ?? pictures[0];
	if (!report.streams?.length) throw new Unusable('damaged', 'no stream at all');
	if (!chosen) throw new Unusable('noPicture', 'no video stream');
	return chosen;
}

/** Puts a report into our words. `endMs`: where the picture ends, when the report lacks it. */
export function probeOf(report: Report, scannedEndMs?: number): Probe {
	const picture = pictureOf(report);
	const shownMs = shownAtMs(report, picture.index);
	const fileStartMs = ms(report.format?.start_time) ?? 0;
	const startMs = ms(picture.start_time) ?? shownMs[0] ?? fileStartMs;
	const endMs = scannedEndMs ?? endOf(report, picture, startMs);
	const rotation = rotationOf(picture);
	const { width, height } = shownSize(picture, rotation);
	const sounds = (report.streams ?? []).filter((stream) => stream.codec_type === 'audio');
	const sound = sounds.find((stream) => stream.disposition?.default === 1) ?? sounds[0];
	return {
		durationMs: Math.max(0, Math.round((endMs ?? startMs) - startMs)),
		width,
		height,
		rotation,
		...frameRateOf(picture, shownMs),
		videoCodec: picture.codec_name ?? 'unknown',
		pixelFormat: picture.pix_fmt ?? 'unknown',
		hasSound: sound !== undefined,
		decoding: {
			pictureStream: picture.index,
			soundStream: sound?.index ?? null,
			soundChannels: (sound?.channels ?? 1) > 1 ? 2 : 1,
			pictureStartMs: startMs - fileStartMs,
			isHighDynamicRange: ['smpte2084', 'arib-std-b67'].includes(picture.color_transfer ?? ''),
			isInterlaced: ['tt', 'bb', 'tb', 'bt'].includes(picture.field_order ?? ''),
			matrix: matrixOf(picture, height)
		}
	};
}

/** Whether the report says where the picture ends; browser recordings (WebM) do not. */
export function hasEnd(report: Report): boolean {
	return endOf(report, pictureOf(report), 0) !== undefined;
}

function endOf(report: Report, picture: ReportedStream, startMs: number): number | undefined {
	const own = ms(picture.duration);
	if (own !== undefined) return startMs + own;
	// Matroska keeps the end of each stream in a tag, "00:00:05.967000000".
	const tagged = clockMs(picture.tags?.['DURATION']);
	if (tagged !== undefined) return tagged;
	const whole = ms(report.format?.duration);
	return whole === undefined ? undefined : (ms(report.format?.start_time) ?? 0) + whole;
}

function shownAtMs(report: Report, stream: number): number[] {
	return (report.packets ?? [])
		.filter((packet) => packet.stream_index === stream && !packet.flags?.includes('D'))
		.map((packet) => ms(packet.pts_time))
		.filter((at) => at !== undefined)
		.sort((a, b) => a - b);
}

function rotationOf(picture: ReportedStream): Probe['rotation'] {
	// ffprobe counts anticlockwise; a quarter is the finest a player turns by.
	const turned = picture.side_data_list?.find((data) => data.rotation !== undefined)?.rotation ?? 0;
	const quarters = (((-Math.round(turned / 90) % 4) + 4) % 4) as 0 | 1 | 2 | 3;
	return ([0, 90, 180, 270] as const)[quarters];
}

function shownSize(picture: ReportedStream, rotation: number): { width: number; height: number } {
	const [across = 1, down = 1] = (picture.sample_aspect_ratio ?? '1:1').split(':').map(Number);
	const ratio = across > 0 && down > 0 ? across / down : 1;
	const width = Math.round((picture.width ?? 0) * ratio);
	const height = picture.height ?? 0;
	return rotation % 180 === 0 ? { width, height } : { width: height, height: width };
}

function frameRateOf(
	picture: ReportedStream,
	shownMs: number[]
): { frameRate: number; isVariableFrameRate: boolean } {
	const intervals = shownMs.slice(1).map((at, index) => at - (shownMs[index] ?? 0));
	const usual = [...intervals].sort((a, b) => a - b)[Math.floor(intervals.length / 2)];
	const span = (shownMs.at(-1) ?? 0) - (shownMs[0] ?? 0);
	const said = fraction(picture.avg_frame_rate) ?? fraction(picture.r_frame_rate);
	const frameRate = said ?? (span > 0 ? (1000 * intervals.length) / span : 0);
	// Times rounded to the millisecond (Matroska) are no variation.
	const tolerance = Math.max(1.5, (usual ?? 0) * UNEVEN_FROM);
	return {
		frameRate: Math.round(frameRate * 1000) / 1000,
		isVariableFrameRate: intervals.some((each) => Math.abs(each - (usual ?? each)) > tolerance)
	};
}

function matrixOf(picture: ReportedStream, height: number): Decoding['matrix'] {
	if (picture.color_space && !['unknown', 'reserved'].includes(picture.color_space))
		return 'tagged';
	return height >= HD_HEIGHT ? 'bt709' : 'bt601';
}

function ms(seconds: string | undefined): number | undefined {
	const value = Number(seconds ?? 'none');
	return Number.isFinite(value) ? value * 1000 : undefined;
}

function clockMs(clock: string | undefined): number | undefined {
	const parts = clock?.split(':').map(Number) ?? [];
	const [hours, minutes, seconds] = parts;
	if (hours === undefined || minutes === undefined || seconds === undefined) return undefined;
	const value = ((hours * 60 + minutes) * 60 + seconds) * 1000;
	return Number.isFinite(value) ? value : undefined;
}

function fraction(text: string | undefined): number | undefined {
	const [above = 0, below = 0] = (text ?? '').split('/').map(Number);
	return above > 0 && below > 0 ? above / below : undefined;
}
