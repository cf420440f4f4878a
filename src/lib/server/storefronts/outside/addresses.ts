/**
 * Which addresses may be asked. What points inward (this machine, its network, the machines that run
 * it) is refused: whoever names a shop could else read what only this server can reach.
 */
import { BlockList, isIP } from 'node:net';
import { networkInterfaces } from 'node:os';

/** Not globally reachable, by the registries of IANA (RFC 6890 and what followed). */
const INWARD_4: readonly (readonly [network: string, bits: number])[] = [
	['0.0.0.0', 8],
	['10.0.0.0', 8],
	['100.64.0.0', 10], // carriers' own networks, and some clouds' data about their machines
	['127.0.0.0', 8],
	['169.254.0.0', 16], // link-local, and most clouds' data about their machines
	['172.16.0.0', 12],
	['192.0.0.0', 24],
	['192.0.2.0', 24],
	['192.88.99.0', 24],
	['192.168.0.0', 16],
	['198.18.0.0', 15],
	['198.51.100.0', 24],
	['203.0.113.0', 24],
	['224.0.0.0', 4],
	['240.0.0.0', 4],
	['168.63.129.16', 32] // public by its number, and yet a cloud's inside
];

/** Of what is global at all (2000::/3), what leads elsewhere: tunnels that hold an IPv4 address, examples. */
const INWARD_6: readonly (readonly [network: string, bits: number])[] = [
	['2001::', 23],
	['2001:db8::', 32],
	['2002::', 16],
	['3fff::', 20]
];

const inward = new BlockList();
for (const [network, bits] of INWARD_4) inward.addSubnet(network, bits, 'ipv4');
for (const [network, bits] of INWARD_6) inward.addSubnet(network, bits, 'ipv6');
const global6 = new BlockList();
global6.addSubnet('2000::', 3, 'ipv6');

/** `::ffff:a.b.c.d`, and `64:ff9b::a.b.c.d` as networks without IPv4 write it (RFC 6052). */
const HOLDS_4 = /^\[(?:::ffff|64:ff9b:):([\da-f]{1,4}):([\da-f]{1,4})\]$/;

/** An address as its connection will see it: one of IPv4 that is written as IPv6 is the former. */
function unwrapped(address: string): string {
	if (isIP(address) !== 6) return address;
	// One way of writing each, whatever was given.
	const written = URL.parse(`http://[${address}]/`)?.hostname ?? '';
	const [, high, low] = HOLDS_4.exec(written) ?? [];
	if (high === undefined || low === undefined) return written.slice(1, -1);
	const bytes = [parseInt(high, 16), parseInt(low, 16)].flatMap((word) => [word >> 8, word & 255]);
	return bytes.join('.');
}

/** This machine's own: what listens there may be shut to everybody else. */
const isOwn = (address: string): boolean =>
	Object.values(networkInterfaces()).some((all) => all?.some((own) => own.address === address));

export const isLoopback = (address: string): boolean => {
	const plain = unwrapped(address);
	return plain === '::1' || (isIP(plain) === 4 && plain.startsWith('127.'));
};

/** Whether a connection to this address would stay inside; what is no address does too. */
export function pointsInward(address: string): boolean {
	const plain = unwrapped(address);
	const family = isIP(plain);
	if (family === 4) return inward.check(plain, 'ipv4') || isOwn(plain);
	if (family !== 6) return true;
	return !global6.check(plain, 'ipv6') || inward.check(plain, 'ipv6') || isOwn(plain);
}
