/** `1:05`, or `1:01:05` from an hour on. */
export function clockTime(ms: number): string {
	const seconds = Math.max(0, Math.floor(ms / 1000));
	const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
	const two = (n: number): string => String(n).padStart(2, '0');
	return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** For `<time datetime>`, which knows no `1:05` (HTML "valid duration string"). */
export const duration = (ms: number): string => `PT${Math.floor(ms / 1000)}S`;
