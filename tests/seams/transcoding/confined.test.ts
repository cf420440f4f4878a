import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { runConfined } from '#lib/server/transcoding/ffmpeg/confined.ts';

/** Would draw test pictures for ever. */
const endless = (mark: string): string[] => [
	...['-nostdin', '-v', 'error', '-progress', 'pipe:1', '-stats_period', '0.1'],
	...[
		'-re',
		'-f',
		'lavfi',
		'-i',
		'testsrc2=s=64x48',
		'-metadata',
		`mark=${mark}`,
		'-f',
		'null',
		'-'
	]
];
const roomy = { memoryBytes: 2 ** 31, timeoutMs: 60_000, onLine: () => true };

function running(mark: string): string[] {
	return readdirSync('/proc').filter((id) => {
		try {
			return (
				/^\d+$/.test(id) && readFileSync(`/proc/${id}/cmdline`, 'utf8').includes(`mark=${mark}`)
			);
		} catch {
			return false;
		}
	});
}

test('what takes longer than it may is ended', async () => {
	const run = runConfined('ffmpeg', endless('slow'), { ...roomy, timeoutMs: 400 });
	await expect(run).rejects.toMatchObject({ name: 'TookTooLong' });
	expect(running('slow')).toEqual([]);
});

test('what speaks but does not move on is ended', async () => {
	const run = runConfined('ffmpeg', endless('stuck'), {
		...roomy,
		stallMs: 400,
		onLine: () => false
	});
	await expect(run).rejects.toMatchObject({ name: 'TookTooLong' });
	expect(running('stuck')).toEqual([]);
});

test('an error of the reader ends it too, and is passed on', async () => {
	const run = runConfined('ffmpeg', endless('refused'), {
		...roomy,
		onLine: () => {
			throw new RangeError('too much');
		}
	});
	await expect(run).rejects.toThrow(RangeError);
	expect(running('refused')).toEqual([]);
});

test('more memory than allowed is not had', async () => {
	const large = ['-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=s=8000x4000', '-frames:v', '1'];
	// Starved, ffmpeg 5.1 sometimes hangs instead of failing: the time limit ends that as well.
	const had = (memoryBytes: number): Promise<boolean> =>
		runConfined('ffmpeg', [...large, '-f', 'null', '-'], {
			...roomy,
			memoryBytes,
			timeoutMs: memoryBytes < 2 ** 30 ? 2000 : 30_000
		}).then(
			(outcome) => outcome.isSuccess,
			() => false
		);
	expect(await had(2 ** 31)).toBe(true);
	expect(await had(300 * 1024 ** 2)).toBe(false);
});

test('it runs at the lowest priority, and sees nothing of our environment', async () => {
	process.env['SECRET_OF_THE_SERVER'] = 'hidden';
	const controller = new AbortController();
	let seen = { environment: '', niceness: '' };
	const run = runConfined('ffmpeg', endless('seen'), {
		...roomy,
		signal: controller.signal,
		onLine: () => {
			const id = running('seen')[0];
			seen = {
				environment: readFileSync(`/proc/${id}/environ`, 'utf8'),
				niceness:
					readFileSync(`/proc/${id}/stat`, 'utf8')
						.replace(/^.*\) /, '')
						.split(' ')[16] ?? ''
			};
			controller.abort(new Error('seen enough'));
			return true;
		}
	});
	await expect(run).rejects.toThrow('seen enough');
	delete process.env['SECRET_OF_THE_SERVER'];
	expect(seen.environment).toContain('LC_ALL=C');
	expect(seen.environment).not.toContain('SECRET_OF_THE_SERVER');
	expect(seen.niceness).toBe('19');
});
