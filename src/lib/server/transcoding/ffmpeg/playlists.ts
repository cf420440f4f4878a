import { FRAME_RATE } from '../plan.ts';
import type { ByteRange } from '../../storage/storage.ts';
import type { PreparedRung } from '../transcoder.ts';

/** Of one rung: where its header and its segments lie in its media file. */
export type MediaPlaylist = { header: ByteRange; segments: Segment[] };
export type Segment = ByteRange & { durationMs: number };

/** The rung a player begins with until it knows the line: clear enough to read a hand. */
const BEGINNING_SHORT_SIDE = 480;

/** Reads a playlist of byte ranges as our ffmpeg writes it (RFC 8216, 4.3.2). */
export function parseMediaPlaylist(text: string): MediaPlaylist {
	const header = /^#EXT-X-MAP:.*BYTERANGE="(\d+)@(\d+)"/m.exec(text);
	if (!header) throw new Error('a playlist without a header');
	const pattern = /^#EXTINF:([\d.]+),.*\n#EXT-X-BYTERANGE:(\d+)@(\d+)/gm;
	const segments = [...text.matchAll(pattern)].map(([, seconds, length, offset]) => ({
		...rangeOf(Number(length), Number(offset)),
		durationMs: Number(seconds) * 1000
	}));
	if (segments.length === 0) throw new Error('a playlist without segments');
	return { header: rangeOf(Number(header[1]), Number(header[2])), segments };
}

/** The playlist of one rung whose segments lie in `media` (RFC 8216, 4.3.2), finished. */
export function mediaPlaylist(media: string, { header, segments }: MediaPlaylist): string {
	const lengthOf = ({ start, end }: ByteRange): string => `${end - start + 1}@${start}`;
	const lines = segments.flatMap((segment) => [
		`#EXTINF:${(segment.durationMs / 1000).toFixed(6)},`,
		`#EXT-X-BYTERANGE:${lengthOf(segment)}`,
		media
	]);
	const longestMs = Math.max(...segments.map(({ durationMs }) => durationMs));
	return [
		...['#EXTM3U', '#EXT-X-VERSION:7', `#EXT-X-TARGETDURATION:${Math.ceil(longestMs / 1000)}`],
		...['#EXT-X-MEDIA-SEQUENCE:0', '#EXT-X-PLAYLIST-TYPE:VOD', '#EXT-X-INDEPENDENT-SEGMENTS'],
		`#EXT-X-MAP:URI="${media}",BYTERANGE="${lengthOf(header)}"`,
		...[...lines, '#EXT-X-ENDLIST', '']
	].join('\n');
}

function rangeOf(length: number, offset: number): ByteRange {
	return { start: offset, end: offset + length - 1 };
}

export function durationOf({ segments }: MediaPlaylist): number {
	const frames = segments.reduce((sum, each) => sum + (each.durationMs * FRAME_RATE) / 1000, 0);
	return Math.round((Math.round(frames) * 1000) / FRAME_RATE);
}

/** Bits a second: of the most demanding segment, and of all. */
export function bandwidthOf({ segments }: MediaPlaylist): {
	bandwidth: number;
	averageBandwidth: number;
} {
	const bits = (segment: Segment): number => (segment.end - segment.start + 1) * 8;
	// A last segment of a few frames is nearly all keyframe, and says nothing about the line.
	const full = segments.length > 1 ? segments.slice(0, -1) : segments;
	const rates = full.map((segment) => (bits(segment) * 1000) / segment.durationMs);
	const allBits = segments.reduce((sum, segment) => sum + bits(segment), 0);
	const allMs = segments.reduce((sum, segment) => sum + segment.durationMs, 0);
	return {
		bandwidth: Math.ceil(Math.max(...rates)),
		averageBandwidth: Math.ceil((allBits * 1000) / allMs)
	};
}

/** RFC 6381 name of the codec in a header: `avc1` and the profile, constraints and level. */
export function codecsOf(header: Buffer): string {
	const at = header.indexOf('avcC', 0, 'latin1');
	if (at < 0) throw new Error('a header without H.264');
	return `avc1.${header.toString('hex', at + 5, at + 8)}`;
}

/** The playlist of all rungs (RFC 8216, 4.3.4.2), without sound. */
export function masterPlaylist(rungs: PreparedRung[]): string {
	const distance = (rung: PreparedRung): number =>
		Math.abs(Math.min(rung.width, rung.height) - BEGINNING_SHORT_SIDE);
	// Players begin with the first one listed.
	const beginning = rungs.toSorted((a, b) => distance(a) - distance(b))[0];
	const ordered = rungs.toSorted((a, b) => Number(b === beginning) - Number(a === beginning));
	const lines = ordered.flatMap((rung) => [
		'#EXT-X-STREAM-INF:' +
			[
				`BANDWIDTH=${rung.bandwidth}`,
				`AVERAGE-BANDWIDTH=${rung.averageBandwidth}`,
				`RESOLUTION=${rung.width}x${rung.height}`,
				`FRAME-RATE=${FRAME_RATE}.000`,
				`CODECS="${rung.codecs}"`,
				'CLOSED-CAPTIONS=NONE'
			].join(','),
		rung.playlist
	]);
	return ['#EXTM3U', '#EXT-X-VERSION:7', '#EXT-X-INDEPENDENT-SEGMENTS', ...lines, ''].join('\n');
}
