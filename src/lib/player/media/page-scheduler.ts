import type { Scheduler } from '../clock/track.ts';

/** The page's own time; its instants are those of requestVideoFrameCallback. */
export const pageScheduler: Scheduler = {
	nowMs: () => performance.now(),
	every(intervalMs, run) {
		const timer = setInterval(run, intervalMs);
		return () => clearInterval(timer);
	}
};
