/** Devices that a card was used on, in words. */
import type { Device } from '#lib/domain/devices.ts';
import * as m from '#lib/words/compiled/messages.js';

const KINDS = { phone: m.cards_phone, tablet: m.cards_tablet, computer: m.cards_computer };

/** e.g. 手机 (Android). */
export function deviceWord(device: Device | undefined): string {
	if (device === undefined) return m.cards_device_unknown();
	const kind = KINDS[device.kind]();
	return device.system === null ? kind : `${kind} (${device.system})`;
}
