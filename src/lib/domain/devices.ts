/** What kind of device a browser runs on, as it says so itself: enough to know one's own again. */

export const DEVICE_KINDS = ['phone', 'tablet', 'computer'] as const;
export type DeviceKind = (typeof DEVICE_KINDS)[number];

/** Names that are the same in every language, each with what a browser there calls itself. */
const SYSTEMS = [
	['HarmonyOS', /HarmonyOS|OpenHarmony/i],
	['Android', /Android/i],
	['iPhone', /iPhone/i],
	['iPad', /iPad/i],
	['Windows', /Windows/i],
	['Mac', /Macintosh/i],
	['Linux', /Linux|CrOS/i]
] as const;
export type DeviceSystem = (typeof SYSTEMS)[number][0];

export type Device = { kind: DeviceKind; system: DeviceSystem | null };

function kindOf(userAgent: string, system: DeviceSystem | null): DeviceKind {
	if (system === 'iPad' || /Tablet/i.test(userAgent)) return 'tablet';
	if (/Mobi|iPhone|Phone/i.test(userAgent)) return 'phone';
	return system === 'Android' || system === 'HarmonyOS' ? 'tablet' : 'computer';
}

/** Read from `User-Agent`; of the model and the versions, which tell people apart, nothing is kept. */
export function deviceNamed(userAgent: string): Device {
	const system = SYSTEMS.find(([, pattern]) => pattern.test(userAgent))?.[0] ?? null;
	return { kind: kindOf(userAgent, system), system };
}

/** As it is kept: `phone Android`. */
export const keptDevice = ({ kind, system }: Device): string =>
	[kind, system ?? ''].join(' ').trim();

/** What was kept, read again; undefined where nothing was. */
export function readDevice(kept: string | null): Device | undefined {
	const [word, name] = (kept ?? '').split(' ');
	const kind = DEVICE_KINDS.find((one) => one === word);
	const system = SYSTEMS.find(([one]) => one === name)?.[0] ?? null;
	return kind && { kind, system };
}
