import { describe, expect, test } from 'vitest';
import { MAX_UPLOAD_BYTES } from '#lib/domain/courses.ts';
import { faultOf, fingerprintOf } from '#lib/studio/chosen-file.ts';

const file = (name: string, type = '', size = 1000) => ({ name, type, size });

describe('a chosen file', () => {
	test.each([
		['by its type, whatever it is called', file('1000034', 'video/mp4')],
		['by its name, where the phone gives no type', file('IMG_0042.MOV')],
		['at the very limit', file('a.mp4', 'video/mp4', MAX_UPLOAD_BYTES)]
	])('is taken %s', (_how, chosen) => {
		expect(faultOf(chosen)).toBeUndefined();
	});

	test.each([
		['empty', file('a.mp4', 'video/mp4', 0)],
		['tooLarge', file('a.mp4', 'video/mp4', MAX_UPLOAD_BYTES + 1)],
		['notAVideo', file('notes.txt', 'text/plain')],
		['notAVideo', file('song.mp3', 'audio/mpeg')],
		['notAVideo', file('mp4', '')]
	])('is refused as %s before a byte is sent', (fault, chosen) => {
		expect(faultOf(chosen)).toBe(fault);
	});
});

describe('a file is known again', () => {
	const bytes = (size: number, change?: number) => {
		const content = new Uint8Array(size).map((_, index) => index % 251);
		if (change !== undefined) content[change] = 255;
		return content;
	};
	const print = (content: Uint8Array<ArrayBuffer>, name = 'a.mp4') =>
		fingerprintOf(new File([content], name, { lastModified: Math.random() * 1e12 }));

	test('under another name and date', async () => {
		expect(await print(bytes(3_000_000), 'a.mp4')).toBe(await print(bytes(3_000_000), 'b.mp4'));
	});

	test.each([0, 1_500_000, 2_999_999])(
		'and not taken for one of the same name and size that differs at byte %i',
		async (at) => {
			expect(await print(bytes(3_000_000, at))).not.toBe(await print(bytes(3_000_000)));
		}
	);

	test('and not taken for a longer one', async () => {
		expect(await print(bytes(1001))).not.toBe(await print(bytes(1000)));
	});

	test('where the browser has no digests, as on plain http', async () => {
		const own = Object.getOwnPropertyDescriptor(globalThis, 'crypto');
		Object.defineProperty(globalThis, 'crypto', { value: {}, configurable: true });
		try {
			expect(await print(bytes(5000))).toBe(await print(bytes(5000)));
			expect(await print(bytes(5000, 3))).not.toBe(await print(bytes(5000)));
		} finally {
			if (own) Object.defineProperty(globalThis, 'crypto', own);
		}
	});
});
