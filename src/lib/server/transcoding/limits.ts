/** The longest lesson video: two hours. */
export const DURATION_MAX_MS = 120 * 60 * 1000;
/** An hour from a phone at 1080p is about 4 GB in H.264, half in HEVC. */
export const SOURCE_BYTES_MAX = 4 * 1024 ** 3;
/** A sign takes a second or two; shown slowly and twice, not more than this. */
export const CLIP_MAX_MS = 30_000;
/** Of work that a trainee shows: a few hands at one thing. */
export const WORK_MAX_MS = 3 * 60_000;
/** 8K is the most a phone films; beyond it decoders ask for gigabytes. */
export const SIDE_MAX_PIXELS = 8192;
export const PICTURE_MAX_PIXELS = 36_000_000;
/** Below this nothing can be seen, and three even sizes no longer fit. */
export const SIDE_MIN_PIXELS = 16;

/** Looking takes well under a second; whatever takes longer is made to take longer. */
export const PROBE_TIMEOUT_MS = 20_000;
/** Browser recordings carry no duration, so all their packets are walked through. */
export const SCAN_TIMEOUT_MS = 60_000;
export const PROBE_OUTPUT_BYTES_MAX = 16 * 1024 * 1024;
/** Address space, not memory in use; libraries and thread stacks alone take a third of it. */
export const PROBE_MEMORY_BYTES = 2 * 1024 ** 3;

/** Measured: 8K HEVC on 2 busy cores takes about 30 times its length. */
export const ENCODING_TIMEOUT_FACTOR = 60;
export const ENCODING_TIMEOUT_MIN_MS = 5 * 60 * 1000;
/** Decoding alone, of what an earlier try has finished: a small part of encoding it. */
export const DROPPING_TIMEOUT_FACTOR = 15;
/** Not one more frame in this time: it hangs. */
export const ENCODING_STALL_MS = 2 * 60 * 1000;
export const STILLS_TIMEOUT_MS = 10 * 60 * 1000;
export const ENCODING_MEMORY_BYTES = 6 * 1024 ** 3;
/** More than two hours of the largest rung at its ceiling. */
export const OUTPUT_BYTES_MAX = 8 * 1024 ** 3;
/** An outcome this much shorter than its source means that the source broke off. */
export const SHORTFALL_MAX_MS = 1000;
export const SHORTFALL_MAX_SHARE = 0.1;

/** With less than this an encoder that fails has run out of room, whatever it says (or does not). */
export const FREE_BYTES_MIN = 1024 ** 2;
/** A last picture may stand so long; what a recording is said to be longer than that, it is not. */
export const LAST_PICTURE_MAX_MS = 1000;

export const REPORT_INTERVAL_MS = 500;
