import { toBuffer } from 'qrcode';
import { expect, test } from 'vitest';
import { readQr } from '../support/qr.ts';

test.each([
	'http://127.0.0.1:43210/card/AbC-dEf_0123456789xYz012345',
	'https://yun-wusheng.example/card/1234567890ABCDEFGHIJKLMNOP7',
	'A',
	'0123456789',
	'HTTPS://EXAMPLE.ORG/ABC',
	'https://a-rather-long-name-of-a-platform.example/card/abcdefghijklmnopqrstuvwxyz0'
])('our reader reads what is written: %s', async (text) => {
	const options = { errorCorrectionLevel: 'M', margin: 4, scale: 6 } as const;
	expect(await readQr(await toBuffer(text, options))).toBe(text);
});
