import { scatter } from './easing.ts';
import { colour } from './palette.ts';
import { box, type Canvas, disc, line, oval, ring, within } from './shapes.ts';

/** The kitchen table from above: cloth, board and what always lies there. */
export function drawTable(canvas: Canvas): void {
	box(canvas, 0, 0, 1280, 720, 0, colour.table);
	// Woven waves, as on old porcelain: quiet enough never to compete with the hands.
	canvas.lineWidth = 3;
	canvas.strokeStyle = colour.tableDark;
	for (let row = 0; row < 9; row++) {
		for (let column = 0; column < 15; column++) {
			const x = column * 96 + (row % 2) * 48 - 24;
			const y = row * 90 + 20;
			for (const radius of [40, 28, 16]) {
				canvas.beginPath();
				canvas.arc(x, y, radius, Math.PI, 0);
				canvas.stroke();
			}
		}
	}
}

export function drawBoard(canvas: Canvas): void {
	box(canvas, 292, 122, 700, 560, 44, colour.shadow);
	box(canvas, 290, 110, 700, 560, 44, colour.boardEdge);
	box(canvas, 290, 104, 700, 556, 44, colour.board);
	for (let grain = 0; grain < 9; grain++) {
		const y = 136 + grain * 62;
		const from = 320 + scatter(grain) * 120;
		const length = 260 + scatter(grain + 20) * 240;
		canvas.beginPath();
		canvas.moveTo(from, y);
		canvas.bezierCurveTo(
			from + length / 3,
			y + 9,
			from + (length * 2) / 3,
			y - 9,
			from + length,
			y
		);
		canvas.lineWidth = 4;
		canvas.lineCap = 'round';
		canvas.strokeStyle = colour.boardGrain;
		canvas.stroke();
	}
	// A hole to hang it up by.
	disc(canvas, 640, 130, 13, colour.boardEdge);
	disc(canvas, 640, 132, 10, colour.table);
}

function drawBowl(canvas: Canvas, x: number, y: number, radius: number, inside: string): void {
	disc(canvas, x + 4, y + 12, radius, colour.shadow);
	disc(canvas, x, y, radius, '#f4ead6');
	ring(canvas, x, y, radius * 0.92, radius * 0.045, '#3f6fa3');
	disc(canvas, x, y, radius * 0.82, '#e2d3b6');
	disc(canvas, x, y + 2, radius * 0.76, inside);
}

/** Bowls with filling balls and yolks, and osmanthus: the right-hand side of the table. */
export function drawIngredients(canvas: Canvas, fillingBalls: number): void {
	drawBowl(canvas, 1128, 236, 104, '#d9c6a2');
	const places = [
		{ x: 1098, y: 214 },
		{ x: 1160, y: 218 },
		{ x: 1128, y: 268 }
	];
	places.slice(0, fillingBalls).forEach(({ x, y }) => drawFillingBall(canvas, x, y, 34));
	drawBowl(canvas, 1136, 486, 84, '#d9c6a2');
	for (const [x, y] of [
		[1112, 470],
		[1160, 472],
		[1136, 512]
	] as const) {
		disc(canvas, x, y + 3, 24, '#d9842a');
		disc(canvas, x, y, 24, colour.yolk);
		disc(canvas, x - 7, y - 7, 8, colour.yolkLight);
	}
	drawOsmanthus(canvas, 1180, 655, -0.6);
	drawOsmanthus(canvas, 110, 660, 0.15);
}

/** The mould waits beside the board until it is its turn. */
export function drawWaitingMould(canvas: Canvas): void {
	within(canvas, { x: 142, y: 330, turn: -0.12, scale: 0.68 }, () => drawMould(canvas, true));
}

/** Lotus paste round a salted yolk, which shows at the top. */
export function drawFillingBall(canvas: Canvas, x: number, y: number, radius: number): void {
	disc(canvas, x, y + radius * 0.08, radius, '#5b2119');
	disc(canvas, x, y, radius, colour.filling);
	disc(canvas, x - radius * 0.08, y - radius * 0.1, radius * 0.8, colour.fillingLight);
	disc(canvas, x, y, radius * 0.42, '#d9842a');
	disc(canvas, x, y, radius * 0.36, colour.yolk);
	disc(canvas, x - radius * 0.12, y - radius * 0.12, radius * 0.12, colour.yolkLight);
}

/** Osmanthus flowers at mid-autumn. */
export function drawOsmanthus(canvas: Canvas, x: number, y: number, turn: number): void {
	within(canvas, { x, y, turn }, () => {
		line(
			canvas,
			[
				{ x: -110, y: 16 },
				{ x: 0, y: -4 },
				{ x: 96, y: -30 }
			],
			6,
			'#6d5136'
		);
		for (const [leafX, leafY, leafTurn] of [
			[-84, -14, -0.5],
			[-30, 34, 0.6],
			[30, -42, -0.7],
			[74, 6, 0.3]
		] as const) {
			within(canvas, { x: leafX, y: leafY, turn: leafTurn }, () => {
				oval(canvas, 0, 0, 40, 15, colour.leaf);
				line(
					canvas,
					[
						{ x: -30, y: 0 },
						{ x: 30, y: 0 }
					],
					3,
					'#4c7540'
				);
			});
		}
		for (let flower = 0; flower < 11; flower++) {
			const flowerX = -70 + scatter(flower) * 140;
			const flowerY = -22 + scatter(flower + 40) * 40;
			for (let petal = 0; petal < 4; petal++) {
				const angle = (petal / 4) * Math.PI * 2 + flower;
				disc(
					canvas,
					flowerX + Math.cos(angle) * 6,
					flowerY + Math.sin(angle) * 6,
					6,
					colour.blossom
				);
			}
			disc(canvas, flowerX, flowerY, 4, '#fff3d0');
		}
	});
}

/** The carved mould from its open side; the cavity is at the origin. */
export function drawMould(canvas: Canvas, isOpenSide: boolean): void {
	box(canvas, -150, -140, 300, 300, 60, colour.shadow);
	box(canvas, -34, 120, 68, 210, 30, colour.woodDark);
	box(canvas, -34, 112, 68, 210, 30, colour.wood);
	disc(canvas, 0, 292, 11, colour.woodDark);
	box(canvas, -148, -146, 296, 300, 58, colour.woodDark);
	box(canvas, -148, -156, 296, 300, 58, colour.wood);
	if (!isOpenSide) {
		for (const y of [-96, -36, 24, 84]) {
			line(
				canvas,
				[
					{ x: -104, y },
					{ x: 104, y: y + 8 }
				],
				4,
				colour.woodDark
			);
		}
		return;
	}
	disc(canvas, 0, -6, 122, colour.woodDark);
	for (let lobe = 0; lobe < 14; lobe++) {
		const angle = (lobe / 14) * Math.PI * 2;
		disc(canvas, Math.cos(angle) * 100, -6 + Math.sin(angle) * 100, 23, '#56301a');
	}
	disc(canvas, 0, -6, 106, '#56301a');
	for (let petal = 0; petal < 10; petal++) {
		within(canvas, { y: -6, turn: (petal / 10) * Math.PI * 2 }, () =>
			oval(canvas, 0, -62, 13, 28, '#6c3e22')
		);
	}
	ring(canvas, 0, -6, 30, 6, '#6c3e22');
}
