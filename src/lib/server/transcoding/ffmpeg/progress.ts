import { REPORT_INTERVAL_MS } from '../limits.ts';
import type { Progress } from '../transcoder.ts';

/** Passes reports on: never falling, and no more than one each half second but for the last. */
export function progressReports(
	report: (progress: Progress) => void
): (stage: Progress['stage'], share: number) => void {
	let reportedAt = 0;
	let highest = 0;
	return (stage, share) => {
		highest = Math.max(highest, Math.min(1, share));
		const now = Date.now();
		if (stage !== 'finished' && now - reportedAt < REPORT_INTERVAL_MS) return;
		reportedAt = now;
		report({ stage, share: highest });
	};
}

/** Reads `-progress` lines (`key=value`): answers the encoded time in ms when it is told. */
export function encodedMsOf(line: string): number | undefined {
	const value = /^out_time_us=(\d+)/.exec(line)?.[1];
	return value === undefined ? undefined : Number(value) / 1000;
}
