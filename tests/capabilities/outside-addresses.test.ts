/** Which addresses this server may be sent to: those that everybody could reach, and no other. */
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { isLoopback, pointsInward } from '#lib/server/storefronts/outside/addresses.ts';

/** As on a server that stands in the net by itself. */
const OWN = ['9.9.9.9', '2620:fe::9'];
vi.mock('node:os', async (original) => ({
	...(await original<object>()),
	networkInterfaces: () => ({ eth0: OWN.map((address) => ({ address })) })
}));

const INWARD = {
	'this machine': ['127.0.0.1', '127.255.255.254', '0.0.0.0', '0.1.2.3', '::1', '::'],
	'a private network': ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1'],
	'a link, where clouds tell about their machines': [
		'169.254.169.254',
		'fe80::1',
		'fe80::a9fe:a9fe'
	],
	'a carrier’s own network': ['100.64.0.1', '100.100.100.200', '100.127.255.255'],
	'a unique local network': ['fc00::1', 'fd00:ec2::254', 'fdff::1'],
	'IPv4 in IPv6’s clothes': [
		'::ffff:127.0.0.1',
		'::ffff:7f00:1',
		'::ffff:169.254.169.254',
		'0:0:0:0:0:ffff:a00:1',
		'64:ff9b::10.0.0.1',
		'64:ff9b:1::10.0.0.1',
		'::7f00:1',
		'2002:7f00:1::',
		'2001:0:7f00:1::'
	],
	'everybody at once': ['224.0.0.1', '239.1.1.1', '255.255.255.255', 'ff02::1'],
	'what is set apart': [
		...['192.0.0.1', '192.0.2.1', '198.18.0.1', '198.19.255.255', '198.51.100.1', '203.0.113.1'],
		...['240.0.0.1', '192.88.99.1', '2001:db8::1', '3fff::1', '100::1', '5f00::1', '168.63.129.16']
	],
	'no address': [
		'',
		'localhost',
		'127.1',
		'0x7f000001',
		'2130706433',
		'1.2.3',
		'fe80::1%eth0',
		'::g'
	]
} as const;

for (const [what, addresses] of Object.entries(INWARD))
	test.each(addresses)(`%s is not asked: ${what}`, (address) => {
		expect(pointsInward(address)).toBe(true);
	});

test.each([
	...['1.1.1.1', '8.8.8.8', '9.255.255.255', '11.0.0.0', '100.63.255.255', '100.128.0.0'],
	...['126.255.255.255', '128.0.0.1', '169.253.255.255', '169.255.0.0', '172.15.255.255'],
	...['172.32.0.0', '192.0.1.0', '192.167.255.255', '192.169.0.0', '198.17.255.255', '198.20.0.0'],
	...['223.255.255.255', '168.63.129.15', '2606:4700::1111', '2400:3200::1', '2a00:1450::1'],
	...['::ffff:8.8.8.8', '64:ff9b::8.8.8.8', '2003::1']
])('%s is asked: it is everybody’s', (address) => {
	expect(pointsInward(address)).toBe(false);
});

test('this machine’s own addresses are not asked, however public they are', () => {
	for (const own of OWN) expect(pointsInward(own)).toBe(true);
	expect(pointsInward(`::ffff:${OWN[0]}`)).toBe(true);
	expect(['9.9.9.10', '2620:fe::10'].map(pointsInward)).toEqual([false, false]);
});

test('one address is one, however it is written', () => {
	fc.assert(
		fc.property(fc.ipV4(), (address) => {
			expect(pointsInward(`::ffff:${address}`)).toBe(pointsInward(address));
			expect(pointsInward(`::FFFF:${address}`)).toBe(pointsInward(address));
		})
	);
});

test('what tests may be let into is loopback and nothing else', () => {
	expect(['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1'].map(isLoopback)).not.toContain(
		false
	);
	const others = [
		'10.0.0.1',
		'169.254.169.254',
		'0.0.0.0',
		'::',
		'128.0.0.1',
		'fe80::1',
		'12.7.0.0'
	];
	expect(others.map(isLoopback)).not.toContain(true);
});
