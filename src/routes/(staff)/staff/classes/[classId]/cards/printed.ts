import { toString as qrCode } from 'qrcode';
import type { PrintedCard } from '#lib/server/classes/cards.ts';

/** Cards as their sheet shows them. The square leads to the card's own page. */
export const printed = (cards: readonly PrintedCard[], origin: string) =>
	Promise.all(
		cards.map(async ({ personId, displayName, secret }) => ({
			personId,
			displayName,
			qrCode: await qrCode(`${origin}/card/${secret}`, {
				type: 'svg',
				// The quiet zone is white paper, four modules of it (ISO/IEC 18004).
				margin: 4,
				errorCorrectionLevel: 'M'
			})
		}))
	);
