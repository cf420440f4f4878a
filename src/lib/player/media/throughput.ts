/** What the network carries for all streams together, out of what was loaded lately. */

/** Something loading or loaded. Instants are those of `performance.now()`. */
export type Transfer = { startMs: number; endMs: number; bytes: number };

/** Enough to bridge one slow answer, few enough to notice a train's tunnel. */
const KEPT = 8;
/** Less than this says more about latency than about the line. */
const LEAST_BYTES = 32_000;

/**
 * Bits a second over the time in which anything was loading: two streams loading at once share the
 * line, so neither alone would see what it carries. NaN until enough is known.
 */
export function throughput(transfers: Transfer[]): number {
	const bytes = transfers.reduce((sum, transfer) => sum + transfer.bytes, 0);
	let busyMs = 0;
	let untilMs = -Infinity;
	for (const { startMs, endMs } of transfers.toSorted((a, b) => a.startMs - b.startMs)) {
		busyMs += Math.max(0, endMs - Math.max(startMs, untilMs));
		untilMs = Math.max(untilMs, endMs);
	}
	return bytes < LEAST_BYTES || busyMs <= 0 ? NaN : (bytes * 8000) / busyMs;
}

/** The newest of them, with one more. */
export const withTransfer = (transfers: Transfer[], transfer: Transfer): Transfer[] =>
	[...transfers, transfer].sort((a, b) => a.endMs - b.endMs).slice(-KEPT);
