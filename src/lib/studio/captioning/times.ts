/** Moments as people read and write them. */
const two = (value: number): string => String(value).padStart(2, '0');

/** 65_930 → `1:05.930` */
export function momentWord(ms: number): string {
	const at = Math.max(0, Math.round(ms));
	const seconds = Math.floor(at / 1000);
	const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
	const tail = `${two(seconds % 60)}.${String(at % 1000).padStart(3, '0')}`;
	return hours > 0 ? `${hours}:${two(minutes)}:${tail}` : `${minutes}:${tail}`;
}

/** 65_930 → `1:05` */
export const clockWord = (ms: number): string => momentWord(Math.max(0, ms)).replace(/\.\d+$/, '');

/** `1:05.93`, `65,93`, `0:01:05.930` → milliseconds; undefined for what is no moment. */
export function momentIn(written: string): number | undefined {
	const text = written
		.trim()
		.replaceAll('：', ':')
		.replace(/[,，．]/g, '.');
	const match = /^(?:(?:(\d{1,2}):)?(\d{1,3}):)?(\d{1,6})(?:\.(\d{1,3}))?$/.exec(text);
	if (!match) return undefined;
	const [hours = 0, minutes = 0, seconds = 0] = match.slice(1, 4).map((part) => Number(part ?? 0));
	if (match[2] !== undefined && seconds > 59) return undefined;
	if (match[1] !== undefined && minutes > 59) return undefined;
	return ((hours * 60 + minutes) * 60 + seconds) * 1000 + Number((match[4] ?? '').padEnd(3, '0'));
}
