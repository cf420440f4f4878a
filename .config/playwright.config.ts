import { existsSync } from 'node:fs';
import { defineConfig, devices } from '@playwright/test';

// Debian's Chromium; on other machines name one in CHROMIUM, or Playwright's own is used.
const executablePath = [process.env.CHROMIUM, '/usr/bin/chromium'].find(
	(path) => path && existsSync(path)
);

/** Those that begin with `openTownHall`. */
const inTown = [
	'accessibility/**/*.spec.ts',
	'journeys/class-grid.spec.ts',
	'journeys/lesson-player*.spec.ts'
];

/** Those that record with a camera and judge what came of it: they need the machine alone. */
const inRealTime = [
	'journeys/recording.spec.ts',
	'journeys/authoring.spec.ts',
	'journeys/signs.spec.ts'
];

export default defineConfig({
	testDir: '../tests',
	projects: [
		// Making the town takes a minute; whoever needs it copies the one that is there.
		{ name: 'town', testMatch: 'support/town.setup.ts' },
		{ name: 'in town', testMatch: inTown, dependencies: ['town'] },
		{
			name: 'elsewhere',
			testMatch: ['journeys/**/*.spec.ts', 'faults/**/*.spec.ts'],
			testIgnore: [...inTown, ...inRealTime]
		},
		{
			name: 'in real time',
			testMatch: inRealTime,
			dependencies: ['in town', 'elsewhere'],
			workers: 1
		}
	],
	outputDir: '../test-results',
	timeout: 120_000,
	expect: { timeout: 15_000 },
	workers: 2,
	fullyParallel: false,
	retries: 0,
	forbidOnly: true,
	reporter: [['list']],
	use: {
		...devices['Desktop Chrome'],
		locale: 'zh-CN',
		actionTimeout: 15_000,
		navigationTimeout: 30_000,
		trace: 'retain-on-failure',
		launchOptions: {
			executablePath,
			args: [
				'--no-sandbox',
				'--disable-gpu',
				'--disable-quic',
				'--no-first-run',
				'--disable-background-networking',
				'--disable-component-update',
				'--disable-sync'
			]
		}
	}
});
