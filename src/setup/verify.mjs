/**
 * `npm test`: every check there is, quickest first. It ends at the first that fails; only where
 * unit tests fail do build and journeys go on, so that one run tells all that is wrong.
 * `--only unit,build` runs some of them; `--check` only reports what the machine has.
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { noteBuild } from './build.mjs';
import { prepare, report } from './prepare.mjs';
import { failuresOfVitest, resultsOfPlaywright, resultsOfVitest, sum } from './results.mjs';
import { findProgram, root, runShown } from './run.mjs';
import { runCommand, Stop } from './say.mjs';

const unitReport = join(root, 'test-results/unit.json');
// Not inside test-results: Playwright empties that folder when it starts.
const journeysReport = join(root, 'data/journeys.json');

/** @typedef {import('./results.mjs').Results} Results */
/**
 * @typedef {object} Stage
 * @property {string} name
 * @property {string[]} npm what `npm` is called with
 * @property {string} [reportFile] where it counts its tests
 * @property {(report: object) => Results} [read]
 * @property {(report: object) => string[]} [failuresIn] which and why, where the runner does not say it last
 * @property {() => void} [after]
 */

/** @type {Stage[]} */
const stages = [
	{ name: 'format', npm: ['run', '-s', 'check:format'] },
	{ name: 'lint', npm: ['run', '-s', 'check:lint'] },
	{ name: 'types', npm: ['run', '-s', 'check:types'] },
	{
		name: 'unit',
		npm: [
			...['run', '-s', 'test:unit', '--', '--reporter=default', '--reporter=json'],
			`--outputFile.json=${unitReport}`
		],
		reportFile: unitReport,
		read: resultsOfVitest,
		failuresIn: failuresOfVitest
	},
	{ name: 'build', npm: ['run', '-s', 'build'], after: noteBuild },
	{
		name: 'journeys',
		npm: ['run', '-s', 'test:journeys', '--', '--reporter=list,json'],
		reportFile: journeysReport,
		read: resultsOfPlaywright
	}
];

/** @returns {Stage[]} */
function wantedStages() {
	const index = process.argv.indexOf('--only');
	if (index === -1) return stages;
	const names = (process.argv[index + 1] ?? '').split(',');
	const unknown = names.filter((name) => !stages.some((stage) => stage.name === name));
	if (unknown.length > 0) {
		const known = stages.map(({ name }) => name).join(', ');
		throw new Stop({
			zh: `没有这一项：${unknown.join('、')}。有：${known}`,
			en: `Unknown: ${unknown.join(', ')}. There are: ${known}`
		});
	}
	return stages.filter(({ name }) => names.includes(name));
}

/**
 * @param {Stage} stage
 * @param {string} npm
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Promise<Results & { isGood: boolean, failures: string[] }>}
 */
async function run(stage, npm, environment) {
	if (stage.reportFile) {
		mkdirSync(dirname(stage.reportFile), { recursive: true });
		rmSync(stage.reportFile, { force: true });
	}
	const startedAt = Date.now();
	console.log(`\n── ${stage.name}`);
	const code = await runShown(npm, stage.npm, environment);
	const { passed, failed, failures } = readResults(stage);
	const isGood = code === 0 && failed === 0;
	if (isGood) stage.after?.();
	const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
	console.log(`${isGood ? '✓' : '✗'} ${stage.name} ${seconds} s`);
	// A check without tests of its own that fails is one failure.
	return { isGood, passed, failed: isGood ? 0 : Math.max(1, failed), failures };
}

/**
 * @param {Stage} stage
 * @returns {Results & { failures: string[] }}
 */
function readResults({ reportFile, read, failuresIn }) {
	if (!reportFile || !read) return { passed: 0, failed: 0, failures: [] };
	if (!existsSync(reportFile)) return { passed: 0, failed: 1, failures: [] };
	const report = JSON.parse(readFileSync(reportFile, 'utf8'));
	return { ...read(report), failures: failuresIn?.(report) ?? [] };
}

await runCommand(async () => {
	if (process.argv.includes('--check')) return report({ forTests: true });
	const wanted = wantedStages();
	const { environment } = await prepare({
		forTests: wanted.some(({ name }) => name === 'journeys')
	});
	const npm = findProgram('npm', environment.PATH) ?? 'npm';
	const settings = { CI: '1', ...environment, PLAYWRIGHT_JSON_OUTPUT_FILE: journeysReport };
	/** @type {Results[]} */
	const results = [];
	/** @type {string[]} */
	const failedStages = [];
	/** @type {string[]} */
	const failures = [];
	for (const stage of wanted) {
		const { isGood, failures: named, ...counted } = await run(stage, npm, settings);
		results.push(counted);
		failures.push(...named);
		if (!isGood) failedStages.push(stage.name);
		if (!isGood && stage.name !== 'unit') break;
	}
	for (const failure of failures) console.log(`\n✗ ${failure.replace(`${root}/`, '')}`);
	if (failedStages.length > 0) {
		console.log(`\n✗ 没有通过：${failedStages.join('、')}  Failed: ${failedStages.join(', ')}`);
	}
	const { passed, failed } = sum(results);
	console.log(`\n${passed} passed, ${failed} failed`);
	return failedStages.length > 0 ? 1 : 0;
});
