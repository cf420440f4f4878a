import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { encodersIn } from '../../src/setup/ffmpeg.mjs';

const excerpt = `Encoders:
 V..... = Video
 A..... = Audio
 .F.... = Frame-level multithreading
 ------
 V....D libx264              libx264 H.264 / AVC / MPEG-4 AVC / MPEG-4 part 10 (codec h264)
 VFS..D ffv1                 FFmpeg video codec #1
 A....D aac                  AAC (Advanced Audio Coding)
 A..X.D opus                 Opus
`;

describe('what ffmpeg can encode', () => {
	it('is read from its own list, without the legend', () => {
		expect([...encodersIn(excerpt)]).toEqual(['libx264', 'ffv1', 'aac', 'opus']);
	});

	it('is nothing when ffmpeg said nothing', () => {
		expect(encodersIn('').size).toBe(0);
	});

	it('includes H.264 and AAC on the machine that runs this test', () => {
		const ffmpeg = process.env.FFMPEG ?? 'ffmpeg';
		const output = execFileSync(ffmpeg, ['-v', 'error', '-encoders'], { encoding: 'utf8' });
		expect(encodersIn(output).has('libx264')).toBe(true);
		expect(encodersIn(output).has('aac')).toBe(true);
	});
});
