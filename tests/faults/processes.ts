/** What runs on this machine (Linux), as /proc tells it. */
import { readdirSync, readFileSync } from 'node:fs';

/** Ids of the ffmpeg and ffprobe processes that work below a folder. */
export const encodersIn = (folder: string): number[] =>
	readdirSync('/proc')
		.filter((name) => /^\d+$/.test(name))
		.filter((pid) => {
			try {
				const [program = '', ...rest] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
				return /ff(mpeg|probe)$/.test(program) && rest.some((part) => part.includes(folder));
			} catch {
				return false; // it has just ended
			}
		})
		.map(Number);
